// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import Foundation
import Values

struct Deliveries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "See and decide about deliveries, through the running gateway and with your own token.",
        subcommands: [List.self, Show.self, Confirm.self, Release.self, Close.self, Retry.self, Cancel.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List deliveries: number, state, recipient, reason.")

        @Option(help: "Only this state: wachtOpBevestiging, inWachtrij, geparkeerd, onbekend, …")
        var status: String?

        @Option(help: "Only this recipient.")
        var recipient: String?

        @Option(help: "At most this many (1 to 200).")
        var limit = 100

        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            var query = ["aantal=\(limit)"]
            if let status { query.append("status=\(try Self.plain(status))") }
            if let recipient { query.append("ontvanger=\(try Self.plain(recipient))") }
            let answer = try await gateway.client().call(.get, "/v1/afleveringen?" + query.joined(separator: "&"))
            if output.json { return Output.json(answer) }
            let rows = answer["afleveringen"]?.array ?? answer.array ?? []
            if rows.isEmpty { Output.line("Geen afleveringen.") }
            for row in rows {
                let number = row["nummer"]?.integer ?? 0
                let reason = row["reden"]?.string.map { " (\($0))" } ?? ""
                Output.line("\(number)\t\(row["status"]?.string ?? "")\t\(row["ontvanger"]?.string ?? "")\(reason)")
            }
        }

        private static func plain(_ text: String) throws -> String {
            guard text.utf8.allSatisfy({ $0.isPlain }) else {
                throw ValidationError("Use letters, digits and hyphens only.")
            }
            return text
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one delivery: ground, fields, shortfalls, what it waits for. Never the content.")

        @Argument(help: "The delivery's number.") var number: Int
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            DeliveryText.show(try await gateway.client().call(.get, "/v1/afleveringen/\(number)"), json: output.json)
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm a waiting delivery, as the person of your token.")

        @Argument(help: "The delivery's number.") var number: Int
        @Option(help: "The role in which you confirm, if you have more than one.") var role: String?
        @Flag(help: "You looked at what the check found in the free text.") var textChecked = false
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            var body: [String: JSONValue] = [:]
            if let role { body["rol"] = .string(role) }
            if textChecked { body["tekstNagekeken"] = true }
            let answer = try await gateway.client().call(
                .post, "/v1/afleveringen/\(number)/bevestiging", body: JSONValue.object(body).canonicalBytes)
            DeliveryText.done("bevestigd: aflevering \(number)", answer, json: output.json)
        }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Release a handover to yourself: prints the text to pass on. From then on it counts as disclosed."
        )

        @Argument(help: "The delivery's number.") var number: Int
        @Option(help: "Write the text as a PDF to this new file, for your eyes only (mode 600).", completion: .file())
        var pdf: String?
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let path = "/v1/afleveringen/\(number)/vrijgave"
            if let pdf {
                if try await release(path, to: pdf) { Output.line("\(pdf)") }
            } else {
                let answer = try await gateway.client().call(.post, path, body: Array("{}".utf8))
                if output.json { return Output.json(answer) }
                HandoverText.show(answer)
            }
            Output.line("\nSluit daarna af: meldpoort deliveries close \(number) --given (of --no-given)")
        }

        /// The file is there before anything is released, and gone when there is no PDF for it: then the text is printed.
        private func release(_ path: String, to file: String) async throws -> Bool {
            let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw Output.fail("\(file) cannot be made, or is there already.") }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            do {
                let bytes = try await gateway.client().fetch(
                    .post, path, accepting: "application/pdf", body: Array("{}".utf8))
                if bytes.starts(with: Array("%PDF-".utf8)) {
                    try handle.write(contentsOf: Data(bytes))
                    return true
                }
                if case .success(let answer) = StrictJSON.read(bytes) { HandoverText.show(answer) }
                _ = unlink(file)
                Output.error("let op: de PDF kon niet worden gemaakt. Hierboven staat dezelfde tekst.")
                return false
            } catch {
                _ = unlink(file)
                throw error
            }
        }
    }

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a released handover, or settle a delivery of which it is unknown whether it arrived.")

        @Argument(help: "The delivery's number.") var number: Int
        @Flag(inversion: .prefixedNo, help: "Whether it was given.") var given: Bool
        @Option(help: "When it was given, such as 2026-03-01T09:30:00+01:00.") var at: String?
        @Option(help: "How: telefoon, gesprek, brief, anders.") var how: String?
        @Option(help: "The counterpart's own reference.") var reference: String?
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            var body: [String: JSONValue] = ["verstrekt": .bool(given)]
            if let at { body["tijdstip"] = .string(at) }
            if let how { body["wijze"] = .string(how) }
            if let reference { body["kenmerk"] = .string(reference) }
            let answer = try await gateway.client().call(
                .post, "/v1/afleveringen/\(number)/afsluiting", body: JSONValue.object(body).canonicalBytes)
            DeliveryText.done("afgesloten: aflevering \(number)", answer, json: output.json)
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a parked, rejected or unknown delivery back in the queue. The rules judge it again.")

        @Argument(help: "The delivery's number.") var number: Int
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let answer = try await gateway.client().call(
                .post, "/v1/afleveringen/\(number)/herkansing", body: Array("{}".utf8))
            DeliveryText.done("opnieuw in de wachtrij: aflevering \(number)", answer, json: output.json)
        }
    }

    struct Cancel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Cancel a delivery that has not left.")

        @Argument(help: "The delivery's number.") var number: Int
        @OptionGroup var gateway: GatewayOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let answer = try await gateway.client().call(
                .post, "/v1/afleveringen/\(number)/annulering", body: Array("{}".utf8))
            DeliveryText.done("geannuleerd: aflevering \(number)", answer, json: output.json)
        }
    }
}

extension UInt8 {
    fileprivate var isPlain: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
            || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") || self == UInt8(ascii: ".")
    }
}
