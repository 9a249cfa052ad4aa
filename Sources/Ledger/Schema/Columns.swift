// SPDX-License-Identifier: EUPL-1.2
import Values

extension Timestamp {
    /// As it lies in the store: milliseconds since 1970 (UTC).
    var column: Int64 { millisecondsSince1970 }

    init(column: Int64) {
        self.init(millisecondsSince1970: column)
    }
}

/// A list of codes in one column: one per line. None of them can hold a line break.
enum TextList {
    static func column(_ values: [String]) -> String { values.joined(separator: "\n") }

    static func values(_ column: String) -> [String] { column.split(separator: "\n").map(String.init) }
}
