// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Delivery
import Testing

@Suite struct RoutingTests {
    @Test func routesBySchoolAndTypeEachRecipientOnce() {
        let table = RoutingTable(routes: [
            .init(eventType: .veiligThuisMeldingBesloten, schools: ["00AA"], recipients: ["vt-noord", "raad"]),
            .init(eventType: .veiligThuisMeldingBesloten, schools: nil, recipients: ["raad", "gi"]),
            .init(eventType: .adviesGevraagd, schools: ["00BB", "00CC"], recipients: ["vt-zuid"]),
            .init(eventType: .stapGezet, schools: [], recipients: ["nooit"]),
        ])
        #expect(table.recipients(for: .veiligThuisMeldingBesloten, school: "00AA") == ["vt-noord", "raad", "gi"])
        #expect(table.recipients(for: .veiligThuisMeldingBesloten, school: "00BB") == ["raad", "gi"])
        #expect(table.recipients(for: .adviesGevraagd, school: "00CC") == ["vt-zuid"])
        #expect(table.recipients(for: .adviesGevraagd, school: "00AA").isEmpty)
        #expect(table.recipients(for: .stapGezet, school: "00AA").isEmpty)
        #expect(RoutingTable(routes: []).recipients(for: .stapGezet, school: "00AA").isEmpty)
    }

    /// Against the plain reading of the table.
    @Test func anyTable() {
        var random = SplitMix64(seed: 104)
        let schools = ["00AA", "00BB", "00CC"]
        for _ in 0..<200 {
            let routes = (0..<6).map { _ in
                RoutingTable.Route(
                    eventType: random.pick(EventType.allCases),
                    schools: random.oneIn(3) ? nil : Set(random.subset(schools)),
                    recipients: random.subset(["a", "b", "c", "d"]))
            }
            for type in EventType.allCases {
                for school in schools {
                    let found = RoutingTable(routes: routes).recipients(for: type, school: school)
                    let all = routes.filter { $0.eventType == type && ($0.schools ?? [school]).contains(school) }
                        .flatMap(\.recipients)
                    #expect(Set(found) == Set(all) && Set(found).count == found.count)
                    #expect(found.first == all.first)
                }
            }
        }
    }
}
