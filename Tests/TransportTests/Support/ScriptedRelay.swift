// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Foundation
import Synchronization
import Transport

/// A mail relay that can misbehave at every step. Writes down each command it hears.
final class ScriptedRelay: Sendable {
    struct Script: Sendable {
        var greeting = "220 relay.voorbeeld.nl"
        var offersSTARTTLS = true
        var startTLSReply = "220 ga door"
        var authOffer: String? = "AUTH PLAIN LOGIN"
        var authReply = "235 welkom"
        var mailReply = "250 goed"
        var recipientReply = "250 goed"
        var dataReply = "354 kom maar"
        var finalReply = "250 aangenomen"
        var implicitTLS = false
        /// The step after which the relay says nothing more: a command word, or `content`.
        var hangsAfter: String?
        /// The step after which the relay hangs up.
        var leavesAfter: String?
        /// Called after the first line of a content, before the next is read.
        var pauseInContent: (@Sendable () -> Void)?
        /// Called when a content has ended or was broken off.
        var contentEnded: (@Sendable () -> Void)?
    }

    let server: LoopbackServer
    private let messages: Box<[[UInt8]]>

    /// The content of every message that was ended properly, as it came over the line.
    var received: [[UInt8]] { messages.value.withLock { $0 } }

    init(_ script: Script, tls: ServerTLS, reached: Moment? = nil) throws {
        let messages = Box(Mutex<[[UInt8]]>([]))
        self.messages = messages
        server = try LoopbackServer(tls: script.implicitTLS ? tls : nil) { peer in
            var session = Session(
                peer: peer, script: script, tls: tls, isEncrypted: script.implicitTLS, reached: reached)
            session.run { message in messages.value.withLock { $0.append(message) } }
        }
    }

    func settings(_ certificates: TestCertificates) -> SMTPRelay {
        var relay = SMTPRelay(
            host: "127.0.0.1", port: server.port, username: "school", password: Secret("geheim"),
            sender: "meldpoort@bestuur.example")
        relay.trust = .authorities(file: certificates.authority)
        relay.totalTimeout = .seconds(20)
        return relay
    }

    private struct Session {
        let peer: Peer
        let script: Script
        let tls: ServerTLS
        var isEncrypted: Bool
        let reached: Moment?

        mutating func run(_ take: ([UInt8]) -> Void) {
            guard say(script.greeting, after: "greeting") else { return }
            while let line = peer.readLine() {
                peer.note((isEncrypted ? "tls " : "plain ") + line)
                let word = String(line.prefix { $0 != " " }).uppercased()
                guard step(word, line, take) else { return }
            }
        }

        private mutating func step(_ word: String, _ line: String, _ take: ([UInt8]) -> Void) -> Bool {
            switch word {
            case "EHLO": return say(offers, after: word)
            case "STARTTLS":
                guard say(script.startTLSReply, after: word) else { return false }
                guard script.startTLSReply.hasPrefix("220") else { return true }
                isEncrypted = peer.startTLS(tls)
                return isEncrypted
            case "AUTH": return authenticate(line)
            case "MAIL": return say(script.mailReply, after: word)
            case "RCPT": return say(script.recipientReply, after: word)
            case "DATA":
                guard say(script.dataReply, after: word) else { return false }
                return script.dataReply.hasPrefix("354") ? readContent(take) : true
            case "NOOP": return say("250 goed", after: word)
            case "QUIT":
                _ = say("221 dag", after: word)
                return false
            default: return say("500 wat?", after: word)
            }
        }

        private var offers: String {
            var lines = ["relay.voorbeeld.nl", "SIZE 10000000"]
            if !isEncrypted, script.offersSTARTTLS { lines.append("STARTTLS") }
            if let offer = script.authOffer, isEncrypted { lines.append(offer) }
            return lines.dropLast().map { "250-\($0)\r\n" }.joined() + "250 " + (lines.last ?? "")
        }

        private func authenticate(_ line: String) -> Bool {
            if line.split(separator: " ").count == 2 {
                peer.write("334 \r\n")
                guard let secret = peer.readLine() else { return false }
                let plain = Data(base64Encoded: secret).map { String(decoding: $0, as: UTF8.self) }
                guard plain == "\0school\0geheim" else { return say("535 nee", after: "AUTH") }
            }
            return say(script.authReply, after: "AUTH")
        }

        private func readContent(_ take: ([UInt8]) -> Void) -> Bool {
            var message: [UInt8] = []
            defer { script.contentEnded?() }
            while let line = peer.readLine() {
                if message.isEmpty { script.pauseInContent?() }
                if line == "." {
                    take(message)
                    return say(script.finalReply, after: "content")
                }
                message += Array(line.utf8) + [13, 10]
            }
            peer.note("content broken off")
            return false
        }

        private func say(_ reply: String, after step: String) -> Bool {
            if script.leavesAfter == step { return false }
            if script.hangsAfter == step {
                reached?.come()
                peer.hang()
                return false
            }
            peer.write(reply + "\r\n")
            return true
        }
    }
}
