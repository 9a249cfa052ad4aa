// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Delivery
import Disclosures
import PrivacyRules
import Values

extension Connection {
    /// What waits for its turn waits with its intent written: never for much more than a minute.
    fileprivate var requestsPerMinute: Int? {
        if case .api(let connection) = self { connection.requestsPerMinute } else { nil }
    }
}

/// A recipient as far as it could be read, so that other parts can be checked against it all the same.
struct RecipientDraft {
    let id: String
    let place: SourcePlace
    let kind: RecipientKind?
    let adapter: (any Adapter.Type)?
    let channel: Channel?
    let agreements: Agreements
    /// Where each key stands.
    let places: [String: SourcePlace]
    /// Nil when something about it is wrong.
    let configured: ConfiguredRecipient?
}

extension ConfigurationReader {
    private static let recipientKeys = [
        "id", "kind", "name", "adapter", "channel", "afspraak", "convenant", "herzieningsdatum", "geldig_tot",
        "callback_number", "connection", "settings", "max_in_flight", "retry",
    ]

    func recipients(_ node: YAMLNode) -> [RecipientDraft]? {
        guard let drafts = node.list(log, of: recipient) else { return nil }
        log.reportRepeats("the recipient", drafts.map { (key: $0.id, place: $0.places["id"] ?? $0.place) })
        return drafts
    }

    private func recipient(_ node: YAMLNode) -> RecipientDraft? {
        guard let section = Section(node, keys: Self.recipientKeys, log) else { return nil }
        let id = section.required("id") { $0.identifier(log) }
        let name = section.text("name")
        let kind = section.required("kind") { $0.choice(RecipientKind.choices, "kind of recipient", log) }
        let adapter = section.required("adapter", adapterType)
        let channel = self.channel(section, kind)
        let arrangement = self.arrangement(section, kind, channel)
        let agreements = Agreements(
            convenant: section.optional("convenant", self.convenant), reviewDate: section.date("herzieningsdatum"),
            validUntil: section.date("geldig_tot"), callbackNumber: section.optional("callback_number", telephone))
        let connection = channel.flatMap { self.connection(section, $0) }
        let inFlight = section.integer("max_in_flight", in: 1...256, default: 16)
        let retry = section.optional("retry", self.retry) ?? .standard
        reportMismatch(section, adapter, kind, channel)
        let made = settings(section, adapter, channel)

        var configured: ConfiguredRecipient?
        if let id, let name, let kind, let channel, let adapter, let connection, let made {
            configured = ConfiguredRecipient(
                recipient: Recipient(id: id, kind: kind, name: name, channel: channel),
                adapterName: adapter.specification.name, adapter: made.adapter, settings: made.settings,
                connection: connection, agreements: agreements, arrangement: arrangement,
                maximumInFlight: min(inFlight, connection.requestsPerMinute ?? inFlight),
                retry: retry, place: section.place)
        }
        return id.map {
            RecipientDraft(
                id: $0, place: section.place, kind: kind, adapter: adapter, channel: channel,
                agreements: agreements, places: section.places, configured: configured)
        }
    }

    private func adapterType(_ node: YAMLNode) -> (any Adapter.Type)? {
        node.choice(adapters.map { (name: $0.specification.name, value: $0) }, "adapter", log)
    }

    /// Practice 22: a person hands over to Veilig Thuis and the verwijsindex, unless something else was agreed.
    private static let handedOver: Set<RecipientKind> = [.veiligThuis, .verwijsindex]

    private func channel(_ section: Section, _ kind: RecipientKind?) -> Channel? {
        if let node = section["channel"] { return node.choice(rawChoices(Channel.self), "channel", log) }
        if let kind, Self.handedOver.contains(kind) { return .handover }
        if kind != nil {
            log.error(
                section.place, "the key “channel” is missing here",
                suggestion: "Known are: api, mail, handover, folder.")
        }
        return nil
    }

    private func arrangement(_ section: Section, _ kind: RecipientKind?, _ channel: Channel?) -> Arrangement? {
        if let kind, let channel, channel != .handover, Self.handedOver.contains(kind), section["afspraak"] == nil {
            log.error(
                section.place(of: "channel"), "channel \(channel.rawValue) to this kind of recipient needs an afspraak",
                suggestion: "Add afspraak: {datum: …, met: …}, or use channel: handover.")
        }
        return section.optional("afspraak") { node in
            guard let agreed = Section(node, keys: ["datum", "met"], log) else { return nil }
            let date = agreed.required("datum") { $0.date(log) }
            let with = agreed.text("met")
            guard let date, let with else { return nil }
            if date > today { log.error(agreed.place(of: "datum"), "this date lies in the future") }
            return Arrangement(date: date, with: with)
        }
    }

    private func convenant(_ node: YAMLNode) -> Agreements.Convenant? {
        guard let section = Section(node, keys: ["datum", "college"], log) else { return nil }
        let date = section.required("datum") { $0.date(log) }
        let college = section.text("college")
        guard let date, let college else { return nil }
        if date > today { log.error(section.place(of: "datum"), "this date lies in the future") }
        return Agreements.Convenant(date: date, college: college)
    }

    private func telephone(_ node: YAMLNode) -> String? {
        guard let text = node.text(log) else { return nil }
        let isNumber = text.allSatisfy { $0.isASCII && ($0.isNumber || "+-() ".contains($0)) }
        guard isNumber, (5...15).contains(text.filter(\.isNumber).count) else {
            log.error(
                node.place, "“\(text)” is no telephone number",
                suggestion: "Write the number on which this partner is called back, such as 010 000 00 00.")
            return nil
        }
        return text
    }

    private func connection(_ section: Section, _ channel: Channel) -> Connection? {
        switch channel {
        case .api: return section.required("connection", httpsConnection).map { .api($0) }
        case .mail: return section.required("connection", mailConnection).map { .mail($0) }
        case .folder: return section.required("connection", folderConnection).map { .folder($0) }
        case .handover:
            if let node = section["connection"] {
                log.error(
                    node.place, "channel handover connects to nothing",
                    suggestion: "Remove “connection”, or set channel: api or mail.")
            }
            return .handover
        }
    }

    private func retry(_ node: YAMLNode) -> RetryPolicy? {
        let keys = ["first_delay_seconds", "factor", "longest_delay_seconds", "maximum_attempts"]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let standard = RetryPolicy.standard
        let policy = RetryPolicy(
            firstDelaySeconds: section.integer(keys[0], in: 1...86_400, default: standard.firstDelaySeconds),
            factor: section.integer(keys[1], in: 1...10, default: standard.factor),
            longestDelaySeconds: section.integer(keys[2], in: 1...86_400, default: standard.longestDelaySeconds),
            maximumAttempts: section.integer(keys[3], in: 1...100, default: standard.maximumAttempts))
        if policy.firstDelaySeconds > policy.longestDelaySeconds {
            log.error(section.place(of: keys[0]), "the first delay is longer than the longest one")
        }
        return policy
    }

    private func settings(_ section: Section, _ adapter: (any Adapter.Type)?, _ channel: Channel?)
        -> (adapter: any Adapter, settings: AdapterSettings)?
    {
        guard let adapter, let channel else { return nil }
        var reader = AdapterSettingsReader(surroundings)
        return reader.adapter(adapter, section["settings"], channel: channel, at: section.place)
    }

    private func reportMismatch(
        _ section: Section, _ adapter: (any Adapter.Type)?, _ kind: RecipientKind?, _ channel: Channel?
    ) {
        guard let specification = adapter?.specification else { return }
        if let kind, !specification.recipientKinds.contains(kind) {
            let served = specification.recipientKinds.map(\.configurationName).sorted().joined(separator: ", ")
            log.error(
                section.place(of: "adapter"),
                "the adapter “\(specification.name)” does not serve \(kind.configurationName)",
                suggestion: "It serves: \(served).")
        }
        if let channel, !specification.channels.contains(channel) {
            let offered = specification.channels.map(\.rawValue).sorted().joined(separator: ", ")
            log.error(
                section.place(of: "channel"), "the adapter “\(specification.name)” has no channel \(channel.rawValue)",
                suggestion: "It has: \(offered).")
        }
    }
}
