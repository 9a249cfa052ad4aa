// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Sandbox
import Transport

/// A mail relay with STARTTLS and AUTH. Its transport makes no PDFs: what a mail says must stand in it as plain text, too.
final class RelayStage: Stage {
    let refusals = 2
    let delays = 2
    let tellsDelay = false
    let relay: RelayCounterpart
    private let certificates: Certificates
    private let engine = CurlEngine()

    init() async throws {
        certificates = try SuiteCertificates.prepare()
        relay = RelayCounterpart(identity: certificates.server)
        try await relay.start()
    }

    func transport(total: Duration) throws -> any OutboundTransport {
        let credentials = relay.rules.credentials
        var configuration = SMTPRelay(
            host: "127.0.0.1", port: relay.port, username: credentials.user, password: Secret(credentials.password),
            sender: "meldpoort@voorbeeldbestuur.example")
        configuration.trust = .authorities(file: certificates.ca)
        configuration.totalTimeout = total
        return try SMTPTransport(configuration, engine: engine)
    }

    func set(_ mood: Mood) {
        var rules = RelayRules()
        switch mood {
        case .accepts: break
        case .refuses(let variant): rules.failAt = [[.message, .recipient][variant]: .reply("550 5.7.1 Refused")]
        case .isBusy(let variant, _): rules.failAt = [[.message, .recipient][variant]: .reply("451 4.3.0 Later")]
        case .hangsUp: rules.failAt = [.message: .drop]
        case .staysSilent: rules.failAt = [.message: .hang]
        case .staysSilentOnce: rules.failAt = [.message: RelayFailure(.hang, times: 1)]
        }
        relay.rules = rules
    }

    var arrivals: [Arrival] {
        (relay.messages + relay.unacceptedMessages).sorted { $0.receivedAt < $1.receivedAt }.map(Self.arrival)
    }

    private static func arrival(_ mail: ReceivedMail) -> Arrival {
        let parsed = mail.parsed
        var open = [("envelope", ([mail.from] + mail.recipients).joined(separator: " "))]
        for header in parsed.headers + parsed.parts.flatMap(\.headers) {
            open.append(("header \(header.name)", "\(header.name): \(header.value)"))
        }
        open += parsed.attachments.map { ("file name", $0.fileName ?? "") }
        let content = parsed.attachments.flatMap(\.bytes)
        let identity = [parsed.header("Message-ID") ?? "", parsed.subject, parsed.text].joined(separator: "\n")
        return Arrival(
            openPlaces: open, text: parsed.text, content: content, raw: mail.raw,
            identity: Array(identity.utf8) + content)
    }

    var conversation: [String] {
        relay.transcripts.flatMap { $0.commands + [String(decoding: $0.beforeTLS, as: UTF8.self)] }
    }

    var connections: Int { relay.connections }

    /// A message counts when it was read to the end, whatever the relay then does with it.
    func wait(for count: Int) async throws {
        let accepted = relay.messages.count
        if accepted < count { try await relay.waitForUnacceptedMessages(count - accepted, timeout: suitePatience) }
    }

    func goDown() async { await relay.stop() }
    func comeBack() async throws { try await relay.start() }

    func finish() async {
        await engine.shutdown(grace: .zero)
        await relay.stop()
    }
}
