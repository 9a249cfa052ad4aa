// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Disclosures
import Foundation
import PrivacyRules
import Values

/// How fast the rules decide on one core, and how long a very large board takes to load.
struct Decisions: Codable, Sendable {
    let situations: Int
    /// `Policy.decide` over all of them, again and again.
    let perSecond: Double
    let schools: Int
    /// Milliseconds to read and check the whole configuration of so many schools, each with two persons.
    let loadMilliseconds: Double
    /// Nanoseconds to find out in which roles a person acts, with one school and with all of them.
    let roleNanoseconds: Double
    let roleNanosecondsWithAll: Double

    static func measure(quick: Bool, in folder: String) throws -> Decisions {
        let policy = try PolicyLoader.standard()
        let situations = Self.situations()
        let rounds = (quick ? 500_000 : 5_000_000) / situations.count
        var permitted = 0
        let start = Moment.now
        for _ in 0..<rounds {
            for situation in situations where policy.decide(situation).outcome == .permitted { permitted += 1 }
        }
        let seconds = Moment.now.since(start)
        guard permitted > 0 else { throw BenchFailure(description: "no situation was permitted") }
        let schools = quick ? 500 : 5_000
        let one = try LargeBoard.load(schools: 1, in: folder)
        let all = try LargeBoard.load(schools: schools, in: folder)
        return Decisions(
            situations: situations.count, perSecond: Double(rounds * situations.count) / seconds, schools: schools,
            loadMilliseconds: all.milliseconds, roleNanoseconds: one.roleNanoseconds(),
            roleNanosecondsWithAll: all.roleNanoseconds())
    }

    /// Every decision type and kind of recipient, at every age, with what changes most: consent, confirmation, informing.
    private static func situations() -> [Situation] {
        let types: [EventType] = [
            .veiligThuisMeldingBesloten, .verstrekkingBesloten, .verwijsindexregistratieGevraagd, .stapGezet,
            .overlegGepland,
        ]
        guard let today = CalendarDate(year: 2026, month: 11, day: 23) else { return [] }
        var situations: [Situation] = []
        for type in types {
            let present = FieldSet(type.schema.leaves.map(\.path), of: type)
            for kind in RecipientKind.allCases {
                for age in AgeBand.allCases {
                    for consent in [ConsentState.geen, .gegeven, .ingetrokken] {
                        for role in [Role.aandachtsfunctionaris, .meldingsbevoegde] {
                            situations.append(
                                Situation(
                                    eventType: type, recipientKind: kind, purpose: purpose(kind), today: today,
                                    age: age, present: present, consent: consent, covered: present,
                                    informed: .geinformeerd, supervision: .gesteld, review: .geldig,
                                    marks: [.convenant, .schoolHeeftMeldingsbevoegde, .risicoGenoemd],
                                    confirmation: .bevestigd(role)))
                        }
                    }
                }
            }
        }
        return situations
    }

    private static func purpose(_ kind: RecipientKind) -> Purpose? {
        Purpose.allCases.first { Purpose.allowed(for: kind).contains($0) }
    }
}

/// A made-up board of many schools.
private struct LargeBoard {
    let milliseconds: Double
    let configuration: Configuration
    let school: String

    static func load(schools count: Int, in folder: String) throws -> LargeBoard {
        let place = "\(folder)/board-\(count)"
        try FileManager.default.createDirectory(atPath: "\(place)/secrets", withIntermediateDirectories: true)
        let key = "\(place)/secrets/master.key"
        try Data((0..<32).map { _ in "5a" }.joined().utf8).write(to: URL(fileURLWithPath: key))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        let brins = (0..<count).map(brin)
        try configuration(brins).write(toFile: "\(place)/meldpoort.yaml", atomically: true, encoding: .utf8)
        try persons(brins).write(toFile: "\(place)/personen.yaml", atomically: true, encoding: .utf8)
        let start = Moment.now
        guard let today = CalendarDate(year: 2026, month: 11, day: 23) else {
            throw BenchFailure(description: "no such day")
        }
        let loaded = try ConfigurationLoader(adapters: [], environment: [:], today: today)
            .load("\(place)/meldpoort.yaml")
        return LargeBoard(
            milliseconds: Moment.now.since(start) * 1_000, configuration: loaded.configuration,
            school: brins[count / 2])
    }

    func roleNanoseconds() -> Double {
        let rounds = 200_000
        guard let today = CalendarDate(year: 2026, month: 11, day: 23) else { return 0 }
        var found = 0
        let start = Moment.now
        for _ in 0..<rounds {
            found += configuration.directory.roles(of: "af-\(school)", at: school, on: today).count
        }
        return found > 0 ? Moment.now.since(start) * 1e9 / Double(rounds) : 0
    }

    private static func brin(_ number: Int) -> String {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZ")
        let pair = String([letters[number / 100 / letters.count], letters[number / 100 % letters.count]])
        return (number % 100 < 10 ? "0" : "") + "\(number % 100)" + pair
    }

    private static func configuration(_ brins: [String]) -> String {
        """
        store: {path: data/meldpoort.db, master_key: {file: secrets/master.key}}
        board: {name: Voorbeeldbestuur}
        sources: [{uri: "urn:nld:oin:00000000000000000000:systeem:voorbeeld"}]
        persons_file: personen.yaml
        recipients: []
        routes: []
        schools:
        \(brins.map { "  - {brin: \($0), name: Voorbeeldschool \($0), region: voorbeeldregio, track: po}" }.joined(separator: "\n"))

        """
    }

    private static func persons(_ brins: [String]) -> String {
        let roles = [("af", "aandachtsfunctionaris"), ("mb", "meldingsbevoegde")]
        let lines = brins.flatMap { brin in
            roles.map { id, role in
                """
                  - id: \(id)-\(brin)
                    display_name: Medewerker \(brin)
                    roles: [{role: \(role), schools: [\(brin)], van: 2026-01-01}]
                """
            }
        }
        return "persons:\n" + lines.joined(separator: "\n") + "\n"
    }
}
