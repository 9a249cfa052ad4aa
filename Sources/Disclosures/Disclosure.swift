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
    /// A remark about the process, for the mailbox that Veilig Thuis keeps for those: never content of a case.
    case procesopmerking
    /// A page for the intranet; it holds no case data by its type.
    case publicatie
    case publicatieIntrekking

    /// Whether the counterpart is reminded of the reference that it gave earlier: not where this is the first contact by its nature.
    public var quotesCounterpart: Bool {
        switch self {
        case .verwijsindexRegistratie, .veiligThuisAdvies, .letselduiding, .kennisgeving: false
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

    package init(
        minted idempotencyKey: String, recipient: Recipient, message: MessageKind, reference: String,
        content: JSONValue, counterpartReference: String? = nil
    ) {
        self.counterpartReference = counterpartReference
        self.idempotencyKey = idempotencyKey
        self.recipient = recipient
        self.message = message
        self.reference = reference
        self.content = content
    }
}
