// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Dispatch
import Foundation
import Testing
import Transport

/// A real relay dialogue on 127.0.0.1, with STARTTLS and AUTH.
@Suite(.timeLimit(.minutes(5)))
struct SMTPTests {
    private let engine = CurlEngine()
    private let certificates: TestCertificates
    private let tls: ServerTLS
    private let mail = MailMessage(
        to: ["process@vt.example", "tweede@vt.example"], subject: "Bericht", text: "Zie de bijlage.\n.\n..punt",
        attachments: [.init(fileName: "verslag.pdf", contentType: "application/pdf", bytes: [UInt8](0...255))],
        messageIDLocalPart: "aflevering-1")

    init() throws {
        certificates = try TestCertificates.shared.get()
        tls = try ServerTLS(certificates)
    }

    private func relay(_ change: (inout ScriptedRelay.Script) -> Void = { _ in }) throws -> ScriptedRelay {
        var script = ScriptedRelay.Script()
        change(&script)
        return try ScriptedRelay(script, tls: tls)
    }

    private func transport(
        _ relay: ScriptedRelay, _ change: (inout SMTPRelay) -> Void = { _ in }
    ) throws -> SMTPTransport {
        var settings = relay.settings(certificates)
        change(&settings)
        return try SMTPTransport(settings, engine: engine, now: { whenever })
    }

    @Test(arguments: [false, true])
    func `A mail arrives byte for byte`(implicitTLS: Bool) async throws {
        let relay = try relay { $0.implicitTLS = implicitTLS }
        let transport = try transport(relay) { $0.security = implicitTLS ? .implicitTLS : .startTLS }
        #expect(await transport.send(mail) == .answered(MailReceipt(code: 250)))
        let expected = """
            Date: Fri, 21 Nov 2025 10:00:00 +0000
            From: meldpoort@bestuur.example
            To: process@vt.example,
             tweede@vt.example
            Message-ID: <aflevering-1@bestuur.example>
            Subject: Bericht
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_Meldpoort_deel"

            --=_Meldpoort_deel
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            WmllIGRlIGJpamxhZ2UuDQouDQouLnB1bnQ=
            --=_Meldpoort_deel
            Content-Type: application/pdf
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment;
             filename="verslag.pdf"

            AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4
            OTo7PD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG1ub3Bx
            cnN0dXZ3eHl6e3x9fn+AgYKDhIWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmq
            q6ytrq+wsbKztLW2t7i5uru8vb6/wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t/g4eLj
            5OXm5+jp6uvs7e7v8PHy8/T19vf4+fr7/P3+/w==
            --=_Meldpoort_deel--

            """
        let text = try #require(relay.received.first)
        #expect(String(decoding: text, as: UTF8.self) == expected.replacing("\n", with: "\r\n"))
        #expect(relay.received.count == 1)
        let plain = implicitTLS ? [] : ["plain EHLO bestuur.example", "plain STARTTLS"]
        #expect(
            relay.server.notes == plain + [
                "tls EHLO bestuur.example", "tls AUTH PLAIN",
                "tls MAIL FROM:<meldpoort@bestuur.example> SIZE=\(text.count)",
                "tls RCPT TO:<process@vt.example>", "tls RCPT TO:<tweede@vt.example>", "tls DATA", "tls QUIT",
            ])
    }

    @Test func `A large attachment arrives whole`() async throws {
        let relay = try relay()
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let large = MailMessage(
            to: ["a@vt.example"], subject: "x", text: "",
            attachments: [.init(fileName: "a", contentType: "a/b", bytes: bytes)],
            messageIDLocalPart: "x")
        #expect(await (try transport(relay)).send(large) == .answered(MailReceipt(code: 250)))
        let lines = String(decoding: try #require(relay.received.first), as: UTF8.self).split(separator: "\r\n")
        let start = try #require(lines.firstIndex(of: " filename=\"a\""))
        let coded = lines[(start + 1)...].prefix { !$0.hasPrefix("--") }.joined()
        #expect(Data(base64Encoded: coded).map(Array.init) == bytes)
    }

    @Test func `Without STARTTLS nothing goes, not even the password`() async throws {
        let relay = try relay { $0.offersSTARTTLS = false }
        let transport = try transport(relay)
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.startTLSMissing)))
        #expect(await transport.probe() == .failed(OutcomeReason(.startTLSMissing)))
        #expect(Set(relay.server.notes).subtracting(["plain QUIT"]) == ["plain EHLO bestuur.example"])
    }

    @Test func `A refused STARTTLS sends nothing`() async throws {
        let relay = try relay { $0.startTLSReply = "454 nu niet" }
        #expect(await (try transport(relay)).send(mail) == .notSent(OutcomeReason(.startTLSMissing, status: 454)))
        #expect(!relay.server.notes.contains { $0.contains("MAIL") || $0.contains("AUTH") })
    }

    @Test(arguments: [nil, "AUTH", "AUTH ONBEKEND"])
    func `Without a usable AUTH nothing goes`(offer: String?) async throws {
        let relay = try relay { $0.authOffer = offer }
        let transport = try transport(relay)
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.authenticationFailed)))
        #expect(await transport.probe() == .failed(OutcomeReason(.authenticationFailed)))
        #expect(!relay.server.notes.contains { $0.contains("MAIL") || $0.contains("NOOP") })
    }

    @Test func `A wrong password sends nothing`() async throws {
        let relay = try relay()
        let transport = try transport(relay) { $0.password = Secret("fout") }
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.authenticationFailed, status: 535)))
        #expect(await transport.probe() == .failed(OutcomeReason(.authenticationFailed, status: 535)))
        #expect(!relay.server.notes.contains { $0.contains("MAIL") })
    }

    @Test func `A relay from another authority gets nothing`() async throws {
        let relay = try relay()
        let transport = try transport(relay) { $0.trust = .authorities(file: certificates.otherAuthority) }
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.tlsFailed)))
        #expect(!relay.server.notes.contains { $0.contains("AUTH") })
    }

    @Test(arguments: [("421 druk", OutcomeLabel.busyCounterpart, 421), ("554 weg", .refusedByCounterpart, 554)])
    func `A relay that does not want to talk gets nothing`(greeting: String, label: OutcomeLabel, status: Int)
        async throws
    {
        let relay = try relay { $0.greeting = greeting }
        #expect(await (try transport(relay)).send(mail) == .notSent(OutcomeReason(label, status: status)))
    }

    @Test(arguments: [451, 550], ["MAIL", "RCPT", "DATA", "content"])
    func `A refusal at any step is answered with its code`(code: Int, step: String) async throws {
        let relay = try relay { script in
            switch step {
            case "MAIL": script.mailReply = "\(code) nee"
            case "RCPT": script.recipientReply = "\(code) nee"
            case "DATA": script.dataReply = "\(code) nee"
            default: script.finalReply = "\(code)-nee\r\n\(code) echt niet"
            }
        }
        #expect(await (try transport(relay)).send(mail) == .answered(MailReceipt(code: code)))
        #expect(relay.received.count == (step == "content" ? 1 : 0))
    }

    @Test(arguments: ["greeting", "EHLO", "STARTTLS", "AUTH"])
    func `A relay that falls silent before the mail ends at the connect timeout`(step: String) async throws {
        let relay = try relay { $0.hangsAfter = step }
        let transport = try transport(relay) { $0.connectTimeout = .milliseconds(300) }
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.connectTimeout)))
    }

    @Test(arguments: ["MAIL", "RCPT", "DATA"])
    func `A relay that falls silent before the content took nothing`(step: String) async throws {
        let relay = try relay { $0.hangsAfter = step }
        let transport = try transport(relay) { $0.totalTimeout = .milliseconds(500) }
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.answerTimeout)))
    }

    @Test func `A relay that falls silent after the content is uncertain`() async throws {
        let relay = try relay { $0.hangsAfter = "content" }
        let transport = try transport(relay) { $0.totalTimeout = .milliseconds(500) }
        #expect(await transport.send(mail) == .uncertain(OutcomeReason(.answerTimeout)))
        #expect(relay.received.count == 1)
    }

    @Test(arguments: ["greeting", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "content"])
    func `A relay that hangs up is judged by how far the mail was`(step: String) async throws {
        let relay = try relay { $0.leavesAfter = step }
        let start = ContinuousClock.now
        let outcome = await (try transport(relay)).send(mail)
        #expect(ContinuousClock.now - start < .seconds(10), "noticed at once, not by a timeout")
        if step == "content" {
            #expect(outcome == .uncertain(OutcomeReason(.connectionLostAfterSending)))
        } else {
            let isNotSent = if case .notSent = outcome { true } else { false }
            #expect(isNotSent, "\(outcome)")
        }
        #expect(relay.server.connections == 1)
    }

    @Test func `A relay that accepts and does not answer QUIT has accepted`() async throws {
        let relay = try relay { $0.hangsAfter = "QUIT" }
        let start = ContinuousClock.now
        #expect(await (try transport(relay)).send(mail) == .answered(MailReceipt(code: 250)))
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `A mail cancelled while the relay decides is uncertain`() async throws {
        let reached = Moment()
        var script = ScriptedRelay.Script()
        script.hangsAfter = "content"
        let relay = try ScriptedRelay(script, tls: tls, reached: reached)
        let transport = try transport(relay)
        let task = Task { await transport.send(mail) }
        await reached.wait()
        task.cancel()
        #expect(await task.value == .uncertain(OutcomeReason(.cancelled)))
    }

    @Test func `A mail cancelled halfway is never ended as if it were whole`() async throws {
        let reached = Moment()
        let finished = Moment()
        let goOn = DispatchSemaphore(value: 0)
        var script = ScriptedRelay.Script()
        script.pauseInContent = {
            reached.come()
            goOn.wait()
        }
        script.contentEnded = { finished.come() }
        let relay = try ScriptedRelay(script, tls: tls)
        let transport = try transport(relay)
        let large = MailMessage(
            to: ["a@vt.example"], subject: "x", text: String(repeating: "regel\n", count: 2_000_000),
            messageIDLocalPart: "x")
        let task = Task { await transport.send(large) }
        await reached.wait()
        task.cancel()
        #expect(await task.value == .uncertain(OutcomeReason(.cancelled)))
        goOn.signal()
        await finished.wait()
        #expect(relay.received.isEmpty)
        #expect(relay.server.notes.last == "content broken off")
    }

    @Test func `Shutting down ends a mail that hangs`() async throws {
        let reached = Moment()
        var script = ScriptedRelay.Script()
        script.hangsAfter = "content"
        let relay = try ScriptedRelay(script, tls: tls, reached: reached)
        let transport = try transport(relay)
        let task = Task { await transport.send(mail) }
        await reached.wait()
        await engine.shutdown(grace: .milliseconds(100))
        #expect(await task.value == .uncertain(OutcomeReason(.interrupted)))
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.interrupted)))
    }

    @Test func `The probe authenticates and sends no mail`() async throws {
        let relay = try relay()
        #expect(await (try transport(relay)).probe() == .reachable)
        #expect(relay.server.notes.suffix(3) == ["tls AUTH PLAIN", "tls NOOP", "tls QUIT"])
    }

    @Test func `Nobody listening sent nothing`() async throws {
        var settings = try relay().settings(certificates)
        settings.port = try LoopbackServer.closedPort()
        let transport = try SMTPTransport(settings, engine: engine)
        #expect(await transport.send(mail) == .notSent(OutcomeReason(.connectionRefused)))
    }
}
