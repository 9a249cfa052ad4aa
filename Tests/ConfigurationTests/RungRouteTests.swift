// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Testing

/// Where the rungs of the ladder go: `check` tells what would go unheard, or only half.
@Suite struct RungRouteTests {
    private static let relay =
        "connection: {host: relay.example, username: u, password: {environment: RELAY}, sender: m@voorbeeld.example}"

    private static func recipient(
        _ id: String, _ kind: String, channel: String = "mail", settings: String = "settings: {to: [a@b.example]}"
    ) -> String {
        let connection = channel == "mail" ? ", \(relay)" : ""
        let given = settings.isEmpty ? "" : ", \(settings)"
        return "  - {id: \(id), kind: \(kind), name: X, adapter: bestuur, channel: \(channel)\(connection)\(given)}\n"
    }

    private static func rule(_ event: String, to kind: String, _ message: String) -> String {
        """
          - event: nl.meldcode.\(event).v1
            recipient: \(kind)
            message: \(message)
            ground: {basis: publiekeTaak, article: AVG art. 6(1)(e), summary: Binnen het bestuur.}
            geldig_van: 2019-01-01
            herzien_voor: 2027-08-01
            purpose: opvolgingBinnenSchool
            verwerkingsactiviteit: {naam: intern}
            confirmation: {need: none}
            conditions: []
            shortfalls: []
            fields: [meldpoort.school.naam]

        """
    }

    /// - Parameters:
    ///   - routed: The recipients of the route for rungs; none for no route.
    ///   - notified: Those that get a notice.
    ///   - hasAddress: Whether the centrale contactpersoon has one.
    private func report(
        _ recipients: [String], routed: [String], notified: [String] = [], hasAddress: Bool = true
    ) throws -> [String] {
        var main = Site.text(of: .main).replacing("routes:\n", with: recipients.joined() + "routes:\n")
        for (event, targets) in [("opschaling-gedaan", routed), ("veiligthuismelding-besloten", notified)]
        where !targets.isEmpty {
            main = main.replacing(
                "terms: {",
                with: "  - {event: nl.meldcode.\(event).v1, recipients: [\(targets.joined(separator: ", "))]}\nterms: {"
            )
        }
        let kinds = ["aandachtsfunctionaris", "centrale-contactpersoon", "bestuur"]
        let rules =
            kinds.map { Self.rule("opschaling-gedaan", to: $0, "opschaling") }
            + kinds.map { Self.rule("veiligthuismelding-besloten", to: $0, "kennisgeving") }
        let persons =
            Site.text(of: .persons) + """
                  - id: ccp
                    display_name: Centrale contactpersoon
                    \(hasAddress ? "email: ccp@school.example" : "phone: 010 000 00 00")
                    roles:
                      - {role: centraleContactpersoon, van: 2025-08-01}

                """
        let site = try Site([.main: main, .persons: persons, .policy: Site.text(of: .policy) + rules.joined()])
        let problems: [ConfigurationProblem]
        do throws(ConfigurationProblems) {
            problems = try ConfigurationLoader(
                adapters: [SampleVeiligThuis.self, SampleVerwijsindex.self, SampleBoard.self],
                environment: ["RELAY": "x"], today: Site.today
            ).load("\(site.folder)/meldpoort.yaml").warnings
        } catch {
            problems = error.problems
        }
        return problems.map { "\($0.severity): \($0.message)" }
    }

    private static let people = [
        recipient("af", "aandachtsfunctionaris", settings: ""), recipient("ccp", "centrale-contactpersoon"),
    ]

    @Test func aRungWithoutARouteGoesByNotice() throws {
        // Nobody has the role bestuur here, so nobody misses that rung.
        #expect(
            try report([], routed: []) == [
                "warning: what is open reaches aandachtsfunctionaris, centrale-contactpersoon by notices only: no route brings nl.meldcode.opschaling-gedaan.v1 there"
            ])
        #expect(
            try report(Self.people, routed: ["ccp"]) == [
                "warning: what is open reaches aandachtsfunctionaris by notices only: no route brings nl.meldcode.opschaling-gedaan.v1 there"
            ])
        #expect(try report(Self.people, routed: ["af", "ccp"]) == [])
    }

    @Test func whoHasNoAddressIsNamed() throws {
        let warning = "warning: what is open does not reach “ccp”: the persons file has no email there"
        #expect(try report(Self.people, routed: ["af", "ccp"], hasAddress: false) == [warning])
        // Without a route to them nothing is mailed.
        #expect(try report(Self.people, routed: ["af"], hasAddress: false).allSatisfy { $0 != warning })
    }

    @Test func aReminderThatAPersonMustPassOnIsNone() throws {
        let people = [Self.recipient("af", "aandachtsfunctionaris", channel: "handover", settings: ""), Self.people[1]]
        #expect(
            try report(people, routed: ["af", "ccp"]) == [
                "error: “af” has channel handover, on which the adapter “bestuur” has no form for opschaling"
            ])
    }

    @Test func whatIsRoutedDecidesWhatTheSettingsLack() throws {
        #expect(try report(Self.people, routed: ["af", "ccp"], notified: ["ccp"]) == [])
        let found = try report(Self.people, routed: ["af", "ccp"], notified: ["af", "ccp"])
        #expect(found == ["error: to: a notice needs an address, for kennisgeving to “af”"])
    }
}
