// SPDX-License-Identifier: EUPL-1.2
import NIOCore
import NIOSSL
import Synchronization

/// What all connections of one counterpart share: the behaviour and the record.
final class IndexDesk: Sendable {
    private struct State {
        var behaviour: IndexBehaviour
        var ordinal = 0
        /// The ordinal of the last request before the behaviour was set.
        var setAfter = 0
    }

    let record = Record<RecordedRequest>()
    let refusedConnections = Atomic<Int>(0)
    private let keepsRequests: Bool
    private let state: Mutex<State>

    init(_ behaviour: IndexBehaviour, keepsRequests: Bool) {
        self.keepsRequests = keepsRequests
        state = Mutex(State(behaviour: behaviour))
    }

    var behaviour: IndexBehaviour {
        get { state.withLock { $0.behaviour } }
        set {
            state.withLock { state in
                state.behaviour = newValue
                state.setAfter = state.ordinal
            }
        }
    }

    func begin(_ head: RequestHead, connection: Int) -> (arrival: Arrival, behaviour: IndexBehaviour) {
        state.withLock { state in
            state.ordinal += 1
            let turn = state.ordinal - state.setAfter
            return (Arrival(head: head, ordinal: state.ordinal, turn: turn, connection: connection), state.behaviour)
        }
    }

    func note(_ arrival: Arrival) {
        record.add(keepsRequests ? arrival.recorded : nil)
    }
}

/// One connection: requests one after another, each answered before the next is read.
final class IndexConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let desk: IndexDesk
    private let number: Int
    private var reader = RequestReader()
    private var buffer = ByteBuffer()
    private var current: (arrival: Arrival, behaviour: IndexBehaviour)?
    private var isBusy = false
    private var isClosing = false

    init(desk: IndexDesk, number: Int) {
        self.desk = desk
        self.number = number
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isClosing else { return }
        var incoming = unwrapInboundIn(data)
        if buffer.readableBytes == 0 { buffer = incoming } else { buffer.writeBuffer(&incoming) }
        proceed(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A peer that is cut off skips TLS's farewell: no refusal. What fails before the first request is one.
        if error is BoringSSLError || error is NIOSSLExtraError || error is NIOSSLError, !isUncleanEnd(error),
            !isClosing
        {
            desk.refusedConnections.add(1, ordering: .relaxed)
        }
        isClosing = true
        context.close(promise: nil)
    }

    private func isUncleanEnd(_ error: any Error) -> Bool {
        if case .some(.uncleanShutdown) = error as? NIOSSLError { return true }
        return false
    }

    private func proceed(_ context: ChannelHandlerContext) {
        while !isBusy, !isClosing, let event = reader.next(&buffer) {
            switch event {
            case .head(let head): begin(head, context)
            case .complete(let body, let raw): complete(body, raw, context)
            case .malformed(let status):
                write(status: status, headers: [], body: [], keepsAlive: false, context)
            }
        }
    }

    private func begin(_ head: RequestHead, _ context: ChannelHandlerContext) {
        let begun = desk.begin(head, connection: number)
        current = begun
        if begun.behaviour.answer(inTurn: begun.arrival.turn) == .hangUpAfterHeaders {
            var arrival = begun.arrival
            arrival.raw = reader.partial(buffer)
            desk.note(arrival)
            cut(context)
        } else if head.expectsContinue {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")), promise: nil)
        }
    }

    private func complete(_ body: ByteBuffer, _ raw: ByteBuffer, _ context: ChannelHandlerContext) {
        guard let (begun, behaviour) = current else { return }
        current = nil
        var arrival = begun
        arrival.body = body
        arrival.raw = raw
        arrival.isComplete = true
        // Noted before it is answered: who has the answer finds the request in the record.
        let answer = behaviour.answer(to: arrival)
        desk.note(arrival)
        give(answer, keepsAlive: arrival.head.keepsAlive, context)
    }

    private func give(_ answer: IndexAnswer, keepsAlive: Bool, _ context: ChannelHandlerContext) {
        if let plain = answer.plain {
            write(status: plain.status, headers: plain.headers, body: plain.body, keepsAlive: keepsAlive, context)
            return
        }
        switch answer {
        case .hangUpAfterHeaders, .hangUpAfterRequest:
            cut(context)
        case .delay(let time, let then):
            isBusy = true
            context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(time)) {
                self.isBusy = false
                self.give(then, keepsAlive: keepsAlive, context)
                self.proceed(context)
            }
        case .oversized(let bytes, let announced):
            isBusy = true
            OversizedBody(left: bytes, announced: announced).start(context)
        case .cutShort:
            finish(with: "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"signaal", context)
        case .garbage:
            finish(with: "\u{1}\u{2}dit is geen HTTP\r\n\r\n\u{3}", context)
        default:
            // .never: the next request on this connection is not read either.
            isBusy = true
        }
    }

    private func write(
        status: Int, headers: [RecordedRequest.Header], body: [UInt8], keepsAlive: Bool,
        _ context: ChannelHandlerContext
    ) {
        var out = context.channel.allocator.buffer(capacity: 160 + body.count)
        out.writeString("HTTP/1.1 \(status) \(StatusPhrase.of(status))\r\n")
        for header in headers { out.writeString("\(header.name): \(header.value)\r\n") }
        if status != 204 { out.writeString("Content-Length: \(body.count)\r\n") }
        out.writeString(keepsAlive ? "\r\n" : "Connection: close\r\n\r\n")
        out.writeBytes(body)
        context.writeAndFlush(wrapOutboundOut(out), promise: nil)
        if !keepsAlive { close(context) }
    }

    private func finish(with text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        close(context)
    }

    private func close(_ context: ChannelHandlerContext) {
        isClosing = true
        context.close(promise: nil)
    }

    private func cut(_ context: ChannelHandlerContext) {
        isClosing = true
        context.triggerUserOutboundEvent(CutLine(), promise: nil)
    }
}

/// Writes a large answer piece by piece, the next when the last is gone, so that it costs no memory.
private final class OversizedBody {
    private static let piece = ByteBuffer(repeating: 120, count: 64 * 1024)

    private var left: Int
    private let announced: Bool

    init(left: Int, announced: Bool) {
        self.left = left
        self.announced = announced
    }

    func start(_ context: ChannelHandlerContext) {
        let framing = announced ? "Content-Length: \(left)" : "Transfer-Encoding: chunked"
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\(framing)\r\n\r\n"
        context.write(NIOAny(ByteBuffer(string: head)), promise: nil)
        next(context)
    }

    private func next(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let size = min(left, Self.piece.readableBytes)
        var out = ByteBuffer()
        if !announced { out.writeString("\(String(size, radix: 16))\r\n") }
        if let part = Self.piece.getSlice(at: 0, length: size) { out.writeImmutableBuffer(part) }
        if !announced { out.writeString("\r\n") }
        left -= size
        let isLast = announced ? left == 0 : size == 0
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(NIOAny(out), promise: written)
        written.futureResult.assumeIsolated().whenComplete { result in
            if case .failure = result { return }
            if isLast { context.close(promise: nil) } else { self.next(context) }
        }
    }
}

private enum StatusPhrase {
    static func of(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 307: "Temporary Redirect"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 503: "Service Unavailable"
        default: "Status"
        }
    }
}
