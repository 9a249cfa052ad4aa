// SPDX-License-Identifier: EUPL-1.2
public import Values

/// One setting of an adapter, declared once: the parser, `adapter sample`, the README table and the linter derive from it.
public struct SettingSpecification: Sendable {
    public indirect enum Shape: Sendable {
        case text
        case integer(ClosedRange<Int>)
        case boolean
        case choice([String])
        /// Any keys, text values: for example HTTP headers.
        case textMap
        /// By reference, as `{file: path}` or `{environment: NAME}`. The adapter finds it in `AdapterSettings.secrets`: it never
        /// becomes one of the values, which can be shown.
        case secret
        case list(Shape)
        case object([SettingSpecification])
    }

    /// snake_case, a noun, with its unit: `timeout_seconds`.
    public let name: String
    public let shape: Shape
    public let required: Bool
    public let defaultValue: JSONValue?
    /// One English sentence.
    public let summary: String

    public init(
        _ name: String, _ shape: Shape, required: Bool = false, default defaultValue: JSONValue? = nil, summary: String
    ) {
        self.name = name
        self.shape = shape
        self.required = required
        self.defaultValue = defaultValue
        self.summary = summary
    }
}

extension SettingSpecification {
    /// What the setting is when it is left out: its default, or the defaults of its members when all of them may be left out.
    package var standard: JSONValue? {
        if let defaultValue { return defaultValue }
        guard case .object(let members) = shape, !members.contains(where: \.required) else { return nil }
        let defaults = members.compactMap { member in member.standard.map { (member.name, $0) } }
        return defaults.isEmpty ? nil : .object(Dictionary(defaults, uniquingKeysWith: { first, _ in first }))
    }
}

/// The settings of one recipient, already of the declared shape with defaults filled in.
public struct AdapterSettings: Sendable, Hashable {
    /// An object, keyed as the specification says. What has the shape `secret` is not in it.
    public let values: JSONValue
    public let channel: String
    /// By the keys that lead there, list positions as decimal numbers.
    public let secrets: [[String]: Secret]

    public init(values: JSONValue, channel: String, secrets: [[String]: Secret] = [:]) {
        self.values = values
        self.channel = channel
        self.secrets = secrets
    }

    /// The value at a path such as `["response", "accepted_statuses"]`.
    public subscript(path: String...) -> JSONValue? {
        path.reduce(Optional(values)) { value, key in value?[key] }
    }

    /// The secret at a path such as `["gkv", "supplier_key"]`.
    public func secret(at path: String...) -> Secret? {
        secrets[path]
    }
}

/// What is wrong with the settings, each at its path, so that the loader can show file, line and column.
public struct SettingProblems: Error, Codable, Sendable, Hashable {
    public struct Problem: Codable, Sendable, Hashable {
        /// Keys from the recipient's `settings:` downward; list positions as decimal numbers.
        public let path: [String]
        public let message: String
        public let suggestion: String?

        public init(path: [String], message: String, suggestion: String? = nil) {
            self.path = path
            self.message = message
            self.suggestion = suggestion
        }
    }

    public let problems: [Problem]

    public init(_ problems: [Problem]) {
        self.problems = problems
    }
}
