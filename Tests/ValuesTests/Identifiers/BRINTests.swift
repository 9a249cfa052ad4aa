// SPDX-License-Identifier: EUPL-1.2
import Testing
import Values

@Suite struct BRINTests {
    @Test func readsSchoolsAndLocations() throws {
        let school = try #require(BRIN("99ZZ"))
        #expect(school.school == "99ZZ" && school.vestiging == nil && school.description == "99ZZ")
        let location = try #require(BRIN("99ZZ01"))
        #expect(location.school == "99ZZ" && location.vestiging == "01" && location.description == "99ZZ01")
        #expect(school < location)
        #expect(try Coded.roundTrip(location) == location)
        #expect(throws: DecodingError.self) { try Coded.decode(BRIN.self, from: "99zz") }
    }

    @Test(arguments: [
        "", "99Z", "99zz", "9ZZZ", "ZZ99", "99ZZ0", "99ZZ001", "99ZZ0A", " 99ZZ", "99ZZ ", "99ÉÉ", "99ZZ-01", "٩٩ZZ",
    ])
    func refusesOthers(_ text: String) {
        #expect(BRIN(text) == nil)
    }
}
