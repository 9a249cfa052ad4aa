// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

/// Reads the settings of one request and gathers everything that is wrong with them.
struct RequestReader {
    let settings: JSONValue
    let key: String
    let fields: [TemplateField]
    var problems: [SettingProblems.Problem] = []

    init(settings: JSONValue, key: String, fields: [TemplateField]) {
        self.settings = settings
        self.key = key
        self.fields = fields
    }

    /// A method without a body of its own would have to carry the message in the address.
    static let methods: [HTTPRequest.Method] = [.post, .put, .patch, .delete]

    mutating func method() -> HTTPRequest.Method? {
        let name = settings["method"]?.string ?? HTTPRequest.Method.post.rawValue
        let method = Self.methods.first { $0.rawValue == name }
        if method == nil { report(["method"], "'\(name)' is no method that carries a message") }
        return method
    }

    mutating func format(_ contentType: String) -> BodyFormat? {
        let format = BodyFormat(contentType: contentType)
        if format == nil || !PathRules.isPrintable(contentType) {
            report(
                ["content_type"], "'\(contentType)' is neither a JSON nor an XML type in UTF-8",
                "application/json, text/xml; charset=utf-8 or application/soap+xml; charset=utf-8")
        }
        return format
    }

    /// The template of a setting; nil after reporting what is wrong with it.
    mutating func text(_ setting: String) -> Template? {
        template(settings[setting]?.string ?? "", at: [setting])
    }

    mutating func path() -> Template? {
        guard let path = text("path") else { return nil }
        refusePersonal(in: path, at: ["path"])
        if let sample = RequestTemplate.filledPath(path, { $0.example }), let fault = PathRules.fault(in: sample) {
            report(["path"], fault, "/signalen or /signalen/{{kenmerkVerwijsindex}}")
        }
        return path
    }

    mutating func headers() -> [(name: String, value: Template)] {
        var result: [(name: String, value: Template)] = []
        var seen: Set<String> = []
        for (name, value) in (settings["headers"]?.object ?? [:]).sorted(by: { $0.key < $1.key }) {
            if let fault = HeaderRules.fault(in: name) {
                report(["headers", name], fault.message, fault.suggestion)
            } else if !seen.insert(name.lowercased()).inserted {
                report(["headers", name], "the header stands here twice")
            }
            guard let text = value.string, PathRules.isPrintable(text) else {
                report(["headers", name], "a header's value is printable ASCII on one line")
                continue
            }
            guard let template = template(text, at: ["headers", name]) else { continue }
            refusePersonal(in: template, at: ["headers", name])
            result.append((name, template))
        }
        return result
    }

    /// Fills the body in with made-up values, with every section shown, with none, and with each one left out.
    mutating func tryOut(_ body: Template, format: BodyFormat) {
        if let fault = Placement.fault(in: body, format: format) {
            report(["body"], fault.message, fault.suggestion)
            return
        }
        if let field = BareField.first(in: body) {
            report(
                ["body"], "{{\(field.name)}} may be missing",
                "put it in a section: {{#\(field.name)}}…{{/\(field.name)}}")
            return
        }
        let optional = body.sectionFields
        let leftOut: [Set<TemplateField>] = [[], optional] + optional.sorted { $0.name < $1.name }.map { [$0] }
        for missing in leftOut {
            let filled = body.filled {
                missing.contains($0) && $0.presence != .always ? nil : format.escaped($0.example)
            }
            guard let filled, !filled.isEmpty, let fault = format.fault(in: filled) else { continue }
            let names = missing.map(\.name).sorted().joined(separator: ", ")
            let without = names.isEmpty ? "" : " without \(names)"
            report(["body"], "filled in\(without), the body is not sound \(format.name): \(fault)")
            return
        }
    }

    /// Without the key, an index that gets a message again cannot know that it is the same one.
    mutating func demandKey(in templates: [Template?]) {
        let parts = templates.compactMap { $0 }
        guard parts.count == templates.count,
            !parts.contains(where: { $0.fields.contains { $0.name == TemplateField.idempotencyKey } })
        else { return }
        report(
            [], "the request passes the idempotency key on nowhere",
            "headers: {Idempotency-Key: \"{{\(TemplateField.idempotencyKey)}}\"}")
    }

    private mutating func template(_ source: String, at path: [String]) -> Template? {
        do throws(Template.Fault) {
            return try Template(source, fields: fields)
        } catch {
            report(path, error.message, error.suggestion)
            return nil
        }
    }

    /// Paths and headers are written down by intermediaries on the way.
    private mutating func refusePersonal(in template: Template, at path: [String]) {
        let allowed = fields.filter(\.isImpersonal).map { "{{\($0.name)}}" }.joined(separator: ", ")
        for field in template.fields.sorted(by: { $0.name < $1.name }) where !field.isImpersonal {
            report(
                path, "{{\(field.name)}} may not stand here: paths and headers are written down on the way",
                "only \(allowed) may; put the rest in the body")
        }
        if template.hasSections { report(path, "sections can only stand in a body") }
    }

    private mutating func report(_ path: [String], _ message: String, _ suggestion: String? = nil) {
        problems.append(.init(path: [key] + path, message: message, suggestion: suggestion))
    }
}

/// Finds a field that may be missing and stands outside a section of its own.
enum BareField {
    static func first(in template: Template) -> TemplateField? {
        first(in: template.pieces, within: [])
    }

    private static func first(in pieces: [Template.Piece], within sections: Set<TemplateField>) -> TemplateField? {
        for piece in pieces {
            switch piece {
            case .literal: continue
            case .field(let field):
                if field.presence == .sometimes, !sections.contains(field) { return field }
            case .section(let field, let inner):
                if let bare = first(in: inner, within: sections.union([field])) { return bare }
            }
        }
        return nil
    }
}
