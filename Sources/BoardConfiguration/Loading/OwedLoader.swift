// SPDX-License-Identifier: EUPL-1.2
public import Delivery
import Values

/// Reads the clocks of what is owed from YAML.
public enum OwedLoader {
    /// Those that ship with the gateway.
    /// - Throws: Never in a gateway that passed its tests.
    public static func standard() throws(ConfigurationProblems) -> OwedRules {
        let log = ProblemLog()
        return try finish(standard(log), log)
    }

    /// Those in a file. Whether the recipients that it names exist is for `ConfigurationLoader` to say.
    /// - Throws: Everything that is wrong with them.
    public static func load(_ path: String) throws(ConfigurationProblems) -> OwedRules {
        let log = ProblemLog()
        let root = Surroundings(environment: [:], log: log).document(path, mentionedAt: nil)
        return try finish(root.flatMap { OwedReader(log: log).rules($0) }, log)
    }

    /// Read once: it never changes.
    private static let shipped: OwedRules? = {
        let log = ProblemLog()
        let rules = read(log)
        return log.problems.isEmpty ? rules : nil
    }()

    static func standard(_ log: ProblemLog) -> OwedRules? {
        shipped ?? read(log)
    }

    private static func read(_ log: ProblemLog) -> OwedRules? {
        YAMLReader.read(PackageResources.termijnen_yaml, file: "termijnen.yaml (built in)", log)
            .flatMap { OwedReader(log: log).rules($0) }
    }

    private static func finish(_ rules: OwedRules?, _ log: ProblemLog) throws(ConfigurationProblems) -> OwedRules {
        try log.throwErrors()
        guard let rules else { throw ConfigurationProblems(problems: log.ordered) }
        return rules
    }
}

extension ConfigurationReader {
    /// - Parameter recipients: Those of the configuration, which terms of their own may name.
    func owed(_ node: YAMLNode?, recipients: [RecipientDraft]) -> OwedRules? {
        guard let node else { return OwedLoader.standard(log) }
        return surroundings.path(node)
            .flatMap { surroundings.document($0, mentionedAt: node.place) }
            .flatMap { OwedReader(log: log, recipients: recipients.map(\.id)).rules($0) }
    }
}
