// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Values

/// All that a timeline is made of: what the gateway knows of one case, given in. No clock, no store.
public struct CaseRecord: Sendable {
    /// An event and when the gateway received it.
    public struct Arrival: Sendable {
        public let event: CaseEvent
        public let receivedAt: Timestamp

        public init(_ event: CaseEvent, receivedAt: Timestamp) {
            self.event = event
            self.receivedAt = receivedAt
        }
    }

    /// An organisation of the configuration: never the name of a person.
    public struct Partner: Sendable, Hashable {
        public let name: String
        public let isVeiligThuis: Bool

        public init(name: String, isVeiligThuis: Bool = false) {
            self.name = name
            self.isVeiligThuis = isVeiligThuis
        }
    }

    /// What became of one delivery.
    public struct Delivery: Sendable, Hashable {
        public let number: Int
        /// The recipient's identifier in the configuration.
        public let recipient: String
        /// The state in Dutch, such as “aangekomen”.
        public let state: String
        /// When it came into this state.
        public let at: Timestamp
        /// The article of the ground; nil when there is none.
        public let article: String?
        /// Whether the recipient has the data, or may have it.
        public let isDisclosure: Bool
        /// Whether the recipient owes the school feedback about it.
        public let owesFeedback: Bool
        /// What is still to be supplied (*tekorten*), in Dutch.
        public let owed: [String]

        public init(
            number: Int, recipient: String, state: String, at: Timestamp, article: String?, isDisclosure: Bool,
            owesFeedback: Bool = false, owed: [String] = []
        ) {
            self.number = number
            self.recipient = recipient
            self.state = state
            self.at = at
            self.article = article
            self.isDisclosure = isDisclosure
            self.owesFeedback = owesFeedback
            self.owed = owed
        }
    }

    /// The school's reference of the case.
    public let zaak: String
    /// In the order in which they were journalled.
    public let events: [Arrival]
    /// The track of the school; nil when the configuration gives it none.
    public let track: Track?
    /// By their identifier in the configuration.
    public let partners: [String: Partner]
    public let deliveries: [Delivery]
    /// Most urgent first, in Dutch.
    public let alarms: [String]
    /// What the region calls its verwijsindex, such as SISA; nil when it has no name of its own.
    public let indexName: String?

    public init(
        zaak: String, events: [Arrival], track: Track?, partners: [String: Partner] = [:],
        deliveries: [Delivery] = [], alarms: [String] = [], indexName: String? = nil
    ) {
        self.zaak = zaak
        self.events = events
        self.track = track
        self.partners = partners
        self.deliveries = deliveries
        self.alarms = alarms
        self.indexName = indexName
    }

    var indexText: String { indexName.map { "de verwijsindex (\($0))" } ?? "de verwijsindex" }

    /// The organisation, or a phrase: an identifier that the configuration does not know could be anybody's name.
    func name(_ recipient: String?) -> String {
        recipient.flatMap { partners[$0]?.name } ?? "een ontvanger die niet in de configuratie staat"
    }

    func names(_ list: JSONValue?) -> String {
        let names = (list?.array ?? []).map { name($0.string) }
        return names.isEmpty ? "geen enkele ontvanger" : joined(names.uniqued)
    }

    func isVeiligThuis(_ recipient: String?) -> Bool {
        recipient.flatMap { partners[$0]?.isVeiligThuis } ?? false
    }
}

/// “a, b en c”.
func joined(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " en " + last
}

extension [String] {
    var uniqued: [String] { reduce(into: []) { found, word in if !found.contains(word) { found.append(word) } } }
}
