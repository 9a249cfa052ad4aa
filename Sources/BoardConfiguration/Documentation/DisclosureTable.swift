// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import CaseEvents
import Disclosures
public import PrivacyRules

/// What an adapter sends and never sends, out of the privacy rules: a part of its README.
public struct DisclosureTable: Sendable {
    private let policy: Policy

    public init(_ policy: Policy) {
        self.policy = policy
    }

    /// The part in Markdown, with the marks around it by which it is found again.
    public func markdown(for adapter: AdapterSpecification) -> String {
        let rules = policy.rules.filter {
            adapter.recipientKinds.contains($0.recipientKind) && adapter.messages.contains($0.message)
        }
        let without = adapter.messages.subtracting(rules.map(\.message)).map { "`\($0.rawValue)`" }.sorted()
        var parts = groups(of: rules).map(part)
        if !without.isEmpty {
            parts.append("No rule that ships sends: \(without.joined(separator: ", ")).")
        }
        return ([Self.beginning(adapter), Self.introduction] + parts + [Self.end]).joined(separator: "\n\n")
    }

    /// The text with the part in the place of the one that is there; nil when it has no marks.
    public func replacing(in readme: String, for adapter: AdapterSpecification) -> String? {
        guard let start = readme.firstRange(of: Self.beginning(adapter)),
            let end = readme[start.upperBound...].firstRange(of: Self.end)
        else { return nil }
        return readme.replacingCharacters(start.lowerBound..<end.upperBound, with: markdown(for: adapter))
    }

    private static func beginning(_ adapter: AdapterSpecification) -> String {
        "<!-- made by: meldpoort adapter readme \(adapter.name) -->"
    }

    private static let end = "<!-- end of what is made -->"

    private static let introduction = wrapped(
        "By the rules that ship. What a rule does not name never leaves, whatever an event holds; `meldpoort explain` shows it for one event."
    )

    /// Rules of one form: the same message from the same event, with the same fields.
    private func groups(of rules: [Rule]) -> [[Rule]] {
        var groups: [[Rule]] = []
        for rule in rules {
            let place = groups.firstIndex { group in
                group.first.map { Form($0) == Form(rule) } ?? false
            }
            if let place { groups[place].append(rule) } else { groups.append([rule]) }
        }
        return groups
    }

    private struct Form: Hashable {
        /// Where a hidden reporter makes a difference, it is another one for Veilig Thuis.
        let isForVeiligThuis: Bool
        let message: MessageKind
        let event: EventType
        let fields: Set<FieldPath>
        let origin: Set<FieldPath>

        init(_ rule: Rule) {
            isForVeiligThuis = rule.recipientKind == .veiligThuis
            message = rule.message
            event = rule.eventType
            fields = Set(rule.fields)
            origin = Set(rule.origin)
        }
    }

    private func part(_ rules: [Rule]) -> String {
        guard let rule = rules.first else { return "" }
        let kinds = Set(rules.map { "`\($0.recipientKind.configurationName)`" }).sorted().joined(separator: ", ")
        let grounds = Set(rules.map { "\($0.purpose.rawValue) (\($0.ground.article))" }).sorted()
        let event = rule.eventType.schema.leaves.map(\.path)
        let all = event + rule.fields.filter { !event.contains($0) }
        let never = event.filter { !rule.fields.contains($0) }
        var lines = [
            "**`\(rule.message.rawValue)` to \(kinds)**, from `\(rule.eventType.rawValue)`.",
            "For: \(grounds.joined(separator: "; ")).",
            "- Sent, where the event holds it: \(Self.list(rule.fields, of: all)).",
            "- Never sent: \(never.isEmpty ? "there is no other field in this event" : Self.list(never, of: all)).",
        ]
        if !rule.origin.isEmpty {
            let place = rule.recipientKind == .veiligThuis ? "only in the part that stays there" : "not sent at all"
            lines.append("- With a hidden reporter \(place): \(Self.list(rule.origin, of: all)).")
        }
        return lines.map(Self.wrapped).joined(separator: "\n")
    }

    /// The fields, those of an object together: `leerling.adres.*` where it is all of them.
    private static func list(_ fields: [FieldPath], of all: [FieldPath]) -> String {
        let chosen = Set(fields.map(\.text))
        var names: [String] = []
        for field in all.map(\.text) where chosen.contains(field) {
            let parents = field.indices.filter { field[$0] == "." }.map { field[...$0] }
            // What the gateway adds is always named: an event has no list of it.
            let whole = parents.first { parent in
                guard !parent.hasPrefix("meldpoort.") else { return false }
                let below = all.map(\.text).filter { $0.hasPrefix(parent) }
                return below.count > 1 && chosen.isSuperset(of: below)
            }
            let name = whole.map { "`\($0)*`" } ?? "`\(field)`"
            if !names.contains(name) { names.append(name) }
        }
        return names.joined(separator: ", ")
    }

    /// Lines of at most 120 columns; those that belong to a list item stand under it.
    private static func wrapped(_ text: String) -> String {
        let indent = text.hasPrefix("- ") ? "  " : ""
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + word.count + 1 > 120 {
                lines.append(line)
                line = indent + word
            } else {
                line += line.isEmpty ? String(word) : " \(word)"
            }
        }
        return (lines + [line]).joined(separator: "\n")
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
