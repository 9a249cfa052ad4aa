// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import Values

/// Fields that no event carries: the gateway adds them from the configuration, under `meldpoort.`, when a rule allows them.
enum ContextFields {
    static let root = "meldpoort"

    /// Every path a rule may name besides those of the event.
    static let schemaPaths: [FieldPath] = [
        "meldpoort.kenmerk", "meldpoort.gebeurtenis", "meldpoort.datum",
        "meldpoort.school.brin", "meldpoort.school.naam",
        "meldpoort.meldingsbevoegde.naam", "meldpoort.meldingsbevoegde.functie",
        "meldpoort.meldingsbevoegde.telefoon", "meldpoort.meldingsbevoegde.email",
    ].map(FieldPath.init)

    /// The values, as one object that lies beside the event's data.
    static func values(_ input: JudgementInput) -> JSONValue {
        var values: [String: JSONValue] = [
            "kenmerk": .string(input.reference), "gebeurtenis": .string(input.event.type.schema.title),
            "datum": .string(input.today.description),
            "school": ["brin": .string(input.event.school.description), "naam": .string(input.schoolName)],
        ]
        if let person = input.confirmation?.person {
            var contact: [String: JSONValue] = ["naam": .string(person.name)]
            if let function = person.function { contact["functie"] = .string(function) }
            if let phone = person.phone { contact["telefoon"] = .string(phone) }
            if let email = person.email { contact["email"] = .string(email) }
            values["meldingsbevoegde"] = .object(contact)
        }
        return .object(values)
    }
}
