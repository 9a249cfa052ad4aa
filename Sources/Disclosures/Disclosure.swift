// SPDX-License-Identifier: EUPL-1.2
public import Values

/// What kind of message a disclosure is, so that an adapter can choose its form without seeing the case.
public enum MessageKind: String, Codable, Sendable, CaseIterable, Hashable {
    case verwijsindexRegistratie
    case verwijsindexIntrekking
    case veiligThuisAdvies
    case veiligThuisMelding
    /// Facts and worries for a partner of the chain, on the school's own decision or on request.
    case verstrekking
    /// What may be told to one partner at a multidisciplinair overleg.
    case overleg
    /// An anonymous consult of an expert on injuries.
    case letselduiding
    /// A step of the meldcode for the file of the pupil.
    case lvsRegistratie
    /// Data that a recipient got were wrong, or must go (AVG art. 19).
    case correctie
    /// That something was done, for the board or its staff: never content of a case (practice 30).
    case kennisgeving
    /// What is open at a school and came due, for who must act or must know: never content of a case (practice 26).
    case opschaling
    /// A remark about the process, for the mailbox that Veilig Thuis keeps for those: never content of a case.
    case procesopmerking
    /// A page for the intranet; it holds no case data by its type.
    case publicatie
    case publicatieIntrekking

    /// Whether the counterpart is reminded of the reference that it gave earlier: not where this is the first contact by its nature.
    public var quotesCounterpart: Bool {
        switch self {
        case .verwijsindexRegistratie, .veiligThuisAdvies, .letselduiding, .kennisgeving, .opschaling: false
        case .verwijsindexIntrekking, .veiligThuisMelding, .verstrekking, .overleg, .lvsRegistratie, .correctie,
            .procesopmerking, .publicatie, .publicatieIntrekking:
            true
        }
    }
}

/// The lawful, minimal copy that leaves: built up from nothing by the privacy rules, and all that an adapter ever sees.
///
/// Only `PrivacyRules` makes one (an architecture test holds that), so there is no other way from a case event to an adapter.
/// It is `Codable` so that it can cross a pipe to an adapter that runs as its own process.
public struct Disclosure: Codable, Sendable, Hashable {
    /// The same over every attempt of one delivery; adapters pass it on as the idempotency key. A UUID in lower case.
    public let idempotencyKey: String
    public let recipient: Recipient
    public let message: MessageKind
    /// The reference the counterpart can quote back. Opaque: it says nothing about the child.
    public let reference: String
    /// An object holding the allow-listed fields at their own paths, and nothing else.
    public let content: JSONValue
    /// What this recipient itself answered as its reference to an earlier message of the same case or publication; nil when it
    /// gave none. It goes back to this recipient only.
    public let counterpartReference: String?
    /// The mail addresses of the persons whom this message is for, filled in while it is sent; empty where the recipient's own
    /// configuration says where it goes. They are no content: no rule lets them go, and no log holds them.
    public private(set) var readers: [String]

    package init(
        minted idempotencyKey: String, recipient: Recipient, message: MessageKind, reference: String,
        content: JSONValue, counterpartReference: String? = nil, readers: [String] = []
    ) {
        self.counterpartReference = counterpartReference
        self.readers = readers
        self.idempotencyKey = idempotencyKey
        self.recipient = recipient
        self.message = message
        self.reference = reference
        self.content = content
    }

    /// Reads the older form too, which has no readers.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        idempotencyKey = try container.decode(String.self, forKey: .idempotencyKey)
        recipient = try container.decode(Recipient.self, forKey: .recipient)
        message = try container.decode(MessageKind.self, forKey: .message)
        reference = try container.decode(String.self, forKey: .reference)
        content = try container.decode(JSONValue.self, forKey: .content)
        counterpartReference = try container.decodeIfPresent(String.self, forKey: .counterpartReference)
        readers = try container.decodeIfPresent([String].self, forKey: .readers) ?? []
    }

    /// The same disclosure for these readers: what goes does not change, only whose mailbox it reaches.
    public func addressed(to readers: [String]) -> Disclosure {
        var copy = self
        copy.readers = readers
        return copy
    }
}
