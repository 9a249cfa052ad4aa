// SPDX-License-Identifier: EUPL-1.2

/// Where in a body's syntax a template has come to, byte by byte: a field may only stand where its escaping holds.
enum Placement: Sendable, Hashable {
    case json(JSONPlace)
    case xml(XMLPlace)

    init(_ format: BodyFormat) {
        self = format == .json ? .json(JSONPlace()) : .xml(XMLPlace())
    }

    /// What is wrong with the places of the fields and sections of a template; nil when nothing is.
    static func fault(in template: Template, format: BodyFormat) -> Template.Fault? {
        var placement = Placement(format)
        do throws(Template.Fault) {
            try placement.walk(template.pieces, format: format)
            return nil
        } catch {
            return error
        }
    }

    private mutating func walk(_ pieces: [Template.Piece], format: BodyFormat) throws(Template.Fault) {
        for piece in pieces {
            switch piece {
            case .literal(let bytes):
                for byte in bytes { consume(byte) }
            case .field(let field):
                guard !takes(field) else { continue }
                throw Template.Fault(
                    message: "{{\(field.name)}} stands where a value cannot be escaped",
                    suggestion: format == .json
                        ? "put it in quotes: \"{{\(field.name)}}\"" : "put it in a text or in a quoted attribute")
            case .section(let field, let inner):
                let before = self
                try walk(inner, format: format)
                guard self == before else {
                    throw Template.Fault(
                        message: "the section {{#\(field.name)}} begins and ends in different places",
                        suggestion:
                            "let it hold whole \(format == .json ? "texts or members" : "elements or attributes")")
                }
            }
        }
    }

    private mutating func consume(_ byte: UInt8) {
        switch self {
        case .json(var place):
            place.consume(byte)
            self = .json(place)
        case .xml(var place):
            place.consume(byte)
            self = .xml(place)
        }
    }

    private func takes(_ field: TemplateField) -> Bool {
        switch self {
        case .json(let place): place.isInText || (field.isBoolean && !place.isInString)
        case .xml(let place): place.takesValues
        }
    }
}

/// Inside or outside a JSON string.
struct JSONPlace: Sendable, Hashable {
    private(set) var isInString = false
    private var isEscaped = false

    /// In a string, and not right behind a backslash.
    var isInText: Bool { isInString && !isEscaped }

    mutating func consume(_ byte: UInt8) {
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = isInString
        } else if byte == UInt8(ascii: "\"") {
            isInString.toggle()
        }
    }
}

/// In a text, a tag, a quoted attribute, or markup that holds no values (comment, CDATA, processing instruction).
struct XMLPlace: Sendable, Hashable {
    private enum State: Sendable, Hashable {
        case text
        /// Behind `<`, before it is known what it begins.
        case opening([UInt8])
        case tag
        case attribute(quote: UInt8)
        /// Until these bytes come by; `seen` are the last ones.
        case markup(until: [UInt8], seen: [UInt8])
    }

    private var state = State.text

    var takesValues: Bool {
        switch state {
        case .text, .attribute: true
        default: false
        }
    }

    mutating func consume(_ byte: UInt8) {
        switch state {
        case .text:
            if byte == UInt8(ascii: "<") { state = .opening([]) }
        case .opening(let seen):
            state = Self.opened(seen + [byte])
        case .tag:
            if byte == UInt8(ascii: ">") { state = .text }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { state = .attribute(quote: byte) }
        case .attribute(let quote):
            if byte == quote { state = .tag }
        case .markup(let end, let seen):
            let last = (seen + [byte]).suffix(end.count)
            state = last.elementsEqual(end) ? .text : .markup(until: end, seen: Array(last))
        }
    }

    private static let comment = Array("!--".utf8)
    private static let characterData = Array("![CDATA[".utf8)

    private static func opened(_ seen: [UInt8]) -> State {
        if seen == comment { return .markup(until: Array("-->".utf8), seen: []) }
        if seen == characterData { return .markup(until: Array("]]>".utf8), seen: []) }
        if seen == [UInt8(ascii: "?")] { return .markup(until: Array("?>".utf8), seen: []) }
        if comment.starts(with: seen) || characterData.starts(with: seen) { return .opening(seen) }
        return seen.last == UInt8(ascii: ">") ? .text : .tag
    }
}
