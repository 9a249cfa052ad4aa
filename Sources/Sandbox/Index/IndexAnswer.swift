// SPDX-License-Identifier: EUPL-1.2

/// What a counterpart does with one request.
public indirect enum IndexAnswer: Sendable, Hashable {
    /// A plain answer; `Content-Length` is added.
    case response(status: Int, headers: [RecordedRequest.Header], body: [UInt8])
    /// A JSON body.
    case json(Int, String)
    /// An XML body (`text/xml`).
    case xml(Int, String)
    /// Closes as soon as the headers are in, without reading the body, without an answer. Decided before the body is
    /// known: a behaviour that looks at the request acts on it only after the body, as `hangUpAfterRequest`.
    case hangUpAfterHeaders
    /// Reads the whole request, then closes without an answer: the sender cannot know whether it arrived.
    case hangUpAfterRequest
    /// Reads the whole request and never answers; the connection stays open.
    case never
    /// Answers after this time.
    case delay(Duration, then: IndexAnswer)
    /// 200 with a body of that many bytes; when not `announced` it comes in chunks, so that no header tells its size.
    case oversized(bytes: Int, announced: Bool = true)
    /// 307 to that address: a client that follows it sends the body again.
    case redirect(to: String)
    /// This status with `Retry-After` in seconds.
    case retryAfter(Int, seconds: Int)
    /// Announces a longer body than it sends, then closes.
    case cutShort
    /// Bytes that are not HTTP, then closes.
    case garbage

    /// The parts of an answer that is written in one piece; nil for all others.
    var plain: (status: Int, headers: [RecordedRequest.Header], body: [UInt8])? {
        switch self {
        case .response(let status, let headers, let body): (status, headers, body)
        case .json(let status, let body): (status, [.init("Content-Type", "application/json")], Array(body.utf8))
        case .xml(let status, let body): (status, [.init("Content-Type", "text/xml; charset=utf-8")], Array(body.utf8))
        case .redirect(let address): (307, [.init("Location", address)], [])
        case .retryAfter(let status, let seconds): (status, [.init("Retry-After", String(seconds))], [])
        default: nil
        }
    }
}

/// How a counterpart answers; replaceable while it runs.
public indirect enum IndexBehaviour: Sendable {
    /// The same for every request.
    case always(IndexAnswer)
    /// These answers one by one, counted from the moment this behaviour was set; afterwards `then`.
    case inTurn([IndexAnswer], then: IndexBehaviour)
    /// By the request and its number since this behaviour was set (from 1). Called on the connection's event loop:
    /// it must not block.
    case byRequest(@Sendable (RecordedRequest, Int) -> IndexAnswer)
    /// As a verwijsindex would, with that book as its memory.
    case book(IndexBook)

    /// A verwijsindex with an empty book, its API at the root.
    public static var index: IndexBehaviour { .book(IndexBook()) }

    /// The answer when it depends on nothing but the number of the request.
    func answer(inTurn turn: Int) -> IndexAnswer? {
        switch self {
        case .always(let answer): answer
        case .inTurn(let answers, let then):
            turn <= answers.count ? answers[turn - 1] : then.answer(inTurn: turn - answers.count)
        case .byRequest, .book: nil
        }
    }

    func answer(to arrival: Arrival) -> IndexAnswer {
        answer(to: arrival, turn: arrival.turn)
    }

    private func answer(to arrival: Arrival, turn: Int) -> IndexAnswer {
        switch self {
        case .always(let answer): answer
        case .inTurn(let answers, let then):
            turn <= answers.count ? answers[turn - 1] : then.answer(to: arrival, turn: turn - answers.count)
        case .byRequest(let decide): decide(arrival.recorded, turn)
        case .book(let book): book.answer(to: arrival.enquiry)
        }
    }
}
