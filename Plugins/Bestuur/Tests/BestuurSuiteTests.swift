// SPDX-License-Identifier: EUPL-1.2
import AdapterTesting
import Bestuur
import Testing
import Values

/// What every adapter passes, with the samples that ship.
@Suite(.serialized) struct BestuurSuiteTests {
    static let suite = AdapterSuite(
        BestuurAdapter.self, samples: ["samples/directie.yaml"], badSettings: badSettings)

    @Test(arguments: suite.checks) func passes(_ check: AdapterCheck) async throws {
        try await Self.suite.run(check)
    }

    /// The same with the adapter as a process of its own.
    @Test(arguments: suite.overPipe.checks) func passesOverAPipe(_ check: AdapterCheck) async throws {
        try await Self.suite.overPipe.run(check)
    }

    private static let badSettings: [AdapterSuite.BadSettings] = [
        .init("an address with a name", at: ["to_addresses", "0"], "Bestuur <b@c.example>"),
        .init("a header in the address", at: ["to_addresses", "0"], "a@b.example\r\nBcc: c@d.example"),
        .init(
            "an address twice", at: ["to_addresses"], ["a@b.example", "a@b.example"], reportedAt: ["to_addresses", "1"]),
        .init("a contact of two lines", at: ["contact"], "de school\n000"),
        .init("an empty contact", at: ["contact"], ""),
    ]
}
