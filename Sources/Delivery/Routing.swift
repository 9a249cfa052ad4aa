// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
import Values

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

    /// The recipients, each once: those that the event itself names where its type does that, then those of the configuration.
    /// None means that the event stays with the school.
    public func recipients(for event: CaseEvent, school: String) -> [String] {
        var found: [String] = []
        if event.type.namesItsRecipients {
            for name in (event.data["ontvangers"]?.array ?? []).compactMap(\.string) where !found.contains(name) {
                found.append(name)
            }
        }
        return found + recipients(for: event.type, school: school).filter { !found.contains($0) }
    }

    /// The recipients that the configuration has for a type, each once, in its order.
    public func recipients(for type: EventType, school: String) -> [String] {
        var found: [String] = []
        for route in routes where route.eventType == type && route.schools?.contains(school) ?? true {
            for recipient in route.recipients where !found.contains(recipient) { found.append(recipient) }
        }
        return found
    }
}
