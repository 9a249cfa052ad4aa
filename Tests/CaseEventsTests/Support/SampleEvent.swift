// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Values

/// A structured event that fits, to be made wrong.
struct SampleEvent {
    static let source = "https://lvs.example/bestuur"
    static let runningNumbers = "https://nummers.example"

    let data: JSONValue
    let attributes: [String: String]
    let reader = CloudEventReader(sources: [
        .init(uri: source, idsAreRunningNumbers: false), .init(uri: runningNumbers, idsAreRunningNumbers: true),
    ])

    init(type: EventType = .stapGezet, data: JSONValue? = nil) {
        var generator = EventGenerator(seed: 5, fill: .everything)
        self.data = data ?? generator.data(type)
        attributes = [
            "specversion": "1.0", "id": generator.uuid(), "source": Self.source, "type": type.rawValue,
            "time": "2026-11-22T10:00:00+01:00", "datacontenttype": "application/json",
            "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        ]
    }

    var structured: JSONValue {
        .object(attributes.mapValues(JSONValue.string).merging(["data": data]) { $1 })
    }

    func problems(of value: JSONValue, root: String = "") -> [String] {
        found { () throws(EventProblems) in try reader.structured(value, root: root) }.map { "\($0.code) \($0.place)" }
    }

    func problems(with changes: [String: JSONValue]) -> [String] {
        problems(of: .object((structured.object ?? [:]).merging(changes) { $1 }))
    }

    func problems(without name: String) -> [String] {
        problems(of: .object((structured.object ?? [:]).filter { $0.key != name }))
    }

    func messages(with changes: [String: JSONValue]) -> [String] {
        let value = JSONValue.object((structured.object ?? [:]).merging(changes) { $1 })
        return found { () throws(EventProblems) in try reader.structured(value) }.map(\.message)
    }

    func messages(type: String) -> [String] {
        messages(with: ["type": .string(type)])
    }

    func binaryProblems(with changes: [String: String?], data: JSONValue? = nil) -> [String] {
        var attributes = attributes
        for (name, value) in changes { attributes[name] = value }
        return found { () throws(EventProblems) in
            try reader.binary(attributes: attributes, data: data ?? self.data)
        }.map { "\($0.code) \($0.place)" }
    }

    private func found(_ read: () throws(EventProblems) -> CaseEvent) -> [EventProblem] {
        do {
            _ = try read()
            return []
        } catch {
            return error.problems
        }
    }
}
