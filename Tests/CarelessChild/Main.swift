// SPDX-License-Identifier: EUPL-1.2
import AdapterPipe
import AdapterSDK
import Disclosures
import Foundation
import Glibc
import Values

/// A program that serves an adapter which does one thing badly, named by its first argument: for the tests of the pipe.
@main
struct CarelessChild {
    static func main() throws {
        switch CommandLine.arguments.dropFirst().first {
        case "garbage": speak(Array("dit is geen bericht".utf8))
        case "huge": speak([0x7F, 0xFF, 0xFF, 0xFF])
        case "end": return
        case "silent": pause()
        default: try AdapterServer(ServedAdapter.self).run()
        }
    }

    /// Says something at once, then waits to be ended.
    private static func speak(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { send(0, $0.baseAddress, $0.count, 0) }
        pause()
    }
}

/// Does what the reference of a disclosure says.
struct ServedAdapter: PupilSource, ConcernSource {
    static let specification = AdapterSpecification(
        name: "careless-child", summary: "Does as it is told.", recipientKinds: [.hulpverlener],
        channels: [.api, .handover], messages: [.verstrekking], settings: [], sample: "")

    let settings: AdapterSettings

    init(settings: AdapterSettings) throws(SettingProblems) {
        guard settings["bad"] == nil else {
            throw SettingProblems([
                .init(path: ["lijst", "1", "naam"], message: "te lang", suggestion: "kort")
            ])
        }
        self.settings = settings
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        let request = HTTPRequest(method: .post, path: "/in", headers: [], body: disclosure.content.canonicalBytes)
        switch disclosure.content["doe"]?.string {
        case "surroundings": return .accepted(Receipt(reference: surroundings))
        case "secret":
            let secret = settings.secret(at: "sleutel")?.exposed { $0 }
            return .accepted(Receipt(reference: "\(secret ?? "") \(String(describing: settings.secrets))"))
        case "crash": stop()
        case "crash after look-up":
            _ = await transport.send(HTTPRequest(method: .get, path: "/zoek", headers: [], body: []))
            stop()
        case "crash after sending":
            _ = await transport.send(request)
            stop()
        case "crash while sending":
            async let answer = transport.send(request)
            // The test answers this one when the other is on its way.
            _ = await transport.probe()
            stop()
            _ = await answer
        case "garbage": speak()
        case "garbage after sending":
            _ = await transport.send(request)
            speak()
        case "print": print("een naam die nergens mag komen")
        case "never": try? await Task.sleep(for: .seconds(3600))
        case "deaf": while true { _ = try? await Task.sleep(for: .seconds(3600)) }
        default: break
        }
        switch await transport.send(request) {
        case .answered(let response): return .accepted(Receipt(reference: "\(response.status) \(response.body.count)"))
        case .notSent(let reason): return .retry(afterSeconds: nil, reason)
        case .uncertain(let reason): return .unknown(reason)
        }
    }

    /// What a process could learn or reach beside its pipe.
    private var surroundings: String {
        let variables = ProcessInfo.processInfo.environment.keys.sorted()
        // What the runtime opens for itself leads nowhere: timers, events.
        let open = (0..<1024).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
        }
        .filter { $0 != "/dev/null" && !$0.hasPrefix("anon_inode:") }.map { $0.prefix { $0 != ":" } }
        return "\(variables) \(open) \(FileManager.default.currentDirectoryPath)"
    }

    /// Writes to the pipe what is no message, past the server that owns it.
    private func speak() {
        for descriptor in Int32(3)..<64 { _ = Glibc.send(descriptor, "onzin onzin onzin", 17, Int32(MSG_NOSIGNAL)) }
    }

    private func stop() { kill(getpid(), SIGKILL) }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard disclosure.message == .verstrekking else { throw HandoverImpossible(message: disclosure.message) }
        return HandoverDocument(
            title: "Proef", instruction: "Lees voor.",
            sections: [.init(heading: "Alles", lines: [.init(label: "x", value: disclosure.content.canonicalString)])])
    }

    func find(_ query: PupilQuery, over transport: any OutboundTransport) async -> PupilAnswer {
        .found([PupilRecord(values: [.achternaam: "Testkind"], withheld: query.fields)])
    }

    func concerns(in file: [UInt8]) throws(ConcernFileProblems) -> [ExportedConcern] {
        guard !file.isEmpty else { throw ConcernFileProblems([.init(line: 1, column: "datum", message: "leeg")]) }
        return [
            ExportedConcern(
                rowID: "\(file.count)", school: "99XX", caseReference: nil, pupil: PupilRecord(values: [:]),
                date: "2026-11-22", signal: "x", raisedBy: nil)
        ]
    }
}
