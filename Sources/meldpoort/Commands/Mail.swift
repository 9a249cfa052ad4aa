// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import BoardConfiguration
import Disclosures
import Foundation
import Gateway
import Transport
import Values

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail",
        abstract: "See what came in by mail and say what it is, through the running gateway and with your own token.",
        discussion: """
            A mail fulfils nothing by itself: a person says what it is. Needs the token of an aandachtsfunctionaris or \
            meldingsbevoegde of the school; the centrale contactpersoon sees what belongs to no case yet.
            """,
        subcommands: [List.self, Show.self, Save.self, Judge.self, Probe.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List mail: number, status, kind, mailbox, school. Never the content.")

        @Flag(help: "Also what needs nobody any more.") var all = false
        @Option(help: "Only this mailbox.") var mailbox: String?
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            var rows: [JSONValue] = []
            var from = 0
            repeat {
                let answer = try await gateway.client().call(.get, "/v1/post?" + (try query(from: from)))
                rows += answer["post"]?.array ?? []
                from = answer["volgendeVanaf"]?.integer ?? 0
            } while from > 0
            if output.json { return Output.json(["post": .array(rows)]) }
            if rows.isEmpty { Output.line("Geen post.") }
            for row in rows {
                let text = { (key: String) in row[key]?.string ?? "-" }
                let day = Timestamp(text("ontvangenOp"))?.dutchText ?? "-"
                let place = row["geplaatst"]?.bool == true ? text("school") : "nog geen zaak"
                Output.line(
                    "\(row["nummer"]?.integer ?? 0)\t\(text("status"))\t\(text("soort"))\t\(text("postbus"))\t\(place)\t\(day)"
                )
            }
        }

        private func query(from: Int) throws -> String {
            var query = ["aantal=200", "vanaf=\(from)"]
            if !all { query.append("status=teBeoordelen") }
            if let mailbox {
                guard mailbox.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
                    throw ValidationError("Use letters, digits and hyphens only.")
                }
                query.append("postbus=\(mailbox)")
            }
            return query.joined(separator: "&")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one mail with its text. That you read it is written down first.")

        @Argument(help: "The number of the mail.") var number: Int
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let mail = try await gateway.client().call(.get, "/v1/post/\(number)")
            if output.json { return Output.json(mail) }
            let content = mail["inhoud"]
            let sender = content?["afzender"]
            Output.line(
                "Post \(number): \(mail["soort"]?.string ?? ""), \(mail["status"]?.string ?? ""), postbus \(mail["postbus"]?.string ?? "")"
            )
            if let task = mail["taak"]?.string { Output.line("  Taak: \(task)") }
            for verdict in mail["oordelen"]?.array ?? [] {
                Output.line(
                    "  Beoordeeld als \(verdict["soort"]?.string ?? "") door \(verdict["door"]?.string ?? "") op \(verdict["op"]?.string ?? "")"
                )
            }
            guard let content else { return Output.line("  Van dit bericht is geen inhoud bewaard.") }
            let who = [sender?["naam"]?.string, sender?["adres"]?.string.map { "<\($0)>" }].compactMap { $0 }
            Output.line("  Van: \(who.isEmpty ? "(geen afzender)" : who.joined(separator: " "))")
            if let warning = sender?["waarschuwing"]?.string { Output.line("  Let op: \(warning)") }
            Output.line("  Onderwerp: \(content["onderwerp"]?.string ?? "")")
            if content["onvolledig"]?.bool == true { Output.line("  Let op: niet alles van dit bericht is gelezen.") }
            Output.line("\n\(content["tekst"]?.string ?? "")\n")
            for attachment in content["bijlagen"]?.array ?? [] {
                let kept =
                    attachment["nietBewaard"]?.string.map { "niet bewaard: \($0)" } ?? attachment["soort"]?.string
                Output.line(
                    "  Bijlage \(attachment["nummer"]?.integer ?? 0): \(attachment["bestandsnaam"]?.string ?? "") (\(kept ?? ""), \(attachment["grootte"]?.integer ?? 0) bytes)"
                )
            }
        }
    }

    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Save one attachment to a new file (0600). That you read it is written down first.",
            discussion: "The gateway opens no attachments: check them as you check any file from outside.")

        @Argument(help: "The number of the mail.") var number: Int
        @Argument(help: "The number of the attachment.") var attachment: Int
        @Option(help: "The new file.", completion: .file()) var out: String
        @OptionGroup var gateway: GatewayOption

        func run() async throws {
            guard !FileManager.default.fileExists(atPath: out) else { throw Output.fail("\(out) exists already.") }
            let bytes = try await gateway.client().bytes("/v1/post/\(number)/bijlagen/\(attachment)")
            let made = FileManager.default.createFile(
                atPath: out, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
            guard made else { throw Output.fail("\(out) cannot be written.") }
            Output.line("bijlage \(attachment) van post \(number) staat in \(out)")
        }
    }

    struct Judge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what a mail is, and to which case it belongs.",
            discussion: """
                Feedback, a match or a request that brings more than this can say is submitted as its own event with `post: N`. A \
                later, different judgement is a correction; the first one stays.
                """)

        @Argument(help: "The number of the mail.") var number: Int
        @Option(
            help:
                "ontvangstbevestiging, vraag, terugkoppeling, match, informatieverzoek, automatisch or nietTerZake.")
        var `as`: String
        @Option(help: "The school (BRIN) of the case, where the mail belongs to none yet or to another.")
        var school: String?
        @Option(name: .customLong("case"), help: "The school's own reference of that case (zaak).") var zaak: String?
        @Option(help: "A note; stays within the school.") var note: String?
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            guard (school == nil) == (zaak == nil) else { throw ValidationError("Give --school and --case together.") }
            var body: [String: JSONValue] = ["soort": .string(self.as)]
            if let school { body["school"] = .string(school) }
            if let zaak { body["zaak"] = .string(zaak) }
            if let note { body["toelichting"] = .string(note) }
            let answer = try await gateway.client().call(
                .post, "/v1/post/\(number)/oordeel", body: JSONValue.object(body).canonicalBytes)
            DeliveryText.done("beoordeeld: post \(number) is \(self.as)", answer, json: output.json)
        }
    }

    struct Probe: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Test reachability and credentials of mailboxes. Reads and changes no message.")

        @Argument(help: "A mailbox of the configuration (default: all).") var mailbox: String?
        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let loaded = try configuration.load()
            let chosen = loaded.mailboxes.filter { mailbox == nil || $0.id == mailbox }
            guard !chosen.isEmpty else {
                let near = mailbox.flatMap { Suggestion.nearest(to: $0, among: loaded.mailboxes.map(\.id)) }
                throw Output.fail("unknown mailbox.\(near.map { " Did you mean \($0)?" } ?? "")")
            }
            let engine = CurlEngine(maximumTransfers: 4)
            var results: [(id: String, reason: String?)] = []
            for one in chosen {
                let result = try await IMAPMailbox(IMAPAccount(one), engine: engine).probe()
                let reason: String? = if case .failed(let reason) = result { reason.label.rawValue } else { nil }
                results.append((one.id, reason))
            }
            await engine.shutdown(grace: .seconds(1))
            if output.json {
                Output.json(
                    .array(
                        results.map {
                            [
                                "mailbox": .string($0.id),
                                "result": .string($0.reason.map { "failed: \($0)" } ?? "reachable"),
                            ]
                        }))
            } else {
                results.forEach { Output.line("\($0.id)\t\($0.reason.map { "failed: \($0)" } ?? "reachable")") }
            }
            if results.contains(where: { $0.reason != nil }) { throw ExitCode.failure }
        }
    }
}
