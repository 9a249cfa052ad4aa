// SPDX-License-Identifier: EUPL-1.2

/// One thing that is wrong with a file of running cases. Names lines and columns, and never what stands there.
struct ImportProblem: Error, Hashable {
    /// From 1; the heading is line 1.
    let line: Int
    /// From 1, if it is about one column.
    var column: Int?
    /// The heading of that column, if the import knows it.
    var name: String?
    /// In Dutch: what is wrong and how to mend it.
    let text: String

    /// `regel 7, kolom 8 (geboortedatum): geen bestaande datum`.
    var description: String {
        let column = column.map { ", kolom \($0)\(name.map { " (\($0))" } ?? "")" } ?? ""
        return "regel \(line)\(column): \(text)"
    }
}

/// Everything that is wrong with a file.
struct ImportProblems: Error {
    let problems: [ImportProblem]
}
