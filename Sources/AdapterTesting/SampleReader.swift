// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import Values
import Yams

/// One configured recipient out of a sample, for one channel.
struct Setup: Sendable {
    let name: String
    let channel: Channel
    let recipient: Recipient
    let settings: AdapterSettings
    let type: any Adapter.Type
    let host: Host

    /// The adapter, made anew: it keeps no state.
    func adapter() throws -> any Adapter { try host.adapter(type, settings) }
}

extension Adapter {
    /// Makes the specification reachable from an instance.
    var specification: AdapterSpecification { Self.specification }
}

extension AdapterSuite {
    /// Every sample with its own channel, and with `handover` where the adapter offers it.
    func setups() throws -> [Setup] {
        try samples.flatMap { file -> [Setup] in
            let sample = try SampleReader.read("\(folder)/\(file)", for: adapter)
            let channels = sample.channel == .handover ? [] : [Channel.handover]
            return ([sample.channel] + channels.filter(adapter.specification.channels.contains)).map { channel in
                Setup(
                    name: "\(file) (\(channel.rawValue))", channel: channel,
                    recipient: Recipient(id: sample.id, kind: sample.kind, name: sample.name, channel: channel),
                    settings: AdapterSettings(
                        values: sample.settings, channel: channel.rawValue, secrets: sample.secrets), type: adapter,
                    host: host)
            }
        }
    }
}

/// Reads a sample's recipient as the gateway would, strictly where the adapter's own settings are concerned.
///
/// What a setting is when it is left out comes from the specification, for both. The walk itself is a second one: the gateway's works
/// on nodes with file, line and column in a room that knows the privacy rules, which authors of adapters need not build.
enum SampleReader {
    /// What a sample configures.
    struct Sample: Sendable {
        /// The recipient's identifier.
        let id: String
        /// The recipient's kind: the first that the adapter serves.
        let kind: RecipientKind
        /// The recipient's name.
        let name: String
        /// `handover` when the sample names none.
        let channel: Channel
        /// Of the declared shape, with defaults filled in.
        let settings: JSONValue
        /// A made-up one for each reference.
        let secrets: [[String]: Secret]
    }

    /// Reads the first recipient of a file.
    /// - Throws: `SampleProblem`, or what reading the file throws.
    static func read(_ file: String, for adapter: any Adapter.Type) throws -> Sample {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let specification = adapter.specification
        guard let recipient = try Yams.compose(yaml: text)?["recipients"]?[0] else {
            throw SampleProblem("\(file): there is no 'recipients:' with an entry")
        }
        guard recipient["adapter"]?.scalar?.string == specification.name else {
            throw SampleProblem("\(file): it does not configure the adapter '\(specification.name)'")
        }
        let channel = recipient["channel"]?.scalar?.string ?? Channel.handover.rawValue
        guard let channel = Channel(rawValue: channel),
            let kind = specification.recipientKinds.min(by: { $0.rawValue < $1.rawValue })
        else { throw SampleProblem("\(file): the channel or the kind of recipient is not known") }
        let empty = Node.mapping(Node.Mapping([]))
        var secrets: [[String]: Secret] = [:]
        let settings = try object(
            recipient["settings"] ?? empty, specification.settings, at: "\(file): settings", [], &secrets)
        return Sample(
            id: recipient["id"]?.scalar?.string ?? "", kind: kind, name: recipient["name"]?.scalar?.string ?? "",
            channel: channel, settings: settings, secrets: secrets)
    }

    private static func object(
        _ node: Node, _ members: [SettingSpecification], at place: String, _ path: [String],
        _ secrets: inout [[String]: Secret]
    ) throws -> JSONValue {
        guard let mapping = node.mapping else { throw SampleProblem("\(place): not a mapping") }
        let known = Set(members.map(\.name))
        for key in mapping.keys.compactMap(\.scalar?.string) where !known.contains(key) {
            throw SampleProblem("\(place).\(key): there is no such setting")
        }
        var values: [String: JSONValue] = [:]
        for member in members {
            if let given = mapping[Node(member.name)] {
                values[member.name] = try value(
                    given, member.shape, at: "\(place).\(member.name)", path + [member.name], &secrets)
            } else if member.required {
                throw SampleProblem("\(place).\(member.name): missing")
            } else {
                values[member.name] = member.standard
            }
        }
        return .object(values)
    }

    private static func value(
        _ node: Node, _ shape: SettingSpecification.Shape, at place: String, _ path: [String],
        _ secrets: inout [[String]: Secret]
    ) throws -> JSONValue? {
        switch shape {
        case .object(let members): return try object(node, members, at: place, path, &secrets)
        case .secret:
            guard let mapping = node.mapping, mapping.count == 1, let key = mapping.keys.first?.string,
                ["file", "environment"].contains(key)
            else { throw SampleProblem("\(place): a secret is {file: …} or {environment: …}") }
            secrets[path] = Secret("geheim van \(path.joined(separator: "."))")
            return nil
        case .list(let element):
            guard let list = node.sequence else { throw SampleProblem("\(place): not a list") }
            return .array(
                try list.enumerated().compactMap {
                    try value(
                        $0.element, element, at: "\(place)[\($0.offset)]", path + [String($0.offset)], &secrets)
                })
        case .textMap:
            guard let mapping = node.mapping else { throw SampleProblem("\(place): not a mapping") }
            let texts = mapping.compactMap { entry in
                entry.key.scalar.flatMap { key in entry.value.scalar.map { (key.string, JSONValue.string($0.string)) } }
            }
            return .object(Dictionary(texts, uniquingKeysWith: { first, _ in first }))
        default:
            guard let text = node.scalar?.string, let value = scalar(text, shape) else {
                throw SampleProblem("\(place): not of the declared form")
            }
            return value
        }
    }

    private static func scalar(_ text: String, _ shape: SettingSpecification.Shape) -> JSONValue? {
        switch shape {
        case .text: .string(text)
        case .integer(let range): Int(text).flatMap { range.contains($0) ? .number(Double($0)) : nil }
        case .boolean: text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case .choice(let words): words.contains(text) ? .string(text) : nil
        default: nil
        }
    }
}

/// Something wrong with a sample.
public struct SampleProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where, and what.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
