// SPDX-License-Identifier: EUPL-1.2
import Disclosures
import Values

/// A field that a template may name, and what is known about it.
struct TemplateField: Sendable, Hashable {
    enum Presence: Sendable, Hashable {
        /// The rules let no message through without it.
        case always
        /// May be missing: in a body it stands within a section of its own.
        case sometimes
        /// May be missing, and where a template names it outside a section, nothing is sent without it.
        case asNeeded
    }

    let name: String
    let presence: Presence
    /// `true` or `false`: may stand outside quotes in JSON.
    var isBoolean = false
    /// Says nothing about a person: may stand in the path and in headers, which intermediaries write down.
    var isImpersonal = false
    /// A made-up value, to try a template with.
    let example: String

    /// The name of the field that is the delivery's own key.
    static let idempotencyKey = "idempotentie"

    /// The fields of a kind of message.
    static func fields(of message: MessageKind) -> [TemplateField] {
        message == .verwijsindexIntrekking ? common + withdrawal : common
    }

    private static let common: [TemplateField] = [
        .init(
            name: idempotencyKey, presence: .always, isImpersonal: true, example: "5b0c1f6e-0f9f-4a61-9d0e-1c2d3e4f5a6b"
        ),
        .init(name: "leerling.voorvoegsel", presence: .sometimes, example: "van"),
        .init(name: "leerling.achternaam", presence: .always, example: "Voorbeeld-Achternaam"),
        .init(name: "leerling.geboortedatum", presence: .always, example: "2015-04-12"),
        .init(name: "leerling.geslacht", presence: .always, example: "onbekend"),
        .init(name: "meldpoort.kenmerk", presence: .always, isImpersonal: true, example: "MP-VOORBEELD"),
        .init(name: "meldpoort.school.brin", presence: .always, example: "99XX"),
        .init(name: "meldpoort.school.naam", presence: .always, example: "Voorbeeldschool"),
        .init(name: "meldpoort.meldingsbevoegde.naam", presence: .always, example: "Voorbeeld-Medewerker"),
        .init(name: "meldpoort.meldingsbevoegde.functie", presence: .sometimes, example: "intern begeleider"),
        .init(name: "meldpoort.meldingsbevoegde.telefoon", presence: .sometimes, example: "010-0000000"),
        .init(name: "meldpoort.meldingsbevoegde.email", presence: .sometimes, example: "medewerker@school.example"),
        .init(name: "afsprakenMetBetrokkenen.geinformeerd", presence: .sometimes, isBoolean: true, example: "true"),
        .init(name: "afsprakenMetBetrokkenen.datum", presence: .sometimes, example: "2026-01-15"),
    ]

    private static let withdrawal: [TemplateField] = [
        .init(name: "reden", presence: .always, example: "risicoNietMeerAanwezig"),
        .init(name: "kenmerkVerwijsindex", presence: .asNeeded, isImpersonal: true, example: "IDX-000001"),
    ]

    /// The field's value as the disclosure holds it, or nil when it holds none.
    func text(in disclosure: Disclosure) -> String? {
        if name == Self.idempotencyKey { return disclosure.idempotencyKey }
        let value = name.split(separator: ".").reduce(Optional(disclosure.content)) { $0?[String($1)] }
        return switch value {
        case .string(let text) where !isBoolean: text
        case .bool(let truth) where isBoolean: truth ? "true" : "false"
        default: nil
        }
    }
}
