// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import CaseEvents
import Values

extension Owed {
    struct Contact: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Contact a partner about what is expected of it: phone first, and record what came of it.",
            discussion: """
                Without --how and --outcome it only shows what to have at hand: the number to call and both references. Content \
                that the partner told is feedback: record that with `meldpoort feedback record`.
                With --prepare-mail it shows the content-free mail to the process mailbox of Veilig Thuis; it goes only when you \
                yourself send it, with --send-mail.
                """)

        @Argument(help: "The number of the item.") var number: Int
        @Option(help: "How: telefoon, gesprek, mail, brief or portaal.") var how: String?
        @Option(help: "What came of it: bereikt, toegezegd (with --promised) or nietBereikt.") var outcome: String?
        @Option(help: "The day that the partner promised: the expectation moves there.") var promised: Day?
        @Option(help: "When it was (default: today).") var on: Day?
        @Option(help: "Who was spoken with at the partner.") var spokeWith: String?
        @Option(help: "The partner's own reference.") var reference: String?
        @OptionGroup var note: NoteOption
        @Flag(help: "Show the mail to the process mailbox, and send nothing.") var prepareMail = false
        @Flag(help: "Send that mail, as yourself.") var sendMail = false
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func validate() throws {
            try Words.check("--how", how, "wijze", of: .partnercontactVastgelegd)
            try Words.check("--outcome", outcome, "uitkomst", of: .partnercontactVastgelegd)
            guard (how == nil) == (outcome == nil) else { throw ValidationError("Give --how and --outcome together.") }
            guard outcome != "toegezegd" || promised != nil else {
                throw ValidationError(
                    "With --outcome toegezegd, give the day that was promised: --promised 2026-12-01.")
            }
            guard promised == nil || outcome == "toegezegd" else {
                throw ValidationError("--promised goes with --outcome toegezegd.")
            }
            guard !(prepareMail || sendMail) || how == nil else {
                throw ValidationError("Record the contact and prepare the mail in two commands.")
            }
        }

        func run() async throws {
            let item = try await gateway.client().call(.get, "/v1/verplichtingen/\(number)")
            guard let partner = item["ontvanger"]?.string, let school = item["school"]?.string else {
                throw Output.fail("verplichting \(number) verwacht niets van een ketenpartner.")
            }
            guard let zaak = item["zaak"]?.string else {
                throw Output.fail(
                    "alleen wie op de school over zaken beslist neemt contact op over verplichting \(number).")
            }
            if prepareMail || sendMail { return try await mail(item, school: school, zaak: zaak) }
            if !output.json { OwedText.showAtHand(item) }
            guard let how, let outcome else {
                if output.json { return Output.json(item) }
                return Output.line(
                    "\nLeg daarna vast: meldpoort owed contact \(number) --how telefoon --outcome bereikt|toegezegd|nietBereikt"
                )
            }
            var event = PersonEvent(.partnercontactVastgelegd, school: school, zaak: zaak)
            event.set("van", partner)
            event.set("datum", (on?.date ?? Day.today).description)
            event.set("wijze", how)
            event.set("uitkomst", outcome)
            event.set("volgendMoment", promised?.date.description)
            event.set("gesprokenMet", spokeWith)
            event.set("kenmerk", reference)
            event.set("toelichting", try note.text())
            let answer = try await event.submit(gateway)
            if output.json { return Output.json(answer) }
            Output.line("\nvastgelegd: gebeurtenis \(answer["id"]?.integer ?? 0)")
            OwedText.show(try await gateway.client().call(.get, "/v1/verplichtingen/\(number)"))
        }

        // MARK: - The process mailbox

        private func mail(_ item: JSONValue, school: String, zaak: String) async throws {
            var remark = PersonEvent(.procesopmerkingGemaakt, school: school, zaak: zaak)
            remark.set("onderwerp", "terugkoppeling")
            remark.set("datum", (on?.date ?? Day.today).description)
            // Only in the form of a reference: a partner may call something by more than that.
            let theirs = reference ?? item["kenmerkKetenpartner"]?.string
            if let theirs, (try? Words.check("", reference: theirs)) != nil { remark.set("kenmerkOntvanger", theirs) }
            if sendMail { try await send(remark) } else { try await preview(remark) }
        }

        private func preview(_ remark: PersonEvent) async throws {
            let answer = try await gateway.client().call(
                .post, "/v1/beoordelingen", contentType: "application/cloudevents+json", body: remark.bytes())
            if output.json { return Output.json(answer) }
            let judged = answer["gebeurtenissen"]?.array?.first?["oordelen"]?.array ?? []
            if judged.isEmpty {
                return Output.line(
                    "Er is geen procespostbus: geen route voert \(EventType.procesopmerkingGemaakt.rawValue) ergens heen."
                )
            }
            Output.line("Zo gaat het bericht, zonder iets over de zaak:")
            for (key, value) in remark.data.sorted(by: { $0.key < $1.key }) where key != "zaak" {
                Output.line("  \(key): \(value.string ?? "")")
            }
            for one in judged {
                let name = one["naam"]?.string ?? one["ontvanger"]?.string ?? ""
                Output.line("Aan \(name): \(one["oordeel"]?.string ?? "")")
            }
            Output.line("Er is niets verstuurd. Versturen doet u zelf: meldpoort owed contact \(number) --send-mail")
        }

        private func send(_ remark: PersonEvent) async throws {
            let answer = try await remark.submit(gateway)
            let id = answer["id"]?.integer ?? 0
            let event = try await gateway.client().call(.get, "/v1/gebeurtenissen/\(id)")
            if output.json { return Output.json(event) }
            Output.line("aangenomen: gebeurtenis \(id)")
            let deliveries = event["afleveringen"]?.array ?? []
            if deliveries.isEmpty { Output.line("let op: geen route voert dit ergens heen; er gaat niets.") }
            for delivery in deliveries {
                let name = delivery["naamOntvanger"]?.string ?? delivery["ontvanger"]?.string ?? ""
                let state = delivery["status"]?.string ?? ""
                let number = delivery["nummer"]?.integer ?? 0
                Output.line("  aflevering \(number) aan \(name): \(state)")
                if state == "wachtOpBevestiging" {
                    Output.line("  zij gaat pas na: meldpoort deliveries confirm \(number)")
                }
            }
        }
    }
}
