// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// The request for one kind of message: what is sent, and what the answers mean.
struct RequestTemplate: Sendable {
    let answers: AnswerRules
    private let method: HTTPRequest.Method
    private let path: Template
    private let headers: [(name: String, value: Template)]
    private let contentType: String
    private let format: BodyFormat
    private let body: Template
    private let codes: Codes

    /// Reads the settings of one request; nil when there are none, or when there are problems.
    init?(
        _ settings: JSONValue?, at key: String, for message: MessageKind, codes: Codes,
        problems: inout [SettingProblems.Problem]
    ) {
        guard let settings else { return nil }
        var reader = RequestReader(settings: settings, key: key, fields: TemplateField.fields(of: message))
        let contentType = settings["content_type"]?.string ?? "application/json"
        let parts = (
            method: reader.method(), path: reader.path(), headers: reader.headers(),
            format: reader.format(contentType), body: reader.text("body")
        )
        let answers = AnswerRules(
            settings["response"], at: [key, "response"], format: parts.format ?? .json, problems: &reader.problems)
        if let body = parts.body, let format = parts.format { reader.tryOut(body, format: format) }
        reader.demandKey(in: [parts.path, parts.body] + parts.headers.map(\.value))
        problems += reader.problems
        guard reader.problems.isEmpty, let method = parts.method, let path = parts.path, let format = parts.format,
            let body = parts.body
        else { return nil }
        (self.method, self.path, headers, self.format) = (method, path, parts.headers, format)
        (self.body, self.contentType, self.codes, self.answers) = (body, contentType, codes, answers)
    }

    /// The filled-in request; nil when a field is missing or cannot be written, so that nothing doubtful leaves.
    func request(for disclosure: Disclosure) -> HTTPRequest? {
        guard let path = Self.filledPath(path, { $0.text(in: disclosure) }),
            let body = Self.filledBody(body, format, codes, { $0.text(in: disclosure) })
        else { return nil }
        var lines = body.isEmpty ? [] : [HTTPRequest.Header("Content-Type", contentType)]
        for header in headers {
            guard let value = header.value.filled({ $0.text(in: disclosure).map { Array($0.utf8) } }),
                value.allSatisfy({ (0x20...0x7E).contains($0) })
            else { return nil }
            lines.append(HTTPRequest.Header(header.name, String(decoding: value, as: UTF8.self)))
        }
        return HTTPRequest(method: method, path: path, headers: lines, body: body)
    }

    /// The path with percent-encoded values; nil when a value is empty, a dot step, or holds what servers read in different ways.
    static func filledPath(_ path: Template, _ value: (TemplateField) -> String?) -> String? {
        let filled = path.filled { field in
            guard let text = value(field), !text.isEmpty, text != ".", text != "..",
                !text.utf8.contains(where: {
                    $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
                })
            else { return nil }
            return PathRules.encoded(text)
        }
        return filled.map { String(decoding: $0, as: UTF8.self) }
    }

    /// The body with escaped values, checked as a whole; nil when it would not be sound.
    static func filledBody(
        _ body: Template, _ format: BodyFormat, _ codes: Codes, _ value: (TemplateField) -> String?
    ) -> [UInt8]? {
        var isWhole = true
        let filled = body.filled { field in
            guard let text = value(field) else { return nil }
            let escaped = codes.word(for: text, of: field).flatMap(format.escaped)
            // A value that cannot be written must not pass for one that is not there.
            if escaped == nil { isWhole = false }
            return escaped
        }
        guard isWhole, let filled, filled.isEmpty || format.fault(in: filled) == nil else { return nil }
        return filled
    }
}
