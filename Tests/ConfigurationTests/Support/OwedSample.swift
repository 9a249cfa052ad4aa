// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Foundation
import Testing
import Values

/// Events with what they need, and a changed copy of the shipped clocks.
enum OwedSample {
    /// Sunday 22 November 2026.
    static let now = Timestamp(millisecondsSince1970: 1_795_341_600_000)
    static let today = now.calendarDateInAmsterdam

    static func event(_ name: String, _ data: [String: JSONValue] = [:]) throws -> CaseEvent {
        let type = try #require(EventType(rawValue: "nl.meldcode.\(name).v1"))
        var data = data
        for (name, value) in ["zaak": "zaak-1", "school": "01AB"]
        where type.schema.fields.contains(where: { $0.name == name }) {
            data[name] = .string(value)
        }
        for field in type.schema.fields where field.isRequired && data[field.name] == nil {
            data[field.name] = sample(field.shape)
        }
        return try CaseEvent(id: "id-1", source: "urn:proef", type: type, data: .object(data))
    }

    private static func sample(_ shape: Shape) -> JSONValue {
        switch shape {
        case .choice(let words): .string(words.first ?? "")
        case .boolean: true
        case .brin: "01AB"
        case .integer: 7
        case .date: .string(today.description)
        case .timestamp: .string(now.description)
        case .object(let members), .person(_, let members):
            .object(
                Dictionary(
                    members.filter(\.isRequired).map { ($0.name, sample($0.shape)) },
                    uniquingKeysWith: { first, _ in first })
            )
        case .list(let element, _): .array([sample(element)])
        default: "proef"
        }
    }

    /// What `check` says of the shipped clocks with one part changed, which stands in them once.
    static func problems(replacing old: String, with new: String) throws -> [String] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Config/termijnen.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.ranges(of: old).count == 1, "\(old)")
        return try problems(text.replacing(old, with: new))
    }

    /// What `check` says of these clocks.
    static func problems(_ text: String) throws -> [String] {
        let path = NSTemporaryDirectory() + "termijnen-\(UUID().uuidString).yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        do {
            _ = try OwedLoader.load(path)
            return []
        } catch {
            return error.problems.map {
                "\($0.line):\($0.column) \($0.message)" + ($0.suggestion.map { ". \($0)" } ?? "")
            }
        }
    }
}
