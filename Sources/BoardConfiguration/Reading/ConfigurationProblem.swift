// SPDX-License-Identifier: EUPL-1.2
public import Values

/// A place in a configuration file: what people look up in an editor.
public struct SourcePlace: Sendable, Hashable {
    /// The path as it was given, or as it follows from the file that names it.
    public let file: String
    /// From 1.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int

    /// A place; `1:1` where a file as a whole is meant.
    public init(file: String, line: Int = 1, column: Int = 1) {
        self.file = file
        self.line = line
        self.column = column
    }
}

/// One thing that is wrong with the configuration: where, what, and how to put it right.
public struct ConfigurationProblem: Error, Sendable, Hashable {
    /// An error keeps the gateway from starting; a warning is shown and changes nothing by itself.
    public enum Severity: String, Sendable, Hashable, CaseIterable {
        case error
        case warning
    }

    public let file: String
    /// From 1.
    public let line: Int
    /// From 1, in Unicode scalars.
    public let column: Int
    public let severity: Severity
    /// What is wrong, without a full stop. Never holds a secret.
    public let message: String
    /// A whole sentence that says what to do, if there is one to give.
    public let suggestion: String?

    /// A problem at a place.
    public init(
        _ severity: Severity = .error, at place: SourcePlace, _ message: String, suggestion: String? = nil
    ) {
        file = place.file
        line = place.line
        column = place.column
        self.severity = severity
        self.message = message
        self.suggestion = suggestion
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    /// `meldpoort.yaml:12:5: error: unknown key “recipents”. Did you mean “recipients”?`
    public var description: String {
        let start = "\(file):\(line):\(column): \(severity.rawValue): \(message)"
        return suggestion.map { "\(start). \($0)" } ?? start
    }
}

extension ConfigurationProblem {
    /// For `--json`: `file`, `line`, `column`, `severity`, `message` and, if there is one, `suggestion`.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "file": .string(file), "line": .number(Double(line)), "column": .number(Double(column)),
            "severity": .string(severity.rawValue), "message": .string(message),
        ]
        if let suggestion { members["suggestion"] = .string(suggestion) }
        return .object(members)
    }
}

/// Everything that is wrong with a configuration, in the order of its files and lines; at least one is an error.
public struct ConfigurationProblems: Error, Sendable, Hashable, CustomStringConvertible {
    public let problems: [ConfigurationProblem]

    /// One problem a line.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
