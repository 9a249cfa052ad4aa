// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

@Suite struct FigureTests {
    private static let morePersons = """
          - id: centraal
            display_name: Centrale contactpersoon
            roles: [{role: centraleContactpersoon, van: 2020-01-01}]
          - id: af-els
            display_name: Directie De Els
            roles: [{role: directie, schools: [02CD], van: 2020-01-01}]
        """

    private static func month(_ door: TestDoor) -> String {
        CalendarMonth(of: door.clock.today).description
    }

    @Test func countsWithoutPersons() async throws {
        try await TestDoor.open(morePersons: Self.morePersons) { door in
            for number in 1...6 { _ = try await door.submit(Sample.concern(zaak: "zaak-\(number)")) }
            _ = try await door.submit(Sample.report())
            let month = Self.month(door)
            let reply = try await door.get("/v1/cijfers/incidenten?maand=\(month)", as: .central)
            #expect(reply.status == 200)
            let schools = reply.json?["scholen"]?.array ?? []
            #expect(schools.compactMap { $0["brin"]?.string } == ["01AB", "02CD"])
            #expect(schools.first?["zorgen"]?.string == "6")
            #expect(schools.first?["meldingenVeiligThuis"]?.string == "1-4")
            #expect(schools.last?["zorgen"]?.string == "0")
            #expect(reply.json?["totaal"]?["meldingenVeiligThuis"]?.string == "1-4")
            #expect(reply.json?["volledig"]?.bool == false)
            for word in ["zaak-1", "Testkind", "MP-", "af-wilg"] { #expect(!reply.text.contains(word)) }
        }
    }

    @Test func everybodySeesTheirOwn() async throws {
        try await TestDoor.open(morePersons: Self.morePersons) { door in
            let path = "/v1/cijfers/incidenten?maand=\(Self.month(door))"
            // A directie sees its own school, and no other.
            let own = try await door.get(path, as: .elsewhere)
            #expect(own.json?["scholen"]?.array?.compactMap { $0["brin"]?.string } == ["02CD"])
            for who in [TestDoor.Who.system, .teacher, .responsible] {
                let refused = try await door.get(path, as: who)
                #expect(refused.status == 403)
            }
        }
    }

    /// From the difference between two choices of schools a small number could be computed: this token is for one school of two.
    @Test func bandsAreOverEverySchoolOrNone() async throws {
        for (roles, status) in [
            ("{role: bestuur, van: 2020-01-01}", 403),
            ("{role: bestuur, van: 2020-01-01}, {role: directie, schools: [02CD], van: 2020-01-01}", 200),
        ] {
            let persons = """
                  - id: af-els
                    display_name: Bestuur
                    roles: [\(roles)]
                """
            try await TestDoor.open(morePersons: persons) { door in
                let path = "/v1/cijfers/incidenten?maand=\(Self.month(door))"
                let reply = try await door.get(path, as: .elsewhere)
                #expect(reply.status == status)
                // Their own school is theirs to choose.
                let schools = reply.json?["scholen"]?.array?.compactMap { $0["brin"]?.string }
                #expect(schools == (status == 200 ? ["02CD"] : nil))
            }
        }
    }

    @Test(arguments: ["", "?maand=", "?maand=2026-13", "?maand=2026", "?maand=2026-11&maand=2026-12", "?jaar=2026"])
    func asksForAMonth(query: String) async throws {
        try await TestDoor.open(morePersons: Self.morePersons) { door in
            let refused = try await door.get("/v1/cijfers/incidenten\(query)", as: .central)
            #expect(refused.status == 400)
        }
    }
}
