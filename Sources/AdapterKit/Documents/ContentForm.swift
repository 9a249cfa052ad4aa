// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Values

/// One value of a disclosure's content with the path to it, such as `leerling.adres.straat` or `betrokkenen[0].naam`.
public struct ContentLeaf: Sendable, Hashable {
    public let path: String
    /// The value as people read it, in Dutch.
    public let text: String

    /// Every value that says something, sorted by path; a list of plain values is one.
    public static func all(of content: JSONValue) -> [ContentLeaf] {
        all(of: content, at: "", name: "").sorted { $0.path < $1.path }
    }

    private static func all(of value: JSONValue, at path: String, name: String) -> [ContentLeaf] {
        switch value {
        case .object(let members):
            members.flatMap { all(of: $0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)", name: $0.key) }
        case .array(let elements) where elements.contains { $0.object != nil || $0.array != nil }:
            elements.enumerated().flatMap { all(of: $0.element, at: "\(path)[\($0.offset)]", name: name) }
        default:
            ValueWords.shown(value, name).map { [ContentLeaf(path: path, text: $0)] } ?? []
        }
    }

    /// The lines of some fields, in their order; what they show is taken out of the leaves.
    public static func lines(
        _ fields: [(path: String, label: String)], taking leaves: inout [ContentLeaf]
    ) -> [HandoverDocument.Line] {
        fields.compactMap { field in
            guard let place = leaves.firstIndex(where: { $0.path == field.path }) else { return nil }
            return HandoverDocument.Line(label: field.label, value: leaves.remove(at: place).text)
        }
    }

    /// What no field of a form showed, each by its own name, so that what was disclosed is what the person sees; nothing without any.
    /// - Parameter hidden: Stands in the place of every value: in an anonymous message a name that strayed in must not be read out.
    public static func rest(_ leaves: [ContentLeaf], hidden: String? = nil) -> [HandoverDocument.Section] {
        guard !leaves.isEmpty else { return [] }
        let lines = leaves.map { HandoverDocument.Line(label: $0.path, value: hidden ?? $0.text) }
        return [HandoverDocument.Section(heading: "Overige gegevens", lines: lines)]
    }
}
