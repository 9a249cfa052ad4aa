// SPDX-License-Identifier: EUPL-1.2
import AdapterTesting
import Ketenpartner
import Testing
import Values

/// What every adapter passes, with the sample that ships.
@Suite(.serialized) struct KetenpartnerSuiteTests {
    static let suite = AdapterSuite(KetenpartnerAdapter.self, badSettings: badSettings)

    @Test(arguments: suite.checks) func passes(_ check: AdapterCheck) async throws {
        try await Self.suite.run(check)
    }

    private static let badSettings: [AdapterSuite.BadSettings] = [
        .init("an empty number", at: ["phone"], ""),
        .init("a number of two lines", at: ["phone"], "000\n111"),
        .init("a way of two lines", at: ["way"], "post\nof mail"),
        .init("a section of two lines", at: ["hidden_section"], "Zorg\r\nmap"),
    ]
}
