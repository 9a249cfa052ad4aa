// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

// What the two sides say to each other: frames of a length and a JSON text. The gateway's side keeps the connections, the passwords of
// its counterparts and the certificates; the adapter's side knows its settings and what it is asked to deliver, and asks for the rest.

/// What the gateway says to an adapter in a process of its own.
enum ToAdapter: Codable, Sendable {
    /// The first frame, once.
    case configure(Configuration)
    case call(Int, Call)
    /// What came of something that the adapter asked while it worked on a call.
    case answer(call: Int, ask: Int, Answer)
    /// The caller does not wait any longer.
    case cancel(Int)
}

/// What an adapter in a process of its own says.
enum FromAdapter: Codable, Sendable {
    /// The answer to `configure`.
    case configured(Configured)
    case result(Int, CallResult)
    case ask(call: Int, ask: Int, Ask)
}

/// The protocol's version; both sides are the same program, or say that they are not.
let wireVersion = 1

/// What an adapter is made from.
struct Configuration: Codable, Sendable {
    struct Entry: Codable, Sendable {
        let path: [String]
        let value: String
    }

    let version: Int
    let values: JSONValue
    let channel: String
    /// The one way on which a secret leaves this process: a socket that only the child holds.
    let secrets: [Entry]

    init(_ settings: AdapterSettings) {
        version = wireVersion
        values = settings.values
        channel = settings.channel
        secrets = settings.secrets.map { path, secret in Entry(path: path, value: secret.exposed { $0 }) }
    }

    var settings: AdapterSettings {
        let all = secrets.map { ($0.path, Secret($0.value)) }
        return AdapterSettings(
            values: values, channel: channel, secrets: Dictionary(all, uniquingKeysWith: { first, _ in first }))
    }
}

enum Configured: Codable, Sendable {
    case ready
    case refused(SettingProblems)
    case otherVersion(Int)
}

/// What an adapter is asked to do.
enum Call: Codable, Sendable {
    case deliver(Disclosure)
    case handover(Disclosure)
    case probe
    case find(PupilQuery)
    case concerns([UInt8])
}

/// What came of a call.
enum CallResult: Codable, Sendable {
    case outcome(Outcome)
    case document(HandoverDocument)
    case impossible(HandoverImpossible)
    case probe(ProbeResult)
    case pupils(PupilAnswer)
    case concerns([ExportedConcern])
    case problems(ConcernFileProblems)

    /// Whether it is a result that such a call can have.
    func fits(_ call: Call) -> Bool {
        switch (call, self) {
        case (.deliver, .outcome), (.handover, .document), (.handover, .impossible), (.probe, .probe),
            (.find, .pupils), (.concerns, .concerns), (.concerns, .problems):
            true
        default: false
        }
    }
}

/// What an adapter asks of its transport.
enum Ask: Codable, Sendable {
    case http(HTTPRequest)
    case mail(MailMessage)
    case probe
    case write(DroppedFile)
    case remove(String)

    /// Whether it could bring something to the counterpart: anything but a probe and a look-up without a body.
    var carries: Bool {
        switch self {
        case .probe: false
        case .http(let request): request.method != .get || !request.body.isEmpty
        case .mail, .write, .remove: true
        }
    }
}

/// What its transport answered.
enum Answer: Codable, Sendable {
    case http(Exchange<HTTPResponse>)
    case mail(Exchange<MailReceipt>)
    case probe(ProbeResult)
    case file(Exchange<FileReceipt>)

    /// Whether nothing of what was asked has reached the counterpart.
    var isNotSent: Bool {
        switch self {
        case .http(.notSent), .mail(.notSent), .file(.notSent): true
        default: false
        }
    }
}

extension OutboundTransport {
    /// Does what an adapter in another process asks.
    func answer(_ ask: Ask) async -> Answer {
        switch ask {
        case .http(let request): .http(await send(request))
        case .mail(let mail): .mail(await send(mail))
        case .probe: .probe(await probe())
        case .write(let file): .file(await write(file))
        case .remove(let name): .file(await remove(fileNamed: name))
        }
    }
}
