// SPDX-License-Identifier: EUPL-1.2
import Testing

@testable import Gateway

/// Only what looks like a reference goes along with a rung, whatever somebody wrote down as one.
@Suite struct QuotedReferenceTests {
    @Test(arguments: ["VT-2027-9", "88", "2026/114.b", "a_1"]) func references(_ text: String) {
        #expect(OwedClimb.reference(text) == text)
    }

    @Test(arguments: [
        "", "Voorbeeld-Achternaam", "zaak van 4 mei", "Testkind 7", "é1", "7\n", String(repeating: "1", count: 65),
    ])
    func anythingElse(_ text: String) {
        #expect(OwedClimb.reference(text) == nil)
    }
}
