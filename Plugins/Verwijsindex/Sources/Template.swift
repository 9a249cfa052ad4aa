// SPDX-License-Identifier: EUPL-1.2
import Values

/// A text with places for fields: `{{leerling.achternaam}}`, and `{{#leerling.voorvoegsel}}…{{/leerling.voorvoegsel}}` for a
/// part that only stands there when the field has a value. Works on bytes, so that a value can never join up with what stands
/// beside it.
struct Template: Sendable, Hashable {
    indirect enum Piece: Sendable, Hashable {
        case literal([UInt8])
        case field(TemplateField)
        case section(TemplateField, [Piece])
    }

    /// What is wrong with a template.
    struct Fault: Error, Sendable, Hashable {
        let message: String
        var suggestion: String?
    }

    let pieces: [Piece]

    /// Takes a template apart.
    /// - Throws: the first fault, with the line it stands on.
    init(_ source: String, fields: [TemplateField]) throws(Fault) {
        var parser = TemplateParser(source: Array(source.utf8), fields: fields)
        pieces = try parser.parse()
    }

    /// The fields that the template names, in sections too.
    var fields: Set<TemplateField> { Self.fields(of: pieces) }

    /// Whether any part depends on a field being there.
    var hasSections: Bool {
        pieces.contains { if case .section = $0 { true } else { false } }
    }

    /// The fields that open a section.
    var sectionFields: Set<TemplateField> { Self.sectionFields(of: pieces) }

    /// Fills the template in. `value` gives a field's text as it shall be written; nil where there is none.
    /// - Returns: nil when a field outside a section of its own has no value.
    func filled(_ value: (TemplateField) -> [UInt8]?) -> [UInt8]? {
        var result: [UInt8] = []
        return Self.fill(pieces, value, into: &result) ? result : nil
    }

    private static func fill(_ pieces: [Piece], _ value: (TemplateField) -> [UInt8]?, into result: inout [UInt8])
        -> Bool
    {
        for piece in pieces {
            switch piece {
            case .literal(let bytes): result += bytes
            case .field(let field):
                guard let text = value(field) else { return false }
                result += text
            case .section(let field, let inner):
                guard value(field) != nil else { continue }
                guard fill(inner, value, into: &result) else { return false }
            }
        }
        return true
    }

    private static func fields(of pieces: [Piece]) -> Set<TemplateField> {
        pieces.reduce(into: []) { found, piece in
            switch piece {
            case .literal: break
            case .field(let field): found.insert(field)
            case .section(let field, let inner): found.formUnion(fields(of: inner).union([field]))
            }
        }
    }

    private static func sectionFields(of pieces: [Piece]) -> Set<TemplateField> {
        pieces.reduce(into: []) { found, piece in
            if case .section(let field, let inner) = piece { found.formUnion(sectionFields(of: inner).union([field])) }
        }
    }
}

/// Reads a template from left to right; sections that are open lie on a stack.
private struct TemplateParser {
    let source: [UInt8]
    let fields: [TemplateField]
    private var at = 0
    private var pieces: [Template.Piece] = []
    private var open: [(field: TemplateField, line: Int, before: [Template.Piece])] = []

    /// More sections inside one another than this serve nobody.
    private static let deepest = 8

    init(source: [UInt8], fields: [TemplateField]) {
        self.source = source
        self.fields = fields
    }

    mutating func parse() throws(Template.Fault) -> [Template.Piece] {
        while let start = place(of: UInt8(ascii: "{"), from: at) {
            if start > at { pieces.append(.literal(Array(source[at..<start]))) }
            guard let end = place(of: UInt8(ascii: "}"), from: start + 2) else {
                throw fault("line \(line(start)): '{{' is never closed by '}}'")
            }
            try take(source[start + 2..<end], at: start)
            at = end + 2
        }
        if at < source.count { pieces.append(.literal(Array(source[at...]))) }
        if let last = open.last {
            throw fault(
                "line \(last.line): the section {{#\(last.field.name)}} is never closed",
                "close it with {{/\(last.field.name)}}")
        }
        return pieces
    }

    /// Where this byte stands twice in a row.
    private func place(of byte: UInt8, from start: Int) -> Int? {
        guard start + 1 < source.count else { return nil }
        return (start..<source.count - 1).first { source[$0] == byte && source[$0 + 1] == byte }
    }

    private mutating func take(_ tag: ArraySlice<UInt8>, at start: Int) throws(Template.Fault) {
        let line = line(start)
        let text = String(decoding: tag.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        switch text.utf8.first {
        case UInt8(ascii: "#"):
            guard open.count < Self.deepest else { throw fault("line \(line): too many sections inside one another") }
            open.append((try field(String(text.dropFirst()), line), line, pieces))
            pieces = []
        case UInt8(ascii: "/"):
            try close(try field(String(text.dropFirst()), line), line)
        default:
            pieces.append(.field(try field(text, line)))
        }
    }

    private mutating func close(_ field: TemplateField, _ line: Int) throws(Template.Fault) {
        guard let last = open.popLast() else {
            throw fault("line \(line): {{/\(field.name)}} closes a section that was not opened")
        }
        guard last.field == field else {
            throw fault("line \(line): {{/\(field.name)}} stands where {{/\(last.field.name)}} belongs")
        }
        pieces = last.before + [.section(field, pieces)]
    }

    private func field(_ name: String, _ line: Int) throws(Template.Fault) -> TemplateField {
        if let field = fields.first(where: { $0.name == name }) { return field }
        let names = fields.map(\.name)
        let nearest = Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'?" }
        throw fault(
            "line \(line): there is no field '\(name)' in this message",
            nearest ?? "the fields are \(names.sorted().joined(separator: ", "))")
    }

    private func line(_ offset: Int) -> Int {
        source[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
    }

    private func fault(_ message: String, _ suggestion: String? = nil) -> Template.Fault {
        Template.Fault(message: message, suggestion: suggestion)
    }
}
