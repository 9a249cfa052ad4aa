// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Intranet
import Synchronization
import Values

/// A counterpart without a network: it answers each request as the test says, and keeps them all.
final class Site: OutboundTransport {
    private let requestsSoFar = Mutex<[HTTPRequest]>([])
    private let filesSoFar = Mutex<[String: [UInt8]]>([:])
    private let answering: @Sendable (String, HTTPRequest) -> Exchange<HTTPResponse>

    /// - Parameter answering: Gets `GET /posts?slug=…` and the request itself.
    init(_ answering: @escaping @Sendable (String, HTTPRequest) -> Exchange<HTTPResponse>) {
        self.answering = answering
    }

    var requests: [HTTPRequest] { requestsSoFar.withLock { $0 } }
    var lines: [String] { requests.map { "\($0.method.rawValue) \($0.path)" } }
    /// The lines of what changes something.
    var changes: [String] { lines.filter { !$0.hasPrefix("GET") } }
    var files: [String: [UInt8]] { filesSoFar.withLock { $0 } }

    func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        requestsSoFar.withLock { $0.append(request) }
        return answering("\(request.method.rawValue) \(request.path)", request)
    }

    func send(_ mail: MailMessage) async -> Exchange<MailReceipt> { .notSent(OutcomeReason(.notSent)) }
    func probe() async -> ProbeResult { .reachable }

    func write(_ file: DroppedFile) async -> Exchange<FileReceipt> {
        filesSoFar.withLock { $0[file.name] = file.bytes }
        return .answered(FileReceipt())
    }

    func remove(fileNamed name: String) async -> Exchange<FileReceipt> {
        filesSoFar.withLock { $0[name] = nil }
        return .answered(FileReceipt())
    }
}

extension Exchange<HTTPResponse> {
    static func json(_ status: Int, _ body: String = "{}", retryAfter: Int? = nil) -> Self {
        .answered(HTTPResponse(status: status, body: Array(body.utf8), retryAfterSeconds: retryAfter))
    }
}

/// Settings and messages for the tests.
enum Example {
    static let png = "iVBORw0KGgo="
    static let digest = "4c4b6a3be1314ab8"

    static func adapter(_ target: String, _ more: JSONValue = [:]) throws -> any Adapter {
        var members: [String: JSONValue] = [
            "content_type": "posts", "status": "publish", "categories": [], "withdrawal": "trash",
            "rest_path": "/wp-json/wp/v2",
        ]
        members.merge(more.object ?? [:]) { $1 }
        var values: [String: JSONValue] = ["target": .string(target), "wordpress": .object(members)]
        values[target] = target == "wordpress" ? .object(members) : more
        return try IntranetAdapter(
            settings: AdapterSettings(values: .object(values), channel: target == "html" ? "folder" : "api"))
    }

    static func page(
        _ changes: [String: JSONValue] = [:], without gone: [String] = [], after earlier: String? = nil
    ) -> Disclosure {
        var content: [String: JSONValue] = [
            "publicatie": "stappen-2026", "onderwerp": "stappenMeldcode", "titel": "De stappen & wie ze zet",
            "samenvatting": "Zo werkt de meldcode bij ons.", "tekst": "## Stap 1\n\nZie je [iets]? **Overleg**.",
            "afbeelding": [
                "bestandsnaam": "IMG_0001.png", "soort": "image/png", "inhoud": .string(png),
                "beschrijving": "Vijf stappen op een rij",
            ],
            "meldpoort": ["school": ["brin": "99XX", "naam": "School Voorbeeld"]],
        ]
        content.merge(changes) { $1 }
        return disclosure(.publicatie, .object(content.filter { !gone.contains($0.key) }), earlier)
    }

    static func withdrawal(_ reference: JSONValue = "stappen-2026", after earlier: String? = nil) -> Disclosure {
        disclosure(.publicatieIntrekking, ["publicatie": reference], earlier)
    }

    private static func disclosure(_ kind: MessageKind, _ content: JSONValue, _ earlier: String?) -> Disclosure {
        let intranet = Recipient(id: "intranet", kind: .intranet, name: "Intranet", channel: .api)
        return SampleMessage(kind, to: intranet).disclosure
            .replacing(content: content, counterpartReference: earlier)
    }

    static func json(_ request: HTTPRequest?) throws -> JSONValue {
        try StrictJSON.read(request?.body ?? []).get()
    }
}
