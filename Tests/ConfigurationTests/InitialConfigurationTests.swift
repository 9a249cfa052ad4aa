// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Foundation
import PrivacyRules
import Testing

@Suite struct InitialConfigurationTests {
    private func load(_ folder: String) throws -> LoadedConfiguration {
        try ConfigurationLoader(
            adapters: [SampleVeiligThuis.self, OptionalVerwijsindex.self], environment: [:], today: Site.today
        ).load("\(folder)/meldpoort.yaml")
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func checkFindsNoErrorsRightAfter() throws {
        let site = try Site()
        let folder = "\(site.folder)/nieuw/meldpoort/"
        let written = try InitialConfiguration.write(to: folder)
        #expect(
            written.created == [
                "privacy/", "meldcode/", "secrets/", "data/", "meldpoort.yaml", "personen.yaml", "privacy/regels.yaml",
                "termijnen.yaml", "schoolvakanties.yaml",
                "meldcode/po.yaml", "meldcode/vo.yaml",
            ])
        #expect(written.kept.isEmpty)
        #expect(try mode("\(folder)/secrets") == 0o700)
        #expect(try mode("\(folder)/data") == 0o700)

        try Data("key".utf8).write(to: URL(fileURLWithPath: written.masterKeyPath))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: written.masterKeyPath)
        let loaded = try load(folder)
        // Only what the board itself must fill in.
        #expect(
            loaded.warnings.map(\.message) == [
                "what is open reaches aandachtsfunctionaris, centrale-contactpersoon by notices only: no route brings nl.meldcode.opschaling-gedaan.v1 there",
                "without notices.relay nobody is mailed when a report does not arrive",
                "“verwijsindex-voorbeeldregio” is refused: no convenant is recorded (Jeugdwet art. 7.1.1.2 and 7.1.3.1)",
                "“verwijsindex-voorbeeldregio” is refused: it has no herzieningsdatum (Jeugdwet par. 7.1)",
            ])
        #expect(loaded.configuration.store.path.hasSuffix("/nieuw/meldpoort//data/meldpoort.db"))
        #expect(try loaded.configuration.policy == PolicyLoader.standard())
    }

    @Test func nothingIsWrittenOver() throws {
        let site = try Site()
        let before = try String(contentsOfFile: "\(site.folder)/meldpoort.yaml", encoding: .utf8)
        let written = try InitialConfiguration.write(to: site.folder)
        #expect(written.kept == ["secrets/", "meldpoort.yaml", "personen.yaml"])
        #expect(
            written.created
                == [
                    "privacy/", "meldcode/", "data/", "privacy/regels.yaml", "termijnen.yaml",
                    "schoolvakanties.yaml", "meldcode/po.yaml", "meldcode/vo.yaml",
                ])
        #expect(try String(contentsOfFile: "\(site.folder)/meldpoort.yaml", encoding: .utf8) == before)
        #expect(try InitialConfiguration.write(to: site.folder).created.isEmpty)
    }

    @Test func theStoreCanLieElsewhere() throws {
        let site = try Site()
        let written = try InitialConfiguration.write(
            to: "\(site.folder)/x", storePath: "/var/lib/meldpoort/meldpoort.db")
        #expect(!written.created.contains("data/"))
        let text = try String(contentsOfFile: "\(site.folder)/x/meldpoort.yaml", encoding: .utf8)
        #expect(text.contains("  path: /var/lib/meldpoort/meldpoort.db\n"))
    }

    @Test func aFileInTheWayIsSaid() throws {
        let site = try Site()
        try site.write("x", "")
        let error = #expect(throws: InitialConfiguration.Failure.self) {
            try InitialConfiguration.write(to: "\(site.folder)/x")
        }
        #expect(error?.path == "\(site.folder)/x")
    }

    /// The file says that every option stands there at its default: so leaving them all out must say the same.
    @Test func shownDefaultsAreTheDefaults() throws {
        let site = try Site()
        let written = try InitialConfiguration.write(to: "\(site.folder)/x")
        try site.write("x/secrets/master.key", "key", mode: 0o600)
        let shown = try load("\(site.folder)/x").configuration
        #expect(!written.created.isEmpty)
        let path = "\(site.folder)/x/meldpoort.yaml"
        let optional = [
            "host:", "port:", "max_body_bytes:", "max_batch_events:", "ids_zijn_volgnummers:", "channel:",
            "max_in_flight:",
            "retry:", "tell_after_minutes:", "remind_after_days:", "expire_after_days:", "terms:",
            "shutdown_grace_seconds:", "policy_file:", "owed_file:", "school_holidays_file:", "server:",
        ]
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter { line in
            !optional.contains { line.trimmingCharacters(in: .whitespaces).hasPrefix($0) }
        }
        try site.write("x/meldpoort.yaml", lines.joined(separator: "\n"))
        let implied = try load("\(site.folder)/x").configuration
        #expect(shown.server == implied.server)
        #expect(shown.terms == implied.terms)
        #expect(shown.sources == implied.sources)
        #expect(shown.policy == implied.policy)
        #expect(shown.owed == implied.owed)
        #expect(shown.schoolHolidays == implied.schoolHolidays)
        #expect(shown.shutdownGraceSeconds == implied.shutdownGraceSeconds)
        #expect(shown.recipients.map(\.recipient) == implied.recipients.map(\.recipient))
        #expect(shown.recipients.map(\.retry) == implied.recipients.map(\.retry))
        #expect(shown.recipients.map(\.maximumInFlight) == implied.recipients.map(\.maximumInFlight))
    }
}
