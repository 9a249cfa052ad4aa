// SPDX-License-Identifier: EUPL-1.2

/// How a file with comma-separated values is written.
public struct CSVFormat: Sendable, Hashable {
    public enum Separator: String, Sendable, Hashable, CaseIterable {
        case comma, semicolon, tab

        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .semicolon: UInt8(ascii: ";")
            case .tab: UInt8(ascii: "\t")
            }
        }
    }

    public enum Encoding: String, Sendable, Hashable, CaseIterable {
        /// With or without a byte order mark.
        case utf8 = "utf-8"
        /// What Windows programs in the Netherlands write when they say ANSI.
        case windows1252 = "windows-1252"
    }

    public let separator: Separator
    public let encoding: Encoding

    /// The semicolon is what Dutch spreadsheets write, because the comma is taken by decimals.
    public init(separator: Separator = .semicolon, encoding: Encoding = .utf8) {
        self.separator = separator
        self.encoding = encoding
    }
}

/// Everything that is wrong with a file, without a word of what stands in it.
public struct CSVProblems: Error, Sendable, Hashable {
    public struct Problem: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            case tooLong, notUTF8, notWindows1252, controlCharacter, empty, quoteInside, textAfterQuote, quoteNotClosed
            case loneCarriageReturn, fieldCount(expected: Int, found: Int), emptyHeading, headingTwice
        }

        /// From 1; the heading is line 1. Where a record runs over more lines, that of its first.
        public let line: Int
        /// From 1, if it is about one field.
        public let field: Int?
        public let kind: Kind

        init(_ kind: Kind, line: Int, field: Int? = nil) {
            self.line = line
            self.field = field
            self.kind = kind
        }

        /// In Dutch: what is wrong and how to mend it.
        public var text: String {
            switch kind {
            case .tooLong: "het bestand is te groot: splits het"
            case .notUTF8: "het bestand is niet in UTF-8: sla het op als CSV UTF-8, of stel windows-1252 in"
            case .notWindows1252: "het bestand is niet in Windows-1252: stel utf-8 in"
            case .controlCharacter: "er staat een stuurteken in: verwijder het"
            case .empty: "het bestand is leeg: de eerste regel noemt de kolommen"
            case .quoteInside:
                "er staat een aanhalingsteken in een veld dat er niet mee begint: zet het veld tussen aanhalingstekens en dit teken dubbel"
            case .textAfterQuote:
                "achter het sluitende aanhalingsteken staat nog iets: zet een aanhalingsteken in een veld dubbel"
            case .quoteNotClosed: "een veld tussen aanhalingstekens wordt niet gesloten"
            case .loneCarriageReturn: "er staat een los regeleindeteken in: sla het bestand op met gewone regeleinden"
            case .fieldCount(let expected, let found):
                "de regel heeft \(found) velden in plaats van \(expected): let op scheidingstekens in de tekst"
            case .emptyHeading: "een kolom heeft geen naam"
            case .headingTwice: "deze kolom staat er twee keer"
            }
        }
    }

    public let problems: [Problem]
}
