// SPDX-License-Identifier: EUPL-1.2
public import Delivery

/// What a walk over the whole disclosure log found.
public struct VerificationReport: Sendable, Hashable {
    public init() {}

    /// Something that is not as it was written, or never should have been written.
    public struct Problem: Sendable, Hashable {
        public let code: ProblemCode
        /// The entry at fault; nil when the fault is that there is none.
        public let index: Int64?
        public let delivery: DeliveryID?
        public let event: EventID?

        /// One Dutch sentence: which entry, delivery or event, and what is wrong with it.
        public var reason: String {
            let place =
                if let index {
                    "Regel \(index)"
                } else if let delivery {
                    "Aflevering \(delivery)"
                } else if let event {
                    "Gebeurtenis \(event)"
                } else {
                    "De opslag"
                }
            return "\(place): \(code.sentence)"
        }
    }

    /// Entries of the log by kind.
    public internal(set) var intents: Int64 = 0
    public internal(set) var outcomes: Int64 = 0
    public internal(set) var recordedAfterwards: Int64 = 0
    /// Deliveries that were compared with the log.
    public internal(set) var deliveries: Int64 = 0
    /// Sealed bodies that were opened and compared; 0 unless the walk was a deep one.
    public internal(set) var bodies: Int64 = 0
    /// RFC 9162 Merkle tree hash (SHA-256) over all leaf hashes: the same log gives the same root.
    public internal(set) var root: [UInt8] = []
    /// The first problems, at most `mostProblems`, those of the log in its order before those of deliveries and bodies.
    public internal(set) var problems: [Problem] = []
    public internal(set) var problemCount: Int64 = 0

    public static let mostProblems = 20

    /// All entries that were walked.
    public internal(set) var entries: Int64 = 0

    public var isClean: Bool { problemCount == 0 }

    /// The first bad entry, or the first other problem.
    public var firstProblem: Problem? { problems.first }

    mutating func add(
        _ code: ProblemCode, index: Int64? = nil, delivery: DeliveryID? = nil, event: EventID? = nil
    ) {
        problemCount += 1
        guard problems.count < Self.mostProblems else { return }
        problems.append(Problem(code: code, index: index, delivery: delivery, event: event))
    }
}

/// What can be wrong with the log, with fixed words for output.
public enum ProblemCode: String, Sendable, Hashable, CaseIterable, Codable {
    case gap = "nummerOntbreekt"
    case unreadable = "onleesbaar"
    case notCanonical = "nietCanoniek"
    case wrongLeafHash = "hashKloptNiet"
    case wrongDelivery = "andereAflevering"
    case wrongAttempt = "anderePoging"
    case wrongKind = "andereSoort"
    case deliveryMissing = "afleveringOntbreekt"
    case intentMissing = "voornemenOntbreekt"
    case secondOutcome = "tweedeUitkomst"
    case impossibleState = "standKanNiet"
    case outcomeMissing = "uitkomstOntbreekt"
    case disclosureMissing = "verstrekkingOntbreekt"
    case bodyUnreadable = "inhoudOnleesbaar"
    case bodyChanged = "inhoudGewijzigd"
    case damagedFile = "bestandBeschadigd"

    /// The rest of a Dutch sentence about an entry, a delivery or an event.
    public var sentence: String {
        switch self {
        case .gap: "een of meer regels vóór deze ontbreken."
        case .unreadable: "de vastgelegde tekst is geen geldige JSON."
        case .notCanonical: "de vastgelegde tekst staat niet in de canonieke vorm (RFC 8785)."
        case .wrongLeafHash: "de hash hoort niet bij de vastgelegde tekst."
        case .wrongDelivery: "de tekst noemt een andere aflevering dan waarbij de regel staat."
        case .wrongAttempt: "de tekst noemt een andere poging dan waarbij de regel staat."
        case .wrongKind: "de tekst noemt een andere soort dan waaronder de regel staat."
        case .deliveryMissing: "de aflevering van deze regel bestaat niet."
        case .intentMissing: "er is een uitkomst zonder eerder voornemen."
        case .secondOutcome: "er is meer dan één uitkomst bij dit voornemen."
        case .impossibleState: "de aflevering staat op een stand waarin geen voornemen kan bestaan."
        case .outcomeMissing: "er is een voornemen zonder uitkomst, terwijl de aflevering verder is."
        case .disclosureMissing: "er is iets verstuurd of vrijgegeven, maar het register zegt daar niets over."
        case .bodyUnreadable: "de verzegelde inhoud gaat niet open."
        case .bodyChanged: "de inhoud is een andere dan bij ontvangst."
        case .damagedFile: "SQLite meldt dat het bestand beschadigd is."
        }
    }
}

/// How far a verification is.
public struct VerificationProgress: Sendable, Hashable {
    public enum Part: Sendable, Hashable { case entries, deliveries, bodies }

    public let part: Part
    public let done: Int64
    public let total: Int64
}
