// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Delivery
public import Disclosures
import Ledger
public import PrivacyRules
public import Values

/// What would happen with an event for one recipient: for `explain`, in words a care coordinator can act on.
public struct Explanation: Sendable {
    public let recipientID: String
    public let recipientName: String
    public let channel: Channel
    public let judgement: Judgement
    public let stays: [FieldPath]
    /// Free text that seems to hold a burgerservicenummer: advice while writing (practice 15); it is masked when it goes.
    public let maskedNumbers: Int

    /// The JSON of `explain --json`.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "ontvanger": .string(recipientID), "naam": .string(recipientName), "kanaal": .string(channel.rawValue),
            "oordeel": .string(word), "velden": Self.list(judgement.goes), "blijft": Self.list(stays),
            "tekorten": .array(
                judgement.shortfalls.map {
                    ["code": .string($0.rawValue), "tekst": .string($0.text), "artikel": .string($0.article)]
                }),
            "beleidsversie": .string(judgement.policyVersion),
        ]
        if let rule = judgement.rule {
            members["grondslag"] = [
                "artikel": .string(rule.ground.article), "soort": .string(rule.ground.basis.rawValue),
                "tekst": .string(rule.ground.summary),
            ]
            members["doel"] = .string(rule.purpose.text)
        }
        switch judgement.verdict {
        case .permitted: break
        case .waiting(let waiting):
            members["wachtOp"] = .array(waiting.roles.map { .string($0.rawValue) })
            members["uitleg"] = .string(waiting.text)
        case .refused(let refusals):
            members["redenen"] = .array(
                refusals.map {
                    ["code": .string($0.code.rawValue), "artikel": .string($0.article), "tekst": .string($0.text)]
                })
        }
        if maskedNumbers > 0 { members["gemaskeerd"] = .number(Double(maskedNumbers)) }
        return .object(members)
    }

    /// `toegestaan`, `wacht` or `geweigerd`.
    public var word: String {
        switch judgement.verdict {
        case .permitted: "toegestaan"
        case .waiting: "wacht"
        case .refused: "geweigerd"
        }
    }

    private static func list(_ paths: [FieldPath]) -> JSONValue {
        .array(paths.map { .string($0.text) })
    }
}

/// Judges without doing: the same rules, the same code as for real.
public struct Explainer: Sendable {
    private let model: GatewayModel
    private let pseudonyms: KeyedPseudonyms?

    init(model: GatewayModel, pseudonyms: KeyedPseudonyms) {
        self.model = model
        self.pseudonyms = pseudonyms
    }

    /// Offline, without the key: references then show as `MP-`.
    public init(model: GatewayModel) {
        self.model = model
        pseudonyms = nil
    }

    /// One explanation per routed recipient, or for the one named (routed or not).
    public func explain(_ event: CaseEvent, submitter: Submitter, recipient: String?, today: CalendarDate)
        -> [Explanation]
    {
        let school = model.brin(of: event)
        let routed = model.routes.recipients(for: event.type, school: school)
        let ids = recipient.map { [$0] } ?? routed
        return ids.compactMap { model.recipients[$0] }.map { runtime in
            let reference = pseudonyms?.reference(
                school: school, caseReference: event.zaak, recipient: runtime.recipient.id)
            let judgement = model.judge(
                event, for: runtime, submitter: submitter, confirmation: nil, deliveryKey: "",
                reference: reference ?? "MP-",
                today: today)
            return Explanation(
                recipientID: runtime.recipient.id, recipientName: runtime.recipient.name,
                channel: runtime.recipient.channel,
                judgement: judgement, stays: judgement.stays(of: event), maskedNumbers: Self.numbers(in: event.data))
        }
    }

    private static func numbers(in value: JSONValue) -> Int {
        switch value {
        case .string(let text): BSN.masked(in: text).found
        case .array(let elements): elements.reduce(0) { $0 + numbers(in: $1) }
        case .object(let members):
            members.reduce(0) { $0 + ($1.key == "bsn" ? 0 : numbers(in: $1.value)) }
        default: 0
        }
    }
}
