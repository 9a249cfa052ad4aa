// SPDX-License-Identifier: EUPL-1.2

/// One thing that is wrong with an event. Never quotes a value: only names and places.
public struct EventProblem: Error, Sendable, Hashable {
    /// A stable code; part of the API.
    public enum Code: String, Sendable, Hashable, CaseIterable, Codable {
        case veldOntbreekt
        case onbekendVeld
        case verkeerdType
        case ongeldigeWaarde
        case ongeldigeDatum
        case ongeldigTijdstip
        case teLang
        case teVeel
        case leeg
        case onbekendType
        case onbekendeVersie
        case attribuutOntbreekt
        case onbekendAttribuut
        case ongeldigAttribuut
        case persoonsgegevenInContext
        case bronNietToegestaan
    }

    public let code: Code
    /// RFC 6901 pointer into the event as sent, for example `/data/leerling/geboortedatum`; for binary mode the
    /// header name, for example `ce-id`.
    public let place: String
    /// What is wrong and how to mend it, in Dutch.
    public let message: String

    public init(_ code: Code, at place: String, _ message: String) {
        self.code = code
        self.place = place
        self.message = message
    }
}
