// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents

/// Which recipients an event of a type from a school goes to: configuration, not code.
public struct RoutingTable: Sendable, Hashable {
    public struct Route: Sendable, Hashable {
        public let eventType: EventType
        /// BRINs; nil for every school.
        public let schools: Set<String>?
        /// Identifiers of recipients.
        public let recipients: [String]

        public init(eventType: EventType, schools: Set<String>?, recipients: [String]) {
            self.eventType = eventType
            self.schools = schools
            self.recipients = recipients
        }
    }

    public let routes: [Route]

    public init(routes: [Route]) {
        self.routes = routes
    }

    /// The recipients, each once, in the order of the configuration. None means that the event stays with the school.
    public func recipients(for type: EventType, school: String) -> [String] {
        var found: [String] = []
        for route in routes where route.eventType == type && route.schools?.contains(school) ?? true {
            for recipient in route.recipients where !found.contains(recipient) { found.append(recipient) }
        }
        return found
    }
}
