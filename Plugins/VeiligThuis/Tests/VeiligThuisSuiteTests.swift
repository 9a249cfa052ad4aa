// SPDX-License-Identifier: EUPL-1.2
import AdapterTesting
import Testing
import Values
import VeiligThuis

/// What every adapter passes, with the sample that ships. Advice is asked by phone: it is never mailed.
@Suite(.serialized) struct VeiligThuisSuiteTests {
    static let suite = AdapterSuite(VeiligThuisAdapter.self, samples: ["samples/proces.yaml"], badSettings: badSettings)

    @Test(arguments: suite.checks) func passes(_ check: AdapterCheck) async throws {
        try await Self.suite.run(check)
    }

    /// The same with the adapter as a process of its own.
    @Test(arguments: suite.overPipe.checks) func passesOverAPipe(_ check: AdapterCheck) async throws {
        try await Self.suite.overPipe.run(check)
    }

    private static let badSettings: [AdapterSuite.BadSettings] = [
        .init("mail without an address", at: ["to_address"], nil),
        .init("an address with a name", at: ["to_address"], "Veilig Thuis <vt@voorbeeld.example>"),
        .init("two addresses", at: ["to_address"], "a@b.example, c@d.example"),
        .init("a header in the address", at: ["to_address"], "a@b.example\r\nBcc: c@d.example"),
        .init("an address without a host", at: ["to_address"], "meldingen@"),
        .init("a part that does not exist", at: ["sections", "0", "part"], "meldder"),
        .init("a part twice", at: ["sections", "1", "part"], "melder"),
        .init("a part that is missing", at: ["sections", "5"], nil, reportedAt: ["sections"]),
        .init("a title of two lines", at: ["sections", "0", "title"], "Deel 2\nalleen"),
        .init("a part without a title", at: ["sections", "0", "title"], ""),
    ]
}
