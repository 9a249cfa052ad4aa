// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import BoardConfiguration
import Disclosures
import Testing
import Values

/// Secrets among an adapter's own settings: by reference only, and never one of the values.
@Suite struct AdapterSecretTests {
    private static func text(_ settings: String) -> String {
        Site.text(of: .main, replacing: "request: {path: /signalen, headers: {X-Versie: 1.10}}", with: settings)
    }

    private func load(_ settings: String) throws -> (LoadedConfiguration, Site) {
        let site = try Site([.main: Self.text(settings)])
        let loader = ConfigurationLoader(
            adapters: [SampleVeiligThuis.self, KeyedIndex.self], environment: ["RELAY": "uit-omgeving"],
            today: Site.today)
        return (try loader.load("\(site.folder)/meldpoort.yaml"), site)
    }

    private func problems(_ settings: String) throws -> [String] {
        do {
            _ = try load(settings)
            return []
        } catch let error as ConfigurationProblems {
            return error.problems.map(\.description)
        }
    }

    @Test func secretsStandBesideTheValues() throws {
        let (loaded, site) = try load(
            "keys: [{school: 01AB, key: {file: secrets/client.key}}, {school: 02CD, key: {environment: RELAY}}]")
        let settings = try #require(loaded.configuration.recipient("index")?.settings)
        #expect(settings.values == ["keys": [["school": "01AB"], ["school": "02CD"]]])
        #expect(settings.secret(at: "keys", "0", "key")?.exposed { $0 } == Site.secret)
        #expect(settings.secret(at: "keys", "1", "key")?.exposed { $0 } == "uit-omgeving")
        #expect(settings.secret(at: "keys", "2", "key") == nil)
        #expect(!String(reflecting: settings).contains(Site.secret))
        _ = site
    }

    @Test(
        arguments: [
            ("keys: [{school: 01AB, key: geheim-kanarie-7731}]", "a secret does not stand in the configuration itself"),
            ("keys: [{school: 01AB, key: {file: secrets/none}}]", "there is no file"),
            ("keys: [{school: 01AB, key: {file: secrets/open}}]", "can be used by others"),
            ("keys: [{school: 01AB, key: {environment: NIETS}}]", "is not set or empty"),
            ("keys: [{school: 01AB}]", "the setting “key” is missing here"),
        ])
    func whatIsNoReferenceIsRefused(_ settings: String, _ message: String) throws {
        let found = try problems(settings)
        #expect(found.contains { $0.contains(message) }, "\(found)")
        #expect(!found.contains { $0.contains(Site.secret) })
    }
}

/// An index that wants a key per school.
private struct KeyedIndex: Adapter {
    static let specification = AdapterSpecification(
        name: "verwijsindex", summary: "A sample.", recipientKinds: [.verwijsindex], channels: [.api, .handover],
        messages: [.verwijsindexRegistratie],
        settings: [
            SettingSpecification(
                "keys",
                .list(
                    .object([
                        SettingSpecification("school", .text, required: true, summary: "The school."),
                        SettingSpecification("key", .secret, required: true, summary: "Its key."),
                    ])), required: true, summary: "The keys.")
        ], sample: "")

    init(settings: AdapterSettings) throws(SettingProblems) {}

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        .accepted(Receipt())
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }
}
