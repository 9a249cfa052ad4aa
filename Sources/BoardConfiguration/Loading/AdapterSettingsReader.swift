// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// Reads an adapter's own settings by its specification, then lets the adapter itself look at them.
struct AdapterSettingsReader {
    private let surroundings: Surroundings
    private var secrets: [[String]: Secret] = [:]

    private var log: ProblemLog { surroundings.log }

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    /// - Parameters:
    ///   - node: What stands under `settings:`; nil when nothing does.
    ///   - place: The recipient, for what is missing.
    mutating func adapter(
        _ type: any Adapter.Type, _ node: YAMLNode?, channel: Channel, at place: SourcePlace
    ) -> (adapter: any Adapter, settings: AdapterSettings)? {
        let problemsBefore = log.problems.count
        let given = node ?? YAMLNode(place: place, content: .mapping([]))
        guard let values = object(given, type.specification.settings, at: []), log.problems.count == problemsBefore
        else {
            return nil
        }
        let settings = AdapterSettings(values: values, channel: channel.rawValue, secrets: secrets)
        do throws(SettingProblems) {
            return (try type.init(settings: settings), settings)
        } catch {
            for problem in error.problems {
                log.error(
                    given.deepest(along: problem.path).place, Self.withoutStop(problem.message),
                    suggestion: problem.suggestion)
            }
            return nil
        }
    }

    /// - Parameter path: The keys that lead to it.
    private mutating func value(
        _ node: YAMLNode, _ shape: SettingSpecification.Shape, at path: [String]
    ) -> JSONValue? {
        switch shape {
        case .text: return node.longText(log).map { .string($0) }
        case .integer(let range): return node.integer(in: range, log).map { .number(Double($0)) }
        case .boolean: return node.boolean(log).map { .bool($0) }
        case .choice(let words): return node.choice(words.map { (name: $0, value: .string($0)) }, "choice", log)
        case .textMap: return textMap(node)
        case .secret:
            secrets[path] = surroundings.secret(node)
            return nil
        case .list(let element):
            var index = 0
            return node.list(log) { node in
                defer { index += 1 }
                return value(node, element, at: path + [String(index)])
            }.map { .array($0) }
        case .object(let members): return object(node, members, at: path)
        }
    }

    private func textMap(_ node: YAMLNode) -> JSONValue? {
        guard let entries = node.entries else {
            if case .refused = node.content { return nil }
            log.error(node.place, "expected a mapping of texts, found \(node.kindName)")
            return nil
        }
        let members = entries.compactMap { entry in
            entry.value.longText(log).map { (entry.key, JSONValue.string($0)) }
        }
        return .object(Dictionary(members, uniquingKeysWith: { first, _ in first }))
    }

    private mutating func object(
        _ node: YAMLNode, _ members: [SettingSpecification], at path: [String]
    ) -> JSONValue? {
        guard let section = Section(node, keys: members.map(\.name), log) else { return nil }
        var values: [String: JSONValue] = [:]
        for member in members {
            if let given = section[member.name] {
                values[member.name] = value(given, member.shape, at: path + [member.name])
            } else if member.required {
                log.error(section.place, "the setting “\(member.name)” is missing here", suggestion: member.summary)
            } else {
                values[member.name] = member.standard
            }
        }
        return .object(values)
    }

    private static func withoutStop(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
