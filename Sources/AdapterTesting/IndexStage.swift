// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Sandbox
import Synchronization
import Transport

/// An HTTPS counterpart that demands a client certificate.
final class IndexStage: Stage {
    let refusals = 4
    let delays = 2
    let tellsDelay = true
    let index: IndexCounterpart
    private let certificates: Certificates
    private let accepting: @Sendable (RecordedRequest) -> IndexAnswer
    private let isMessage: @Sendable (RecordedRequest) -> Bool

    init(
        accepting: @escaping @Sendable (RecordedRequest) -> IndexAnswer,
        isMessage: @escaping @Sendable (RecordedRequest) -> Bool
    ) async throws {
        certificates = try SuiteCertificates.prepare()
        self.accepting = accepting
        self.isMessage = isMessage
        index = IndexCounterpart(security: .mutual(certificates.server, clientCA: certificates.ca))
        try await index.start()
        set(.accepts)
    }

    func transport(total: Duration) throws -> any OutboundTransport {
        var endpoint = HTTPEndpoint(baseURL: index.baseURL + "/kanaal")
        endpoint.trust = .authorities(file: certificates.ca)
        endpoint.identity = .pem(
            certificateFile: certificates.client.certificate, keyFile: certificates.client.key, password: nil)
        endpoint.totalTimeout = total
        endpoint.maximumAnswerBytes = 100_000
        // An engine remembers that a counterpart asked for rest; the next check wants to start afresh.
        return try HTTPTransport(endpoint, engine: CurlEngine())
    }

    func set(_ mood: Mood) {
        switch mood {
        case .accepts: index.behaviour = .byRequest { [accepting] request, _ in accepting(request) }
        case .refuses(let variant): answerMessages(with: .json([400, 403, 404, 422][variant], "{}"))
        case .isBusy(let variant, let seconds):
            answerMessages(with: .retryAfter([429, 503][variant], seconds: seconds))
        case .hangsUp: answerMessages(with: .hangUpAfterRequest)
        case .staysSilent: answerMessages(with: .never)
        case .staysSilentOnce:
            let count = Counter()
            index.behaviour = .byRequest { [accepting, isMessage] request, _ in
                isMessage(request) && count.next() == 1 ? .never : accepting(request)
            }
        }
    }

    /// Answers the message this way, and soundly what is asked or uploaded before it.
    func answerMessages(with answer: IndexAnswer) {
        index.behaviour = .byRequest { [accepting, isMessage] request, _ in
            isMessage(request) ? answer : accepting(request)
        }
    }

    /// Answers one request of the next delivery this way, by its number from 1, and the others soundly. A look-up that is repeated on
    /// another connection is the same request.
    func answer(request number: Int, with answer: IndexAnswer) {
        let numbering = Numbering()
        index.behaviour = .byRequest { [accepting] request, _ in
            numbering.number(of: request) == number ? answer : accepting(request)
        }
    }

    /// Answers everything this way.
    func answerEverything(with answer: IndexAnswer) {
        index.behaviour = .byRequest { _, _ in answer }
    }

    var arrivals: [Arrival] {
        index.requests.map { request in
            Arrival(
                openPlaces: [("request line", request.requestLine)]
                    + request.headers.map { ("header \($0.name)", "\($0.name): \($0.value)") },
                content: request.body, raw: request.raw, identity: request.raw, isMessage: isMessage(request),
                isLookUp: request.method == "GET")
        }
    }

    var conversation: [String] { [] }
    var connections: Int { index.connections }

    func wait(for count: Int) async throws {
        while case let requests = index.requests, requests.count(where: isMessage) < count {
            try await index.waitForRequests(requests.count + 1, timeout: suitePatience)
        }
    }

    func goDown() async { await index.stop() }
    func comeBack() async throws { try await index.start() }

    func finish() async {
        await index.stop()
    }
}

/// Numbers from 1, to whoever asks.
private final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Numbers from 1 for requests that follow each other; a repetition keeps its number.
private final class Numbering: Sendable {
    private let last = Mutex<(line: String, number: Int)>(("", 0))

    func number(of request: RecordedRequest) -> Int {
        last.withLock { last in
            if last.line != request.requestLine { last = (request.requestLine, last.number + 1) }
            return last.number
        }
    }
}
