// SPDX-License-Identifier: EUPL-1.2
import AdapterTesting
import Disclosures
import Ketenpartner
import Testing
import Values

/// What every adapter passes, with the sample that ships.
@Suite(.serialized) struct KetenpartnerSuiteTests {
    static let suite = AdapterSuite(KetenpartnerAdapter.self, samples: ["samples/mail.yaml"], badSettings: badSettings)

    @Test(arguments: suite.checks) func passes(_ check: AdapterCheck) async throws {
        try await Self.suite.run(check)
    }

    /// The same with the adapter as a process of its own.
    @Test(arguments: suite.overPipe.checks) func passesOverAPipe(_ check: AdapterCheck) async throws {
        try await Self.suite.overPipe.run(check)
    }

    private static let badSettings: [AdapterSuite.BadSettings] = [
        .init("mail without an address", at: ["to_address"], nil, channel: .mail),
        .init("an address with a name", at: ["to_address"], "Raad <r@voorbeeld.example>", channel: .mail),
        .init("a header in the address", at: ["to_address"], "a@b.example\u{0}Bcc: c@d.example", channel: .mail),
        .init("an empty number", at: ["phone"], ""),
        .init("a number of two lines", at: ["phone"], "000\n111"),
        .init("a way of two lines", at: ["way"], "post\nof mail"),
        .init("a section of two lines", at: ["hidden_section"], "Zorg\r\nmap"),
    ]
}
