// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox

/// What happens in the demo, checked while it is told.
struct Story {
    let site: BoardSite
    let cli: CommandLineTool
    let address: String

    func tell() async throws {
        print(
            "Meldpoort draait op \(cli.configuration), met nagespeelde systemen ernaast: een verwijsindex over HTTPS,")
        print("een mailrelay met STARTTLS, een leerlingvolgsysteem met OAuth, een postbus en een intranet.\n")
        let releaser = try site.makeToken(person: "ccp")
        try await concern()
        try identity()
        try await consultation()
        try advice()
        let mail = try await report()
        try await feedback(on: mail)
        try await registration()
        try match()
        try await publication(releasedBy: releaser)
        try refusals()
        try phoned()
        try proof()
    }

    private func advice() throws {
        heading("De school vraagt advies, anoniem")
        let accepted = try submit(SampleEvents.advice, as: site.aandachtsfunctionaris)
        let delivery = try onlyDelivery(of: accepted.event, as: site.aandachtsfunctionaris)
        try check(delivery.state == "vrijTeGeven", "een adviesvraag gaat via de telefoon")
        let released = try cli.run(
            ["deliveries", "release", "\(delivery.number)"], token: site.aandachtsfunctionaris)
        try check(!SampleEvents.canaries.contains { released.output.contains($0) }, "advies is anoniem")
        say(
            "Vrijgegeven als belscript; de tekst kan niemand noemen, want het type kent geen velden waarin dat zou kunnen:"
        )
        quote(released.output)
        _ = try cli.run(
            ["deliveries", "close", "\(delivery.number)", "--given", "--how", "telefoon"],
            token: site.aandachtsfunctionaris)
        say("Na het gesprek afgesloten als verstrekt.")
    }

    private func registration() async throws {
        heading("Registratie in de verwijsindex")
        let accepted = try submit(SampleEvents.registration, as: site.systemToken)
        let delivery = try onlyDelivery(of: accepted.event, as: site.meldingsbevoegde)
        try check(delivery.state == "wachtOpBevestiging", "de verwijsindex wacht op een mens")
        say("Aangenomen, en wacht. \(delivery.text("uitleg"))")
        let refused = try cli.run(
            ["deliveries", "confirm", "\(delivery.number)"], token: site.systemToken, mayFail: true)
        try check(refused.status == 1 && refused.errors.contains("403"), "een systeem bevestigt niet")
        say("Het systeem probeert zelf te bevestigen en krijgt 403: automatisch melden is onrechtmatig.")
        try check(site.index.count == 0, "er is niets weg zonder bevestiging")
        _ = try cli.run(["deliveries", "confirm", "\(delivery.number)"], token: site.meldingsbevoegde)
        say("De meldingsbevoegde van de school bevestigt.")
        let requests = try await site.index.waitForRequests(1, timeout: .seconds(20))
        let settled = try await settled(delivery.number, as: site.meldingsbevoegde)
        try check(settled.state == "afgeleverd", "de index heeft de registratie")
        say(
            "Weg naar \(settled.text("naamOntvanger")) op grond van \(settled.text("grondslag")), doel: \(settled.text("doel"))."
        )
        say("Velden: \(settled.fields.joined(separator: ", "))")
        let body = String(decoding: requests.first?.body ?? [], as: UTF8.self)
        try check(!body.contains("999993653") && !body.contains("blauwe"), "geen BSN en geen inhoud")
        say("De index ontving dit, en verder niets:")
        quote(body)
    }

    private func report() async throws -> ReceivedMail {
        heading("Een melding bij Veilig Thuis")
        let accepted = try submit(SampleEvents.report, as: site.aandachtsfunctionaris, completing: true)
        say(
            "De aandachtsfunctionaris dient in; dat is de bevestiging. Naam en adres kwamen uit het leerlingvolgsysteem."
        )
        say("Wat ontbreekt houdt niets tegen.")
        let delivery = try self.delivery(of: accepted.event, to: "veilig-thuis", as: site.aandachtsfunctionaris)
        let settled = try await settled(delivery.number, as: site.aandachtsfunctionaris)
        try check(settled.state == "afgeleverd", "de melding is aangekomen")
        say("Afgeleverd op grond van \(settled.text("grondslag")), doel: \(settled.text("doel")).")
        for shortfall in settled.owed { say("Tekort, nog aan te vullen: \(shortfall)") }
        try check(!settled.owed.isEmpty, "de tekorten blijven staan")
        let mail = try await arrived { !$0.parsed.attachments.isEmpty }
        let outside = mail.parsed.subject + mail.parsed.text
        try check(!SampleEvents.canaries.contains { outside.contains($0) }, "onderwerp en tekst zijn leeg van inhoud")
        say("De mail die aankwam, over TLS en met AUTH:")
        quote("Onderwerp: \(mail.parsed.subject)\n\n\(mail.parsed.text)")
        let document = mail.parsed.attachments.first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        try check(document.contains("blauwe plekken") && !document.contains("999993653"), "het BSN is gemaskeerd")
        say("Met als bijlage het meldingsdocument (begin; het BSN in de tekst is gemaskeerd):")
        quote(document.split(whereSeparator: \.isNewline).prefix(22).joined(separator: "\n"))
        let notice = try await arrived { $0.recipients.contains("directie@dewilg.example") }
        try check(
            !SampleEvents.canaries.contains { notice.parsed.text.contains($0) }, "de directie leest niets van de zaak")
        say("De directie hoort dat er is gemeld, en niet over wie.")
        return mail
    }

    private func refusals() throws {
        heading("Wat geweigerd wordt, en waarom")
        let accepted = try submit(SampleEvents.tooOld, as: site.systemToken)
        let delivery = try onlyDelivery(of: accepted.event, as: site.meldingsbevoegde)
        try check(delivery.state == "geweigerd", "23 of ouder wordt geweigerd")
        say(delivery.text("uitleg"))
        let refused = try cli.run(
            ["submit", "-"], token: site.systemToken, input: SampleEvents.leaking, mayFail: true)
        try check(refused.status == 1 && !refused.errors.contains("999993653"), "een BSN in de kop wordt geweigerd")
        say("Een gebeurtenis met een BSN in haar id komt de deur niet in:")
        quote(refused.errors)
    }

    private func phoned() throws {
        heading("Eerst gebeld, daarna vastgelegd")
        let accepted = try submit(SampleEvents.phoned(at: Date()), as: site.aandachtsfunctionaris)
        let delivery = try onlyDelivery(of: accepted.event, as: site.aandachtsfunctionaris)
        try check(delivery.state == "verstrekt", "achteraf vastgelegd is verstrekt")
        say("Een melding van een uur geleden is vastgelegd, zonder eerdere stap.")
    }

    private func proof() throws {
        heading("Het bewijs")
        say("meldpoort disclosures list:")
        quote(try cli.run(["disclosures", "list"]).output)
        let verified = try cli.run(["disclosures", "verify", "--deep"])
        say("meldpoort disclosures verify --deep:")
        quote(verified.output)
        let log = try cli.run(["disclosures", "list", "--json"]).output
        try check(!SampleEvents.canaries.contains { log.contains($0) }, "in de log staat niemand")
    }

    func tellHowToGoOn() {
        print(
            """

            De gateway draait door tot Ctrl-C. Zelf verder:
              export MELDPOORT_CONFIG=\(cli.configuration)
              export MELDPOORT_TOKEN_FILE=\(site.aandachtsfunctionaris)
              \(cli.program.path) deliveries list --url \(address)
              \(cli.program.path) disclosures show 0
              curl -s \(address)/v1/openapi.json
            """)
    }
}

extension Story {
    struct Accepted {
        let event: Int
        let isRepeat: Bool
    }

    /// A delivery as `--json` prints it.
    struct Told {
        let members: [String: Any]

        var number: Int { members["nummer"] as? Int ?? 0 }
        var state: String { text("status") }
        var fields: [String] { members["velden"] as? [String] ?? [] }
        var owed: [String] { (members["openTekorten"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String } }

        func text(_ key: String) -> String { members[key] as? String ?? "" }
    }

    func submit(_ event: String, as token: String, completing: Bool = false) throws -> Accepted {
        let options = completing ? ["--complete"] : []
        let answer = try cli.run(["submit", "-", "--json"] + options, token: token, input: event).json
        guard let id = answer["id"] as? Int else { throw Untrue(description: "geen gebeurtenisnummer") }
        return Accepted(event: id, isRepeat: answer["herhaling"] as? Bool ?? false)
    }

    func onlyDelivery(of event: Int, as token: String) throws -> Told {
        let answer = try cli.run(["events", "show", "\(event)", "--json"], token: token).json
        guard let deliveries = answer["afleveringen"] as? [[String: Any]], deliveries.count == 1,
            let only = deliveries.first
        else { throw Untrue(description: "gebeurtenis \(event) heeft niet precies een aflevering") }
        return Told(members: only)
    }

    func delivery(of event: Int, to recipient: String, as token: String) throws -> Told {
        let answer = try cli.run(["events", "show", "\(event)", "--json"], token: token).json
        let deliveries = (answer["afleveringen"] as? [[String: Any]] ?? []).map { Told(members: $0) }
        guard let found = deliveries.first(where: { $0.text("ontvanger") == recipient }) else {
            throw Untrue(description: "gebeurtenis \(event) heeft geen aflevering aan \(recipient)")
        }
        return found
    }

    /// The counterpart has it already; the outcome is on disk a moment later.
    func settled(_ delivery: Int, as token: String) async throws -> Told {
        for _ in 0..<100 {
            let told = Told(
                members: try cli.run(["deliveries", "show", "\(delivery)", "--json"], token: token).json)
            guard ["inWachtrij", "wordtVerzonden"].contains(told.state) else { return told }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw Untrue(description: "aflevering \(delivery) komt niet aan")
    }

    func check(_ isTrue: Bool, _ claim: String) throws {
        guard isTrue else { throw Untrue(description: claim) }
    }

    func heading(_ text: String) {
        print("\n── \(text)")
    }

    func say(_ text: String) {
        print("   \(text)")
    }

    func quote(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) where line.contains(where: { !$0.isWhitespace }) {
            print("     │ \(line)")
        }
    }
}
