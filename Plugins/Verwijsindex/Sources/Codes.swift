// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

/// The index's own words for values that Meldpoort writes otherwise: `man` may be `M` there.
struct Codes: Sendable, Hashable {
    /// The fields whose values can be rewritten, by the name in the settings.
    private static let known: [(setting: String, field: String, values: [String])] = [
        ("geslacht", "leerling.geslacht", ["man", "vrouw", "onbekend"]),
        ("reden", "reden", ["nietTerechtGedaan", "risicoNietMeerAanwezig"]),
    ]

    static let specification = known.map { entry in
        SettingSpecification(
            entry.setting, .textMap, summary: "The index's word for each of \(entry.values.joined(separator: ", ")).")
    }

    private var words: [String: [String: String]] = [:]

    init(_ settings: JSONValue?, problems: inout [SettingProblems.Problem]) {
        for entry in Self.known {
            guard let map = settings?[entry.setting]?.object else { continue }
            let path = ["codes", entry.setting]
            for value in entry.values where map[value]?.string == nil {
                problems.append(
                    .init(
                        path: path, message: "'\(value)' has no word here",
                        suggestion: "name all: \(entry.values.joined(separator: ", "))"))
            }
            for value in map.keys.sorted() where !entry.values.contains(value) {
                let nearest = Suggestion.nearest(to: value, among: entry.values).map { "did you mean '\($0)'?" }
                problems.append(
                    .init(
                        path: path + [value], message: "'\(value)' is no value of \(entry.field)", suggestion: nearest))
            }
            words[entry.field] = map.compactMapValues(\.string)
        }
    }

    /// The index's word; the value itself when there are no words for the field; nil when the words do not know the value.
    func word(for value: String, of field: TemplateField) -> String? {
        guard let words = words[field.name] else { return value }
        return words[value]
    }
}
