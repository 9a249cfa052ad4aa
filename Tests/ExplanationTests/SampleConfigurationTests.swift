// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Bestuur
import BoardConfiguration
import Foundation
import Intranet
import Ketenpartner
import Leerlingvolgsysteem
import Testing
import Values
import VeiligThuis
import Verwijsindex

/// Every sample that an adapter ships is a recipient that the real loader takes without a word: `adapter sample` is what people start
/// from.
@Suite struct SampleConfigurationTests {
    private static let adapters: [any Adapter.Type] = [
        VerwijsindexAdapter.self, VeiligThuisAdapter.self, LeerlingvolgsysteemAdapter.self, IntranetAdapter.self,
        KetenpartnerAdapter.self, BestuurAdapter.self,
    ]

    private static let plugins = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Plugins")

    static let samples: [String] = {
        let all = FileManager.default.enumerator(atPath: plugins.path)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.hasSuffix(".yaml") && $0.contains("sample") && !$0.contains("/Tests/") }.sorted()
    }()

    @Test func thereAreSamples() {
        #expect(Self.samples.count >= 15)
    }

    @Test(arguments: samples)
    func theRealLoaderTakesIt(_ sample: String) throws {
        let text = try String(contentsOf: Self.plugins.appendingPathComponent(sample), encoding: .utf8)
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appendingPathComponent("proef-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in Self.mentionedFiles(in: text) { try Self.make(name, in: folder) }
        let files = [("meldpoort.yaml", Self.head + Self.relocated(text, to: folder)), ("personen.yaml", Self.persons)]
        for (name, content) in files { try Data(content.utf8).write(to: folder.appendingPathComponent(name)) }
        let loader = ConfigurationLoader(
            adapters: Self.adapters, environment: ["SLEUTEL": "proef"],
            today: try #require(CalendarDate("2026-11-23")))
        do throws(ConfigurationProblems) {
            let loaded = try loader.load(folder.appendingPathComponent("meldpoort.yaml").path)
            #expect(!loaded.configuration.recipients.isEmpty)
        } catch {
            Issue.record("\(sample): \(error.problems.map(\.description).joined(separator: "\n"))")
        }
    }

    /// Secrets and certificates; what stands in comments is looked for too, which does no harm.
    private static func mentionedFiles(in text: String) -> [String] {
        text.matches(of: #/(?:file|key|ca_file): *"?([A-Za-z0-9_.\/-]+)/#).map { String($0.output.1) }
    }

    private static func make(_ name: String, in folder: URL) throws {
        guard !name.hasPrefix("/") else { return }
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("proef\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    }

    /// A folder that a sample names exists on a board's machine, and here below a folder of our own.
    private static func relocated(_ text: String, to folder: URL) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let match = line.firstMatch(of: #/folder: *"?(\/[A-Za-z0-9_.\/-]+)/#) else { return String(line) }
            let path = folder.path + String(match.output.1)
            try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            return String(line).replacing(String(match.output.1), with: path)
        }.joined(separator: "\n")
    }

    private static let head = """
        store:
          path: meldpoort.db
          master_key: {environment: SLEUTEL}
        board: {name: Voorbeeldbestuur}
        schools:
          - {brin: 01AB, name: Voorbeeldschool De Wilg}
        sources:
          - uri: urn:nld:oin:00000000000000000000:systeem:lvs
        persons_file: personen.yaml

        """

    private static let persons = """
        persons:
          - id: af
            display_name: Aandachtsfunctionaris
            roles:
              - {role: aandachtsfunctionaris, van: 2025-08-01}

        """
}
