// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import BoardConfiguration
import CaseEvents
import Disclosures
import Values

/// A file of running cases (practice 28), read and checked as a whole: whoever holds one may send it.
struct ImportFile {
    /// A row, as the event that it becomes.
    struct Row {
        /// Where it begins in the file, from 1.
        let line: Int
        let kind: ImportKind
        let date: CalendarDate
        let event: JSONValue
    }

    let rows: [Row]
    /// The place of each column, from 1.
    private let places: [ImportColumn: Int]

    /// No file of one board is longer.
    static let maximumBytes = 16 << 20
    /// Of this many problems each is told; after that only how many more there are.
    static let maximumProblems = 100

    /// - Throws: `ImportProblems` with everything that is wrong.
    init(_ bytes: [UInt8], configuration: Configuration, now: Timestamp) throws(ImportProblems) {
        let table = try Self.table(bytes)
        let places = try Self.places(table.headings)
        self.places = places
        var problems: [ImportProblem] = []
        var rows: [Row] = []
        var seen: [[String]: Int] = [:]
        for record in table.rows {
            var reader = ImportRowReader(record, places: places, configuration: configuration, now: now)
            let row = reader.read()
            problems += reader.problems
            guard let row else { continue }
            if let first = seen[reader.identity] {
                problems.append(
                    reader.problem(
                        .ontvanger,
                        "dezelfde zaak en ontvanger staan al op regel \(first): haal een van beide weg, en leg een tweede verstrekking zelf vast"
                    ))
                continue
            }
            seen[reader.identity] = record.line
            rows.append(row)
        }
        if problems.isEmpty, rows.isEmpty {
            problems.append(ImportProblem(line: 2, text: "er staat niets onder de kolomnamen"))
        }
        guard problems.isEmpty else { throw ImportProblems(problems: problems) }
        self.rows = rows
    }

    /// What the gateway refused about a row, by the place that it names: `/3/data/ontvanger` of a bundle.
    /// - Parameter first: The position of the first row of the bundle.
    func problem(place: String, text: String, first: Int) -> ImportProblem? {
        let parts = place.split(separator: "/", maxSplits: 1)
        guard let index = parts.first.flatMap({ Int($0) }), rows.indices.contains(first + index) else { return nil }
        let column = parts.count > 1 ? ImportColumn(place: "/\(parts[1])") : nil
        return ImportProblem(
            line: rows[first + index].line, column: column.flatMap { places[$0] }, name: column?.rawValue, text: text)
    }

    // MARK: - Reading

    private static func table(_ bytes: [UInt8]) throws(ImportProblems) -> CSVTable {
        let heading = bytes.prefix { $0 != 0x0A }
        let separator: CSVFormat.Separator = heading.contains(UInt8(ascii: ";")) ? .semicolon : .comma
        do {
            return try CSVTable(bytes, CSVFormat(separator: separator), maximumBytes: maximumBytes)
        } catch {
            throw ImportProblems(
                problems: error.problems.map { ImportProblem(line: $0.line, column: $0.field, text: $0.text) })
        }
    }

    private static func places(_ headings: [String]) throws(ImportProblems) -> [ImportColumn: Int] {
        let known = ImportColumn.allCases.map(\.rawValue).joined(separator: ", ")
        var places: [ImportColumn: Int] = [:]
        var problems: [ImportProblem] = []
        for (index, heading) in headings.enumerated() {
            guard let column = ImportColumn(rawValue: heading.lowercased()) else {
                // Not what stands there: in a file without headings that would be somebody's.
                let near = Suggestion.nearest(to: heading, among: ImportColumn.allCases.map(\.rawValue))
                let hint = near.map { "Bedoelt u “\($0)”? " } ?? ""
                problems.append(
                    ImportProblem(
                        line: 1, column: index + 1, text: "deze kolom kent de invoer niet. \(hint)Bekend zijn: \(known)"
                    ))
                continue
            }
            if places.updateValue(index + 1, forKey: column) != nil {
                problems.append(
                    ImportProblem(
                        line: 1, column: index + 1, name: column.rawValue, text: "deze kolom staat er twee keer"))
            }
        }
        for column in ImportColumn.required where places[column] == nil {
            problems.append(ImportProblem(line: 1, text: "de kolom “\(column.rawValue)” ontbreekt"))
        }
        guard problems.isEmpty else { throw ImportProblems(problems: problems) }
        return places
    }
}
