// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
public import Values

/// How a judgement input is stored: kinds, bands, flags and names of fields (practice 33). The day is not in it, so that inputs that
/// differ in nothing else are the same and are kept once.
extension Situation {
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "type": .string(eventType.rawValue), "ontvanger": .string(recipientKind.rawValue),
            "leeftijd": .string(age.rawValue),
            "velden": .array(present.paths(of: eventType).map { .string($0.text) }),
            "toestemming": .string(consent.rawValue), "geinformeerd": .string(informed.rawValue),
            "ondertoezichtstelling": .string(supervision.rawValue), "herziening": .string(review.rawValue),
            "kenmerken": .array(Marks.names.filter { marks.contains($0.mark) }.map { .string($0.name) }),
            "rollenIndiener": .array(submitterRoles.roles.map { .string($0.rawValue) }),
        ]
        if let purpose { members["doel"] = .string(purpose.rawValue) }
        if !covered.isEmpty {
            members["veldenToestemming"] = .array(covered.paths(of: eventType).map { .string($0.text) })
        }
        switch confirmation {
        case .geen: break
        case .bevestigd(let role): members["bevestigdAls"] = .string(role.rawValue)
        case .nietBevoegd: members["bevestigdAls"] = "nietBevoegd"
        }
        return .object(members)
    }

    /// Nil when it is not one: a name that this version does not know, for example.
    public init?(json: JSONValue, on today: CalendarDate) {
        func value<Value: RawRepresentable>(_ name: String) -> Value? where Value.RawValue == String {
            json[name]?.string.flatMap(Value.init(rawValue:))
        }
        func names(_ name: String) -> [String] { (json[name]?.array ?? []).compactMap(\.string) }
        guard let type: EventType = value("type"), let kind: RecipientKind = value("ontvanger"),
            let age: AgeBand = value("leeftijd"),
            let consent: ConsentState = value("toestemming"), let informed: InformedState = value("geinformeerd"),
            let supervision: SupervisionState = value("ondertoezichtstelling"),
            let review: ReviewState = value("herziening")
        else { return nil }
        let known = Dictionary(uniqueKeysWithValues: Marks.names)
        let marks = names("kenmerken").map { known[$0] }
        let roles = names("rollenIndiener").map(Role.init(rawValue:))
        guard marks.allSatisfy({ $0 != nil }), roles.allSatisfy({ $0 != nil }) else { return nil }
        self.init(
            eventType: type, recipientKind: kind, purpose: value("doel"), today: today, age: age,
            present: FieldSet(names("velden").map(FieldPath.init), of: type), consent: consent,
            covered: FieldSet(names("veldenToestemming").map(FieldPath.init), of: type), informed: informed,
            supervision: supervision, review: review, marks: Marks(marks.compactMap { $0 }),
            confirmation: Self.confirmation(json["bevestigdAls"]?.string),
            submitterRoles: RoleSet(roles.compactMap { $0 }))
    }

    private static func confirmation(_ text: String?) -> ConfirmationState {
        guard let text else { return .geen }
        return Role(rawValue: text).map(ConfirmationState.bevestigd) ?? .nietBevoegd
    }
}
