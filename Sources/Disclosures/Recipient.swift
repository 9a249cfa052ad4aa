// SPDX-License-Identifier: EUPL-1.2

/// What kind of party a recipient (*ontvanger*) is. The kind decides which rules can apply to it.
public enum RecipientKind: String, Codable, Sendable, CaseIterable, Hashable {
    case veiligThuis
    case raadVoorDeKinderbescherming
    case gecertificeerdeInstelling
    case politie
    case verwijsindex
    case leerlingvolgsysteem
    case bestuur
    case hulpverlener
    /// An expert on injuries, asked anonymously (Besluit verplichte meldcode art. 2(2)b).
    case deskundigeLetselduiding
    /// The mailbox of Veilig Thuis for remarks about the process: never content of a case.
    case veiligThuisProces
    case leerkracht
    /// Who looks after the meldcode at a school (also: intern begeleider, zorgcoördinator).
    case aandachtsfunctionaris
    case directie
    case centraleContactpersoon
    case intranet

    /// Whether the recipient belongs to the same *bevoegd gezag* (intern) or not (extern).
    public enum Scope: String, Codable, Sendable { case intern, extern }

    /// Intern or extern: an external recipient needs one of the five statutory grounds, or consent.
    public var scope: Scope {
        switch self {
        case .leerlingvolgsysteem, .bestuur, .leerkracht, .aandachtsfunctionaris, .directie, .centraleContactpersoon,
            .intranet:
            .intern
        case .veiligThuis, .raadVoorDeKinderbescherming, .gecertificeerdeInstelling, .politie, .verwijsindex,
            .hulpverlener, .deskundigeLetselduiding, .veiligThuisProces:
            .extern
        }
    }

    /// The five external kinds that may receive without consent, each for its own purpose: Veilig Thuis (Wmo 2015 5.2.6),
    /// Raad (BW 1:240), GI (Jeugdwet 7.3.11(4)), politie (Sv 160, 161; AVG 6(1)(d)) and verwijsindex (Jeugdwet 7.1.2.1, 7.1.4.1).
    public static let consentFreeExternal: Set<RecipientKind> = [
        .veiligThuis, .raadVoorDeKinderbescherming, .gecertificeerdeInstelling, .politie, .verwijsindex,
    ]

    /// Recipients to which a confirmed report is urgent: nothing missing holds it, and its submitter always
    /// hears whether it arrived.
    public static let urgent: Set<RecipientKind> = [
        .veiligThuis, .raadVoorDeKinderbescherming, .gecertificeerdeInstelling, .politie,
    ]

    /// Recipients that never get content of a case, whatever a rule says.
    public static let contentFree: Set<RecipientKind> = [
        .bestuur, .centraleContactpersoon, .intranet, .veiligThuisProces, .directie, .leerkracht,
        .aandachtsfunctionaris,
    ]

    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .veiligThuis: "Veilig Thuis"
        case .raadVoorDeKinderbescherming: "de Raad voor de Kinderbescherming"
        case .gecertificeerdeInstelling: "de gecertificeerde instelling"
        case .politie: "de politie"
        case .verwijsindex: "de verwijsindex"
        case .leerlingvolgsysteem: "het leerlingvolgsysteem"
        case .bestuur: "het bestuur"
        case .hulpverlener: "een hulpverlener"
        case .deskundigeLetselduiding: "de deskundige letselduiding"
        case .veiligThuisProces: "de procespostbus van Veilig Thuis"
        case .leerkracht: "de leerkracht of mentor"
        case .aandachtsfunctionaris: "de aandachtsfunctionaris"
        case .directie: "de directie"
        case .centraleContactpersoon: "de centrale contactpersoon"
        case .intranet: "het intranet"
        }
    }
}

/// How a disclosure reaches a recipient.
public enum Channel: String, Codable, Sendable, CaseIterable, Hashable {
    /// HTTPS with a client certificate or another configured credential.
    case api
    /// SMTP to a configured secure-mail relay; never plain mail.
    case mail
    /// *Overdracht*: a person passes on a text that the gateway prepared.
    case handover
    /// A file in a folder of the board's own, which another system or a person takes from there.
    case folder
}

/// A configured party that can receive disclosures.
public struct Recipient: Codable, Sendable, Hashable {
    /// The identifier in the configuration, for example `veilig-thuis-rotterdam`.
    public let id: String
    public let kind: RecipientKind
    /// The name shown on screen, in Dutch.
    public let name: String
    public let channel: Channel

    public init(id: String, kind: RecipientKind, name: String, channel: Channel) {
        self.id = id
        self.kind = kind
        self.name = name
        self.channel = channel
    }
}
