// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// The school's own systems: pupils that are read, concerns that come as files, pages for the intranet, and what the board hears.
@Suite struct SchoolSystemsTests {
    private static func options() -> BoardOptions {
        var options = BoardOptions()
        options.hasChain = true
        return options
    }

    private func chain(_ site: RunningSite) throws -> ChainSite { try #require(site.board.chain) }

    private func ask(_ form: JSONValue, _ site: RunningSite, as asker: RunningSite.Asker) async throws -> Reply {
        try await site.send(
            Request(
                "POST", "/v1/leerlingopvragingen", headers: [("Content-Type", "application/json")],
                body: form.canonicalBytes), as: asker)
    }

    private static func question(_ more: [String: JSONValue]) -> JSONValue {
        .object(
            more.merging(["school": "01AB", "voor": "nl.meldcode.veiligthuismelding-besloten.v1"]) { own, _ in own })
    }

    /// Practice 20, and only the fields that some rule needs.
    @Test func aPupilIsReadForWhoDecidesAndNoFurtherThanTheRulesGo() async throws {
        try await RunningSite.with(Self.options()) { site in
            let chain = try chain(site)
            try await site.admit("lk-wilg")
            let byNumber = Self.question(["leerlingnummer": "810001"])
            let reply = try await ask(byNumber, site, as: .aandachtsfunctionaris)
            #expect(reply.status == 200)
            let pupil = reply.json["leerlingen"]?[0]?["leerling"]
            #expect(pupil?["achternaam"] == "Voorbeeld-Achternaam")
            #expect(pupil?["adres"]?["woonplaats"] == "Voorbeeldstad")
            // The index gets no address: so none is read for it.
            let forIndex = Self.question([
                "leerlingnummer": "810001", "voor": "nl.meldcode.verwijsindexregistratie-gevraagd.v1",
            ])
            let less = try await ask(forIndex, site, as: .meldingsbevoegde)
            #expect(less.json["leerlingen"]?[0]?["leerling"]?["achternaam"] == "Voorbeeld-Achternaam")
            #expect(
                !less.text.contains("Voorbeeldstad") && less.json["leerlingen"]?[0]?["leerling"]?["voornamen"] == nil)
            // What the register keeps secret stays there, and is named.
            let secret = try await ask(Self.question(["leerlingnummer": "810002"]), site, as: .aandachtsfunctionaris)
            #expect(!secret.text.contains("Verzonnenstraat"))
            #expect(secret.json["leerlingen"]?[0]?["afgeschermd"]?.array?.contains("adres.straat") == true)
            let twins = try await ask(
                Self.question(["achternaam": "Dubbel-Voorbeeld"]), site, as: .aandachtsfunctionaris)
            #expect(twins.json["leerlingen"]?.array?.count == 2)
            #expect(try await ask(byNumber, site, as: .system).status == 403)
            #expect(try await ask(byNumber, site, as: .person("lk-wilg")).status == 403)
            #expect(chain.register.site.violations == [])
            #expect(chain.register.site.personalDataInURLs(of: chain.register.register) == [])
            #expect(!site.log.text.contains("810001") && !site.log.text.contains("Voorbeeld-Achternaam"))
        }
    }

    /// Nothing waits for a register: a report is submitted as it is.
    @Test func aRegisterThatIsAwayStopsNothing() async throws {
        try await RunningSite.with(Self.options()) { site in
            let chain = try chain(site)
            await chain.register.site.stop()
            let reply = try await ask(
                Self.question(["leerlingnummer": "810001"]), site, as: .aandachtsfunctionaris)
            #expect(reply.status == 200 && reply.json["uitkomst"] == "nietGelezen")
            let event = String(decoding: SchoolEvent.report("zaak-1").canonicalBytes, as: UTF8.self)
            let answer = try await site.cli(["submit", "-", "--complete"], as: .aandachtsfunctionaris, input: event)
            #expect(answer.output.contains("aangenomen") && answer.errors.contains("niet gelezen"))
        }
    }

    @Test func exportedConcernsAreTakenOnceAndMistakesAreShownWithoutContent() async throws {
        try await RunningSite.with(Self.options()) { site in
            let folder = try chain(site).concernFolder
            let heading = "nummer;brin;zaak;leerlingnummer;achternaam;datum;signaal;ingevoerd door"
            let good = "\(heading)\r\n1;01AB;zaak-1;810001;Testnaam;2026-11-02;Kanarie-signaal.;lk-wilg\r\n"
            func export(_ text: String, _ name: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"), options: .atomic)
            }
            func isGone(_ name: String) async throws {
                try await eventually("\(name) to be taken", within: .seconds(40)) {
                    FileManager.default.fileExists(atPath: "\(folder)/\(name)") ? nil : true
                }
            }
            try export(good, "een.csv")
            try await isGone("een.csv")
            #expect(try await site.event(1, as: .aandachtsfunctionaris)["type"] == "nl.meldcode.zorg-gesignaleerd.v1")
            // The same rows again, with one more: only that one is new.
            try export(good + "2;01AB;zaak-2;810004;Testnaam;3-11-2026;Kanarie-signaal.;\r\n", "twee.csv")
            try await isGone("twee.csv")
            #expect(try await site.event(2, as: .aandachtsfunctionaris)["type"] == "nl.meldcode.zorg-gesignaleerd.v1")
            #expect(try await site.send(.get("/v1/gebeurtenissen/3"), as: .aandachtsfunctionaris).status == 404)
            // One mistake, and nothing of the file is taken.
            let bad =
                good.replacing("1;01AB;zaak-1", with: "3;01AB;zaak-3")
                + "4;99ZZ;zaak-4;810001;Testnaam;2026-11-02;Kanarie.;\r\n"
            try export(bad, "drie.csv")
            try await isGone("drie.csv")
            let told = try String(contentsOfFile: "\(folder)/drie.csv.fouten.txt", encoding: .utf8)
            #expect(told.contains("regel 3") && !told.contains("Kanarie") && !told.contains("Testnaam"))
            #expect(FileManager.default.fileExists(atPath: "\(folder)/drie.csv.geweigerd"))
            #expect(try await site.send(.get("/v1/gebeurtenissen/3"), as: .aandachtsfunctionaris).status == 404)
            // A row that says something else than before is for a person; it is neither taken nor tried for ever.
            try export(good.replacing("Kanarie-signaal", with: "Ander-signaal"), "vier.csv")
            try await isGone("vier.csv")
            let changed = try String(contentsOfFile: "\(folder)/vier.csv.fouten.txt", encoding: .utf8)
            #expect(changed.contains("regel 2") && changed.contains("eerder") && !changed.contains("Ander-signaal"))
            #expect(!site.log.text.contains("Kanarie") && !site.log.text.contains("Ander-signaal"))
        }
    }

    private static func page(_ more: [String: JSONValue] = [:]) -> JSONValue {
        SchoolEvent.make(
            "publicatie-aangeboden",
            [
                "publicatie": "stappen", "school": "01AB", "onderwerp": "stappenMeldcode", "titel": "De stappen",
                "tekst": "Overleg met de **aandachtsfunctionaris**. <script>x</script>",
            ].merging(more) { $1 })
    }

    /// Practice 30: released by the centrale contactpersoon; a new version replaces the page, a withdrawal takes it away.
    @Test func aPageIsReleasedReplacedAndWithdrawn() async throws {
        try await RunningSite.with(Self.options()) { site in
            let folder = try chain(site).intranetFolder
            func pages() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".html") }
            }
            try await site.admit("ccp")
            let first = try await site.delivery(ofEvent: try await site.submit(Self.page(), as: .aandachtsfunctionaris))
            #expect(first.state == "wachtOpBevestiging")
            #expect(try await site.send(.act(first.number, "bevestiging"), as: .aandachtsfunctionaris).status == 403)
            #expect(try pages().isEmpty)
            #expect(try await site.send(.act(first.number, "bevestiging"), as: .person("ccp")).status == 202)
            try await site.delivery(first.number, becomes: "afgeleverd")
            let name = try #require(try pages().first)
            let second = try await site.delivery(
                ofEvent: try await site.submit(Self.page(["titel": "De vijf stappen"]), as: .person("ccp")))
            try await site.delivery(second.number, becomes: "afgeleverd")
            #expect(try pages() == [name])
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            #expect(text.contains("De vijf stappen") && !text.contains("<script"))
            let withdrawal = SchoolEvent.make("publicatie-ingetrokken", ["publicatie": "stappen", "school": "01AB"])
            let last = try await site.delivery(ofEvent: try await site.submit(withdrawal, as: .person("ccp")))
            try await site.delivery(last.number, becomes: "afgeleverd")
            #expect(try pages().isEmpty)
            #expect(try await site.verify() == "")
        }
    }

    /// A page has no case, and a case is no page.
    @Test func aCaseNeverReachesTheIntranet() async throws {
        try await RunningSite.with(Self.options()) { site in
            var withCase = Self.page().object ?? [:]
            var data = withCase["data"]?.object ?? [:]
            data["zaak"] = "zaak-1"
            withCase["data"] = .object(data)
            #expect(try await site.send(.event(.object(withCase)), as: .aandachtsfunctionaris).status == 400)
            let elsewhere = Self.page(["voorScholen": ["99ZZ"]])
            #expect(try await site.send(.event(elsewhere), as: .aandachtsfunctionaris).status == 400)
            let judged = try await site.send(
                Request(
                    "POST", "/v1/beoordelingen?ontvanger=intranet",
                    headers: [("Content-Type", "application/cloudevents+json")],
                    body: SchoolEvent.report("zaak-1").canonicalBytes), as: .aandachtsfunctionaris)
            #expect(judged.status == 200 && judged.text.contains("geenRegel"))
        }
    }

    /// The directie hears that a report was made, and nothing of whom.
    @Test func theDirectieHearsThatThereWasAReport() async throws {
        try await RunningSite.with(Self.options()) { site in
            try await site.submit(SchoolEvent.report("zaak-1"), as: .aandachtsfunctionaris)
            try await site.settles()
            let mails = try await site.board.relay.waitForMessages(2, timeout: .seconds(30))
            let notice = try #require(mails.first { $0.recipients == ["directie@dewilg.example"] })
            #expect(notice.parsed.attachments.isEmpty)
            let text = notice.parsed.subject + notice.parsed.text
            for secret in ["Testkind", "Voorbeeld-Achternaam", SchoolEvent.bsn, "blauwe", "zaak-1"] {
                #expect(!text.contains(secret))
            }
        }
    }
}
