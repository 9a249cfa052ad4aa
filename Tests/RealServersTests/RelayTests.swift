// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import RealServers
import Sandbox
import Testing
import Transport

/// Our mail over a real postfix into a real dovecot: what arrives is what was sent, and what does not arrive is known.
@Suite(.serialized) struct RelayTests {
    static let post = MailAccount("post@school.example")
    static let full = MailAccount("vol@school.example", quotaBytes: 1)

    private let engine = CurlEngine()

    /// A mail that a mail server could spoil: lines that begin with a dot, odd line ends, every byte there is.
    static func mail(_ key: String, to address: String = post.address, size: Int = 2000) -> MailMessage {
        var bytes = Array("Eerste regel\r\n.\r\n..twee punten\nalleen LF\r\nFrom zo begint een mbox\r\n".utf8)
        bytes += (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        return MailMessage(
            to: [address], subject: "Bericht van Meldpoort met kenmerk MP-7K2M",
            text: ".begint met een punt\nTwee – regels",
            attachments: [
                .init(fileName: "bericht.txt", contentType: "text/plain; charset=utf-8", bytes: bytes)
            ], messageIDLocalPart: key)
    }

    private func transport(
        _ postfix: Postfix, _ dovecot: Dovecot, port: Int? = nil, security: SMTPRelay.Security = .startTLS,
        password: String = post.password
    ) throws -> SMTPTransport {
        var relay = SMTPRelay(
            host: "127.0.0.1", port: port ?? (security == .startTLS ? postfix.port : postfix.implicitTLSPort),
            username: Self.post.address, password: Secret(password), sender: Self.post.address)
        relay.security = security
        relay.trust = .authorities(file: dovecot.certificates.ca)
        relay.totalTimeout = .seconds(20)
        return try SMTPTransport(relay, engine: engine)
    }

    @Test(arguments: SMTPRelay.Security.allCases)
    func `a mail arrives as it was sent`(_ security: SMTPRelay.Security) async throws {
        try await Dovecot.run([Self.post]) { dovecot in
            try await Postfix.run(for: dovecot) { postfix in
                let transport = try transport(postfix, dovecot, security: security)
                #expect(await transport.probe() == .reachable)
                let mail = Self.mail("5b0c1f6e-0f9f-4a61-9d0e-1c2d3e4f5a6b")
                let position = postfix.position
                #expect(await transport.send(mail) == .answered(MailReceipt(code: 250)))
                try await postfix.waitForDelivery(after: position)
                let arrived = try #require(try dovecot.mails(of: Self.post.address).first)
                let parsed = ParsedMail(arrived)
                #expect(parsed.attachments.map(\.bytes) == mail.attachments.map { $0.bytes ?? [] })
                #expect(parsed.attachments.first?.fileName == "bericht.txt")
                #expect(parsed.subject == mail.subject)
                #expect(parsed.text.replacing("\r\n", with: "\n").trimmingCharacters(in: .newlines) == mail.text)
                #expect(parsed.header("Message-ID") == "<\(mail.messageIDLocalPart)@school.example>")
            }
        }
        await engine.shutdown(grace: .zero)
    }

    @Test func `without STARTTLS nothing is sent`() async throws {
        try await Dovecot.run([Self.post]) { dovecot in
            try await Postfix.run(for: dovecot, offersSTARTTLS: false) { postfix in
                let transport = try transport(postfix, dovecot)
                #expect(await transport.send(Self.mail("a-1")) == .notSent(OutcomeReason(.startTLSMissing)))
                #expect(await transport.probe() == .failed(OutcomeReason(.startTLSMissing)))
                #expect(try dovecot.mails(of: Self.post.address).isEmpty)
            }
        }
        await engine.shutdown(grace: .zero)
    }

    @Test(arguments: [true, false])
    func `with a wrong certificate nothing is sent`(_ isForeign: Bool) async throws {
        try await Dovecot.run([Self.post]) { dovecot in
            try await Postfix.run(
                for: dovecot, certificate: { isForeign ? $0.foreignServer : $0.misnamedServer }
            ) { postfix in
                for security in SMTPRelay.Security.allCases {
                    let transport = try transport(postfix, dovecot, security: security)
                    #expect(await transport.send(Self.mail("a-2")) == .notSent(OutcomeReason(.tlsFailed)))
                }
                #expect(try dovecot.mails(of: Self.post.address).isEmpty)
            }
        }
        await engine.shutdown(grace: .zero)
    }

    @Test func `with a wrong password nothing is sent`() async throws {
        try await Dovecot.run([Self.post]) { dovecot in
            try await Postfix.run(for: dovecot) { postfix in
                let transport = try transport(postfix, dovecot, password: "ander-wachtwoord")
                guard case .notSent(let reason) = await transport.send(Self.mail("a-3")) else {
                    Issue.record("sent with a wrong password")
                    return
                }
                #expect(reason.label == .authenticationFailed)
                #expect(try dovecot.mails(of: Self.post.address).isEmpty)
            }
        }
        await engine.shutdown(grace: .zero)
    }

    @Test(arguments: [(Dovecot.FullMailbox.refusedForGood, 552), (.refusedForNow, 452)])
    func `a full mailbox is an answer`(_ answer: Dovecot.FullMailbox, _ code: Int) async throws {
        try await Dovecot.run([Self.post, Self.full], fullMailbox: answer) { dovecot in
            try await Postfix.run(for: dovecot) { postfix in
                let transport = try transport(postfix, dovecot)
                let exchange = await transport.send(Self.mail("a-4", to: Self.full.address, size: 200_000))
                #expect(exchange == .answered(MailReceipt(code: code)))
                #expect(try dovecot.mails(of: Self.full.address).isEmpty)
            }
        }
        await engine.shutdown(grace: .zero)
    }

    /// Cut while the body is on its way it is uncertain, though the server got only a part; cut before, it may go again.
    @Test func `a cut connection is uncertain only when the body has left`() async throws {
        try await Dovecot.run([Self.post]) { dovecot in
            try await Postfix.run(for: dovecot) { postfix in
                let proxy = try CuttingProxy(to: postfix.port)
                defer { proxy.stop() }
                let transport = try transport(postfix, dovecot, port: proxy.port)
                for bytes in [0, 1, 300] {
                    proxy.cut = .afterClientBytes(bytes)
                    let exchange = await transport.send(Self.mail("b-\(bytes)", size: 300_000))
                    guard case .notSent = exchange else {
                        Issue.record("cut after \(bytes) bytes: \(exchange)")
                        continue
                    }
                }
                proxy.cut = .afterClientBytes(150_000)
                let exchange = await transport.send(Self.mail("b-deel", size: 300_000))
                guard case .uncertain = exchange else {
                    Issue.record("cut in the body: \(exchange)")
                    return
                }
                #expect(try dovecot.mails(of: Self.post.address).isEmpty)
            }
        }
        await engine.shutdown(grace: .zero)
    }

    /// The server has the mail, and its answer is lost: that is why an uncertain mail never goes again by itself. When a person sends it
    /// again, the recipient sees by its Message-ID that it is the same.
    @Test func `a lost answer is uncertain, and a repetition is recognisable`() async throws {
        try await Dovecot.run([Self.post]) { dovecot in
            try await Postfix.run(for: dovecot) { postfix in
                let proxy = try CuttingProxy(to: postfix.port, cut: .answerAfterClientBytes(150_000))
                defer { proxy.stop() }
                let transport = try transport(postfix, dovecot, port: proxy.port)
                let mail = Self.mail("c-zelfde", size: 300_000)
                var position = postfix.position
                let exchange = await transport.send(mail)
                #expect(exchange == .uncertain(OutcomeReason(.connectionLostAfterSending)))
                try await postfix.waitForDelivery(after: position)
                proxy.cut = .never
                position = postfix.position
                #expect(await transport.send(mail) == .answered(MailReceipt(code: 250)))
                try await postfix.waitForDelivery(after: position)
                let mails = try dovecot.mails(of: Self.post.address).map { ParsedMail($0) }
                #expect(mails.count == 2)
                #expect(Set(mails.compactMap { $0.header("Message-ID") }) == ["<c-zelfde@school.example>"])
            }
        }
        await engine.shutdown(grace: .zero)
    }
}
