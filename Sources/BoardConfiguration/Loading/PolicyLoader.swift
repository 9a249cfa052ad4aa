// SPDX-License-Identifier: EUPL-1.2
public import PrivacyRules
import Values

/// Reads privacy rules from YAML.
public enum PolicyLoader {
    /// The rules that ship with the gateway.
    /// - Throws: Never in a gateway that passed its tests.
    public static func standard() throws(ConfigurationProblems) -> Policy {
        let log = ProblemLog()
        return try finish(standard(log, today: nil), log)
    }

    /// The rules in a file.
    /// - Throws: Everything that is wrong with them, the invariants of the rules included.
    public static func load(_ path: String) throws(ConfigurationProblems) -> Policy {
        let log = ProblemLog()
        let root = Surroundings(environment: [:], log: log).document(path, mentionedAt: nil)
        return try finish(root.flatMap { PolicyReader(log: log, today: nil).policy($0) }, log)
    }

    static func standard(_ log: ProblemLog, today: CalendarDate?) -> Policy? {
        YAMLReader.read(PackageResources.regels_yaml, file: "regels.yaml (built in)", log)
            .flatMap { PolicyReader(log: log, today: today).policy($0) }
    }

    private static func finish(_ policy: Policy?, _ log: ProblemLog) throws(ConfigurationProblems) -> Policy {
        try log.throwErrors()
        guard let policy else { throw ConfigurationProblems(problems: log.ordered) }
        return policy
    }
}

extension ConfigurationReader {
    func policy(_ node: YAMLNode?) -> Policy? {
        guard let node else { return PolicyLoader.standard(log, today: today) }
        return surroundings.path(node)
            .flatMap { surroundings.document($0, mentionedAt: node.place) }
            .flatMap { PolicyReader(log: log, today: today).policy($0) }
    }
}
