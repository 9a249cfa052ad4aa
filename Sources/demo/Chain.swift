// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox

/// The parts of the story in which the school's own systems have a part.
extension Story {
    var chain: ChainSite {
        get throws {
            guard let chain = site.chain else { throw Untrue(description: "de nagespeelde schoolsystemen ontbreken") }
            return chain
        }
    }

    func concern() async throws {
        heading("Een leerkracht maakt zich zorgen")
        let file = "\(try chain.concernFolder)/zorgen.csv"
        try Data(SampleEvents.export.utf8).write(to: URL(fileURLWithPath: file))
        say("De leerkracht schreef het op in het leerlingvolgsysteem; de export ligt klaar als zorgen.csv.")
        try await until("het bestand is overgenomen") { !FileManager.default.fileExists(atPath: file) }
        let event = try cli.run(["events", "show", "1", "--json"], token: site.aandachtsfunctionaris).json
        try check((event["afleveringen"] as? [Any])?.isEmpty == true, "een zorg blijft binnen de school")
        say("Overgenomen als gebeurtenis 1, en het bestand is weg. Geen ontvanger: een zorg blijft binnen de school.")
    }

    func identity() throws {
        heading("Wie is het kind?")
        let found = try cli.run(
            ["pupil", "find", "--school", "01AB", "--for", "veiligthuismelding-besloten", "--number", "810001"],
            token: site.aandachtsfunctionaris)
        say("Gelezen uit het leerlingvolgsysteem, alleen de velden die een melding mag bevatten:")
        quote(found.output)
        try check(found.output.contains("Voorbeeld-Achternaam"), "het leerlingvolgsysteem kent het kind")
        let inAddress = try chain.register.site.personalDataInURLs(of: chain.register.register)
        try check(inAddress.isEmpty, "niets van het kind in een adres")
    }

    func consultation() async throws {
        heading("Overleg met een collega")
        let accepted = try submit(SampleEvents.consultation, as: site.aandachtsfunctionaris)
        let delivery = try delivery(of: accepted.event, to: "lvs", as: site.aandachtsfunctionaris)
        try check(delivery.state == "wacht" || delivery.state == "wachtOpBevestiging", "het LVS wacht op vrijgave")
        say("Vastgelegd. In het leerlingvolgsysteem komt het pas als iemand dat voor deze zaak vrijgeeft.")
        let notice = try await arrived { $0.recipients.contains("leerkracht@dewilg.example") }
        try check(
            !SampleEvents.canaries.contains { notice.parsed.text.contains($0) }, "de leerkracht leest geen inhoud")
        say("De leerkracht krijgt bericht, zonder inhoud:")
        quote("Onderwerp: \(notice.parsed.subject)\n\n\(notice.parsed.text)")
    }

    func feedback(on report: ReceivedMail) async throws {
        heading("Veilig Thuis antwoordt per mail")
        var thread = SampleMail.Thread()
        thread.reference =
            report.parsed.subject.split(separator: " ").last { $0.hasPrefix("MP-") }.map(String.init) ?? ""
        let reply = SampleMail.reply(thread)
        try chain.mailbox.deliver(reply.bytes)
        var post: Int?
        try await until("de mail is overgenomen") {
            let listed = try cli.run(["mail", "list", "--json"], token: site.aandachtsfunctionaris).json
            post = (listed["post"] as? [[String: Any]])?.first?["nummer"] as? Int
            return post != nil
        }
        guard let post else { return }
        say("De mail is aan de zaak gekoppeld door ons eigen kenmerk, en verandert uit zichzelf niets:")
        quote(try cli.run(["mail", "list"], token: site.aandachtsfunctionaris).output)
        quote(try cli.run(["mail", "show", "\(post)"], token: site.aandachtsfunctionaris).output)
        _ = try submit(SampleEvents.feedback(post: post), as: site.aandachtsfunctionaris)
        say("De aandachtsfunctionaris zegt wat het is: terugkoppeling over het besluit.")
        let left = try cli.run(["mail", "list", "--json"], token: site.aandachtsfunctionaris).json
        try check((left["post"] as? [Any])?.isEmpty == true, "de mail is beoordeeld")
    }

    func match() throws {
        heading("De verwijsindex meldt een match")
        _ = try submit(SampleEvents.match, as: site.systemToken)
        let owed = try cli.run(["owed", "--school", "01AB"], token: site.meldingsbevoegde)
        say("Een match geeft alleen contactgegevens. Wat de school nu te doen heeft:")
        quote(owed.output)
        _ = try submit(SampleEvents.contact, as: site.meldingsbevoegde)
        _ = try submit(SampleEvents.informed, as: site.meldingsbevoegde)
        let left = try cli.run(["owed", "--school", "01AB", "--json"], token: site.meldingsbevoegde).output
        try check(
            !left.contains("\"matchContact\"") && !left.contains("\"matchInformeren\""),
            "contact en informeren zijn gedaan")
        say("Contact gehad en de ouders ingelicht: vastgelegd en afgevinkt.")
    }

    func publication(releasedBy releaser: String) async throws {
        heading("Op het intranet: zo werkt onze meldcode")
        let accepted = try submit(SampleEvents.publication, as: site.aandachtsfunctionaris)
        let delivery = try onlyDelivery(of: accepted.event, as: site.aandachtsfunctionaris)
        try check(delivery.state == "wachtOpBevestiging", "een publicatie wacht op de centrale contactpersoon")
        say("Aangeboden, en wacht op de centrale contactpersoon.")
        _ = try cli.run(["deliveries", "confirm", "\(delivery.number)"], token: releaser)
        let folder = try chain.intranetFolder
        var page: String?
        try await until("de pagina staat er") {
            page = try FileManager.default.contentsOfDirectory(atPath: folder).first {
                $0.hasSuffix(".html") && !$0.hasPrefix(".")
            }
            return page != nil
        }
        let text = try String(contentsOfFile: "\(folder)/\(page ?? "")", encoding: .utf8)
        try check(text.contains("Zo werkt onze meldcode") && !text.contains("<script"), "de pagina is veilige HTML")
        say("Vrijgegeven en geplaatst: \(folder)/\(page ?? "")")
    }

    // MARK: - Waiting

    /// A mail at the relay; woken by the mail itself.
    func arrived(_ isIt: (ReceivedMail) -> Bool) async throws -> ReceivedMail {
        var count = 1
        while true {
            let mails = try await site.relay.waitForMessages(count, timeout: .seconds(30))
            if let mail = mails.last(where: isIt) { return mail }
            count = mails.count + 1
        }
    }

    /// Asks until it is so: what polls at its own pace tells nobody.
    func until(_ what: String, _ isSo: () throws -> Bool) async throws {
        for _ in 0..<300 {
            if try isSo() { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Untrue(description: "\(what): dat gebeurde niet")
    }
}
