// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Foundation
import Gateway
import PrivacyRules
import Values

/// One situation of a case, as `Situations/NN-name.json` tells it: what was recorded before, what is decided now, by whom.
struct Case: Sendable {
    let name: String
    let earlier: [CaseEvent]
    let event: CaseEvent
    /// Nil for a system.
    let person: String?
    /// Empty for those that a route names.
    let recipients: [String]

    /// - Parameter name: the name of the file, without its extension.
    init(name: String) throws {
        let bytes = try Data(contentsOf: Self.folder.appendingPathComponent("Situations/\(name).json"))
        guard case .success(let value) = StrictJSON.read(Array(bytes)) else { throw CaseProblem.unreadable(name) }
        self.name = name
        earlier = try (value["eerder"]?.array ?? []).enumerated().map { try Self.event($1, "e\($0)", value, in: name) }
        event = try Self.event(value["gebeurtenis"] ?? .null, "nu", value, in: name)
        person = value["door"]?.string
        recipients = (value["ontvangers"]?.array ?? []).compactMap(\.string)
    }

    /// What a person reads: one text per recipient, an empty line between.
    func text(in model: GatewayModel, today: CalendarDate) -> String {
        var facts = CaseFacts()
        for event in earlier + [event] { facts.apply(event) }
        let explainer = Explainer(model: model)
        let asked: [String?] = recipients.isEmpty ? [nil] : recipients
        let explanations = asked.flatMap { recipient in
            explainer.explain(
                event, submitter: Submitter(tokenID: "proef", personID: person), recipient: recipient, facts: facts,
                today: today)
        }
        return explanations.map { $0.text + "\n" }.joined(separator: "\n")
    }

    /// The case and its school are the same everywhere, unless the file says so.
    private static func event(_ value: JSONValue, _ id: String, _ file: JSONValue, in name: String) throws -> CaseEvent
    {
        let short = value["type"]?.string ?? ""
        guard let type = EventType.allCases.first(where: { $0.shortName == short }) else {
            throw CaseProblem.unknownType(name, short)
        }
        var data = value["data"]?.object ?? [:]
        if !type.isPublication, !type.isOwn { data["zaak"] = "1f0d8a52-0000-4000-8000-000000000001" }
        data["school"] = file["school"] ?? "01AB"
        return try CaseEvent(
            id: id, source: "urn:nld:oin:00000000000000000000:systeem:lvs", type: type, data: .object(data))
    }

    /// Every situation, in order.
    static func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("Situations").path)
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
}

enum CaseProblem: Error {
    case unreadable(String)
    case unknownType(String, String)
}
