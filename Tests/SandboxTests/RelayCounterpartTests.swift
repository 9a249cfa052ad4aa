// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct RelayCounterpartTests {
    private static let message = """
        Date: Mon, 1 Sep 2025 10:00:00 +0200\r
        From: school@voorbeeld.invalid\r
        Message-ID: <1@voorbeeld.invalid>\r
        Subject: Proef\r
        \r
        .regel met een punt\r
        ..\r
        einde\r

        """

    private func with(_ rules: RelayRules = RelayRules(), _ body: (RelayCounterpart) async throws -> Void) async throws
    {
        let relay = RelayCounterpart(identity: try Tools.certificates().server, rules: rules)
        try await relay.start()
        do {
            try await body(relay)
        } catch {
            await relay.stop()
            throw error
        }
        await relay.stop()
    }

    private func send(_ relay: RelayCounterpart, _ extra: [String] = [], password: String? = nil) async throws -> Int32
    {
        let credentials = relay.rules.credentials
        return try await Tools.curl(
            [
                relay.url, "--ssl-reqd", "--cacert", Tools.certificates().ca, "--upload-file", "-",
                "--user", "\(credentials.user):\(password ?? credentials.password)",
                "--mail-from", "school@voorbeeld.invalid", "--mail-rcpt", "veilig@thuis.invalid",
            ] + extra, input: Array(Self.message.utf8)
        ).status
    }

    @Test(arguments: ["AUTH=PLAIN", "AUTH=LOGIN"])
    func aMessageArrivesByteForByte(mechanism: String) async throws {
        try await with { (relay) async throws in
            #expect(try await send(relay, ["--login-options", mechanism, "--mail-rcpt", "kopie@thuis.invalid"]) == 0)
            let mail = try #require(try await relay.waitForMessages(1, timeout: .seconds(5)).first)
            #expect(mail.raw == Array(Self.message.utf8))
            #expect(mail.from == "school@voorbeeld.invalid")
            #expect(mail.recipients == ["veilig@thuis.invalid", "kopie@thuis.invalid"])
            #expect(mail.isSecure)
            #expect(mail.user == "meldpoort")
            #expect(mail.reply == "250 2.0.0 Accepted")
            #expect(mail.parsed.problems == [])
            #expect(relay.unacceptedMessages.isEmpty)
        }
    }

    @Test func nothingButTheHandshakeGoesInClear() async throws {
        try await with { (relay) async throws in
            #expect(try await send(relay) == 0)
            let transcript = try #require(relay.transcripts.first)
            let lines = String(decoding: transcript.beforeTLS, as: UTF8.self).components(separatedBy: "\r\n")
            #expect(lines.count == 3)
            #expect(lines[0].hasPrefix("EHLO "))
            #expect(lines[1...] == ["STARTTLS", ""])
            #expect(transcript.startedTLS)
            #expect(transcript.discardedBytes == 0)
            #expect(transcript.commands.contains("AUTH ***"))
            #expect(transcript.commands.contains("MAIL FROM:<school@voorbeeld.invalid>"))
            #expect(!transcript.commands.joined().contains("einde"))
        }
    }

    @Test func aClientThatInsistsIsTurnedAway() async throws {
        try await with(RelayRules(offersStartTLS: false, demandsWhatItOffers: false)) { (relay) async throws in
            #expect(try await send(relay) == 64)
            #expect(relay.messages.isEmpty)
        }
        try await with(RelayRules(offersAuth: false)) { (relay) async throws in
            // curl itself sends without logging in when nothing is offered; our transport must not.
            _ = try await send(relay)
            #expect(relay.messages.allSatisfy { $0.user == nil })
        }
        try await with { (relay) async throws in
            #expect(try await send(relay, password: "verkeerd") == 67)
            #expect(relay.messages.isEmpty)
        }
    }

    @Test func beforeTLSNothingIsTaken() async throws {
        try await with { (relay) async throws in
            let client = try RawClient(port: relay.port)
            #expect(client.read(until: "\r\n").hasPrefix("220 "))
            client.send("EHLO proef\r\n")
            let offered = client.read(until: "STARTTLS\r\n")
            #expect(offered.contains("250-8BITMIME\r\n") && offered.contains("250-SIZE 25000000\r\n"))
            #expect(!offered.contains("AUTH"))
            #expect(client.ask("MAIL FROM:<a@b.invalid>").hasPrefix("530 "))
            #expect(client.ask("AUTH PLAIN AGEAYg==").hasPrefix("538 "))
            #expect(client.ask("STARTTLS nu").hasPrefix("501 "))
            #expect(client.ask("NOOP").hasPrefix("250 "))
            #expect(client.ask("VRFY x").hasPrefix("500 "))
            #expect(client.ask("QUIT").hasPrefix("221 "))
            #expect(client.readToEnd() == "")
        }
    }

    @Test func commandsSmuggledAlongWithStartTLSAreDiscarded() async throws {
        try await with { (relay) async throws in
            let client = try RawClient(port: relay.port)
            _ = client.read(until: "\r\n")
            _ = client.ask("EHLO proef")
            let smuggled = "NOOP\r\nMAIL FROM:<boef@b.invalid>\r\n"
            client.send("STARTTLS\r\n" + smuggled)
            #expect(client.read(until: "220 2.0.0 Ready\r\n").hasSuffix("220 2.0.0 Ready\r\n"))
            let transcript = try #require(relay.transcripts.first)
            #expect(transcript.discardedBytes == smuggled.utf8.count)
            #expect(transcript.commands == ["EHLO proef", "STARTTLS"])
        }
    }

    @Test func theOrderOfCommandsIsKept() async throws {
        try await with(RelayRules(offersStartTLS: false, sizeLimit: 20)) { (relay) async throws in
            let client = try RawClient(port: relay.port)
            _ = client.read(until: "\r\n")
            #expect(client.ask("MAIL FROM:<a@b.invalid>").hasPrefix("503 "))
            #expect(client.ask("HELO proef").hasPrefix("250 "))
            let asked: [(String, String)] = [
                ("STARTTLS", "502"), ("RCPT TO:<a@b.invalid>", "503"), ("DATA", "503"), ("MAIL van mij", "501"),
                ("MAIL FROM:<a@b.invalid> SIZE=21", "552"), ("MAIL FROM:<a@b.invalid> RAAR=1", "555"),
                ("MAIL FROM:<a@b.invalid> SIZE=20 BODY=8BITMIME", "250"), ("DATA", "503"), ("RCPT TO:<>", "501"),
                ("RCPT TO:<c@d.invalid>", "250"), ("DATA", "354"), ("..punt\r\n.x\r\n.", "250"), ("DATA", "503"),
                ("MAIL FROM:<>", "250"), ("RCPT TO:<c@d.invalid>", "250"), ("DATA", "354"),
                ("twintig tekens en nog wat\r\n.", "552"), ("RSET", "250"),
            ]
            for (line, code) in asked { #expect(client.ask(line).hasPrefix(code), "\(line)") }
            #expect(relay.messages.map(\.raw) == [Array(".punt\r\nx\r\n".utf8)])
            #expect(relay.unacceptedMessages.count == 1)
            #expect(relay.messages.first?.isSecure == false)
        }
    }

    @Test(arguments: [
        (RelayStage.greeting, "554 5.0.0 No"), (.hello, "421 4.3.2 Later"), (.startTLS, "454 4.7.0 No TLS now"),
        (.auth, "535 5.7.8 No"), (.mail, "451 4.3.0 Later"), (.recipient, "450 4.2.0 Later"),
        (.recipient, "550 5.1.1 Unknown"), (.data, "451 4.3.0 Later"), (.message, "451 4.3.0 Later"),
        (.message, "554 5.6.0 Refused"),
    ])
    func itFailsWhereItIsTold(stage: RelayStage, line: String) async throws {
        try await with(RelayRules(failAt: [stage: .reply(line)])) { (relay) async throws in
            #expect(try await send(relay) != 0)
            #expect(relay.messages.isEmpty)
            #expect(relay.transcripts.first?.replies.contains(line) == true)
            #expect(relay.unacceptedMessages.map(\.reply) == (stage == .message ? [line] : []))
        }
    }

    @Test func hangingAndDroppingLeaveTheSenderInDoubt() async throws {
        // Not by curl: after its own timeout it sends QUIT and waits two minutes for the answer.
        let asked = ["HELO proef", "MAIL FROM:<a@b.invalid>", "RCPT TO:<c@d.invalid>", "DATA"]
        try await with(RelayRules(offersStartTLS: false, failAt: [.message: .hang])) { (relay) async throws in
            let patient = try RawClient(port: relay.port)
            _ = patient.read(until: "\r\n")
            for line in asked { #expect(!patient.ask(line).isEmpty) }
            patient.send("tekst\r\n.\r\nQUIT\r\n")
            let mail = try await relay.waitForUnacceptedMessages(1, timeout: .seconds(5))
            #expect(mail.map(\.reply) == [nil])

            relay.rules.failAt = [.message: .drop]
            let dropped = try RawClient(port: relay.port)
            _ = dropped.read(until: "\r\n")
            for line in asked { #expect(!dropped.ask(line).isEmpty) }
            #expect(dropped.ask("tekst\r\n.") == "")
            #expect(relay.unacceptedMessages.count == 2)
            #expect(relay.messages.isEmpty)
            await relay.dropConnections()
            #expect(patient.readToEnd() == "")

            relay.rules.failAt = [.greeting: .hang]
            #expect(try await send(relay, ["--max-time", "0.5"]) == 28)
            #expect(relay.unacceptedMessages.count == 2)
        }
    }

    @Test func aFailureCanHappenOnce() async throws {
        let once = RelayFailure(.reply("451 4.3.0 Later"), times: 1)
        try await with(RelayRules(failAt: [.message: once])) { (relay) async throws in
            #expect(try await send(relay) != 0)
            #expect(try await send(relay) == 0)
            #expect(relay.messages.count == 1)
        }
    }

    @Test func aSingleRecipientCanBeRefused() async throws {
        try await with(RelayRules(refusedRecipients: ["veilig@thuis.invalid": "550 5.1.1 Unknown"])) {
            (relay) async throws in
            #expect(try await send(relay, ["--mail-rcpt", "kopie@thuis.invalid"]) == 55)
            #expect(try await send(relay, ["--mail-rcpt", "kopie@thuis.invalid", "--mail-rcpt-allowfails"]) == 0)
            #expect(relay.messages.map(\.recipients) == [["kopie@thuis.invalid"]])
        }
    }

    @Test func anOutageEndsAtTheSamePort() async throws {
        try await with { (relay) async throws in
            let port = relay.port
            await relay.stop()
            #expect(relay.isDown)
            #expect(try await send(relay) == 7)
            try await relay.start()
            #expect(!relay.isDown)
            #expect(relay.port == port)
            async let waiting = relay.waitForMessages(1, timeout: .seconds(10))
            #expect(try await send(relay) == 0)
            #expect(try await waiting.count == 1)
            relay.forget()
            #expect(relay.messages.isEmpty && relay.transcripts.isEmpty)
        }
    }

    @Test func aLongLineEndsTheConversation() async throws {
        try await with { (relay) async throws in
            let client = try RawClient(port: relay.port)
            _ = client.read(until: "\r\n")
            client.send(Array(repeating: 65, count: 9000))
            #expect(client.readToEnd().hasPrefix("500 "))
        }
    }
}
