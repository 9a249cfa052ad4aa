// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Testing
import Values

/// A made-up school year that is over: most of it at De Els (02CD), little at De Wilg (01AB).
struct FigureStory: Sendable {
    let door: TestDoor
    /// 1 August.
    let first: CalendarDate
    /// The number of the feedback in case e-2.
    var lateFeedback = 0

    /// Of all steps below, at De Els; and those of case e-1.
    static let stepsSubmitted = 10
    static let stepsOfTheFirst = 3

    /// Nothing of this may ever stand in figures.
    static let secrets = ["e-1", "w-1", "Testkind", "Voorbeeld-Achternaam", "Testprofessional", "Wat is gezien", "MP-"]

    static let persons = """
          - id: centraal
            display_name: Centrale contactpersoon
            roles:
              - {role: centraleContactpersoon, van: 2020-01-01}
              - {role: aandachtsfunctionaris, schools: [02CD], van: 2020-01-01}
          - id: af-els
            display_name: Directie De Els
            roles: [{role: directie, schools: [02CD], van: 2020-01-01}]
        """

    private static let site = SampleSite.withHelper.replacing(
        "{brin: 02CD, name: De Els}", with: "{brin: 02CD, name: De Els, track: po, aandachtsfunctionaris_uren: 4.5}")

    static func open(
        renderer: (any DocumentRenderer)? = nil, _ body: @Sendable (FigureStory) async throws -> Void
    ) async throws {
        try await TestDoor.open(site: site, morePersons: persons, renderer: renderer) { door in
            let today = door.clock.today
            let year = today.month >= 8 ? today.year - 1 : today.year - 2
            var story = FigureStory(door: door, first: try #require(CalendarDate(year: year, month: 8, day: 1)))
            try await story.happen()
            try await body(story)
        }
    }

    // MARK: - What happened

    private mutating func happen() async throws {
        for number in [1, 2, 3, 4, 6] { try await step("e-\(number)", "inKaartBrengen", number) }
        for element in ["collegialeConsultatie", "gesprek"] { try await step("e-1", element, 2) }
        try await submit(
            "weging-vastgelegd", zaak: "e-1",
            [
                "datum": day(3), "antwoorden": ["vermoeden": "ja", "onveiligheid": "ja"], "besluit": "melden",
            ])
        // By phone, recorded afterwards: five working days for the decision.
        for (zaak, days) in [("e-1", 10), ("e-2", 20), ("e-3", 31), ("e-4", 40)] {
            try await disclosed(zaak, to: "vt", days)
        }
        try await feedback("e-1", 12, "eindeBemoeienis")
        lateFeedback = try await feedback("e-2", 60, "omgezetInAdvies")
        try await feedback("e-3", 33, "eigenOnderzoek", ["volledigheid": "deels"])
        try await step("e-5", "collegialeConsultatie", 50)
        try await step("e-5", "inKaartBrengen", 50, ["overgeslagen": true])
        try await disclosed("e-6", to: "hulp", 60)
        try await submit(
            "drempel-gemeld", zaak: "e-6", ["van": "vt", "datum": day(70), "soort": "wachttijd"])
        // No step of the year.
        _ = try await door.submit(
            Sample.event(
                "zorg-gesignaleerd", zaak: "e-7", school: "02CD",
                ["leerling": Sample.pupil, "datum": day(80), "signaal": "Wat is gezien."]), as: .central)
        try await step("e-8", "inKaartBrengen", -30)
        for number in [1, 2] { try await step("w-\(number)", "inKaartBrengen", number, school: "01AB") }
    }

    private func step(
        _ zaak: String, _ element: String, _ days: Int, school: String = "02CD", _ more: [String: JSONValue] = [:]
    ) async throws {
        let data: [String: JSONValue] = ["element": .string(element), "datum": day(days)]
        try await submit("stap-gezet", zaak: zaak, school: school, data.merging(more) { $1 })
    }

    /// Told by phone, and recorded afterwards.
    func disclosed(
        _ zaak: String, to recipient: String, _ days: Int, _ more: [String: JSONValue] = [:]
    ) async throws {
        let data: [String: JSONValue] = [
            "ontvanger": .string(recipient), "wijze": "telefoon", "leerling": Sample.pupil,
            "tijdstip": .string("\(first.adding(days: days))T10:00:00+02:00"),
        ]
        try await submit("verstrekking-vastgelegd", zaak: zaak, data.merging(more) { $1 })
    }

    @discardableResult
    private func feedback(
        _ zaak: String, _ days: Int, _ decision: String, _ more: [String: JSONValue] = [:]
    ) async throws -> Int {
        let data: [String: JSONValue] = [
            "van": "vt", "datum": day(days), "moment": "besluit", "besluit": .string(decision),
            "contactpersoon": "Testprofessional",
        ]
        return try await submit("terugkoppeling-ontvangen", zaak: zaak, data.merging(more) { $1 })
    }

    @discardableResult
    func submit(
        _ type: String, zaak: String, school: String = "02CD", _ data: [String: JSONValue]
    ) async throws -> Int {
        let reply = try await door.submit(Sample.event(type, zaak: zaak, school: school, data), as: .central)
        try #require(reply.status == 202, "\(type) \(zaak): \(reply.text)")
        return try #require(reply.json?["id"]?.integer)
    }

    // MARK: - Asking

    func day(_ days: Int) -> JSONValue { .string(first.adding(days: days).description) }

    var last: CalendarDate { first.adding(years: 1).adding(days: -1) }

    var period: String { "van=\(first)&tot=\(last)" }

    /// One of each report.
    var paths: [String] {
        [
            "/v1/cijfers/meldcode?\(period)", "/v1/cijfers/scholen/02CD?\(period)",
            "/v1/cijfers/jaarverslag?jaar=\(first.year)-\(last.year)",
        ]
    }

    func figures(as who: TestDoor.Who) async throws -> Figures { try await figures(paths[0], as: who) }

    func figures(_ path: String, as who: TestDoor.Who) async throws -> Figures {
        let reply = try await door.get(path, as: who)
        try #require(reply.status == 200, "\(reply.text)")
        return Figures(reply: reply, json: try #require(reply.json))
    }

    func published() async throws -> Figures { try await figures(paths[0] + "&vorm=publiek", as: .central) }

    /// A report, read.
    struct Figures: Sendable {
        let reply: Reply
        let json: JSONValue

        private var tables: [JSONValue] {
            (json["onderdelen"]?.array ?? []).flatMap { $0["inhoud"]?.array ?? [] }.filter { $0["rijen"] != nil }
        }

        private func all(_ table: JSONValue) -> [JSONValue] {
            (table["rijen"]?.array ?? []) + [table["totaal"]].compactMap(\.self).filter { $0.object != nil }
        }

        /// The value in a table, by its row and column.
        subscript(table: String, row: String, column: String) -> JSONValue? {
            tables.first { $0["id"]?.string == table }
                .flatMap { all($0).first { $0["id"]?.string == row } }?["waarden"]?[column]
        }

        func rows(_ table: String) -> [String] {
            (tables.first { $0["id"]?.string == table }?["rijen"]?.array ?? []).compactMap { $0["id"]?.string }
        }

        private var values: [JSONValue] {
            tables.flatMap(all).flatMap { $0["waarden"]?.object?.values.map { $0 } ?? [] }
        }

        /// Every number that is shown as itself.
        var counts: [Int] { values.compactMap { $0["aantal"]?.integer } }

        /// The most that each number can be which is shown, also as a band.
        var most: [Int] { values.flatMap { value in ["aantal", "tot"].compactMap { value[$0]?.integer } } }
    }
}
