// SPDX-License-Identifier: EUPL-1.2
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Stands between the HTTP parser and the routes, one for each connection.
///
/// - What is no HTTP is answered with a problem like any other, after the answers that are still owed.
/// - A request that comes in too slowly is ended, and so is one that goes on after its answer.
/// - A body that breaks off ends with an error, so that it cannot be taken for a whole one.
/// - `Expect: 100-continue` is answered, unless the body would be too large.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    struct Settings: Sendable {
        let requestTimeout: TimeAmount
        let maximumBodyBytes: Int
        /// Makes the answer to what is no request.
        let answer: @Sendable (Problem) -> (head: HTTPResponse, body: ByteBuffer)
        /// How long a caller may go on sending, or reading, after the last answer.
        var lingering = TimeAmount.seconds(1)
    }

    /// The connection ended before the request did.
    struct BrokenOff: Error {}

    private let settings: Settings
    /// The head of a request came in and its end did not.
    private var isReading = false
    /// Requests whose answer is not complete; the one being read is the last of them.
    private var owed = 0
    private var hasBegunAnswer = false
    /// What to answer when everything owed before it is answered.
    private var pending: Problem?
    private var isClosing = false
    private var timer: Scheduled<Void>?

    init(_ settings: Settings) {
        self.settings = settings
    }

    // MARK: - In

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard pending == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let request):
            isReading = true
            owed += 1
            continueIfExpected(request, context: context)
        case .body: break
        case .end:
            isReading = false
            stopTimer()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isReading, timer == nil, pending == nil {
            schedule(settings.requestTimeout, context: context) { door, context in
                door.fail(
                    Problem(.verzoekDuurdeTeLang, "Het verzoek was niet binnen de tijd compleet."), context: context)
            }
        }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        if case .headerOverflow = error {
            return fail(Problem(.teVeelKopregels, "Het adres en de kopregels zijn samen te groot."), context: context)
        }
        fail(Problem(.ongeldigVerzoek, "Dit is geen volledig HTTP-verzoek."), context: context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .inputClosed? = event as? ChannelEvent, isReading || pending != nil else {
            return context.fireUserInboundEventTriggered(event)
        }
        // Passed on, this would end the body without an error, and half a message would be read as a whole one.
        fail(Problem(.ongeldigVerzoek, "De verbinding brak af voordat het verzoek er helemaal was."), context: context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopTimer()
        if isReading || pending != nil { context.fireErrorCaught(BrokenOff()) }
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopTimer()
    }

    private func continueIfExpected(_ request: HTTPRequest, context: ChannelHandlerContext) {
        guard owed == 1, request.headerFields[.expect]?.lowercased() == "100-continue" else { return }
        let announced = request.headerFields[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= settings.maximumBodyBytes else { return }
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    // MARK: - Out

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard !isClosing else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let response): hasBegunAnswer = response.status.kind != .informational
        case .body: break
        case .end:
            owed -= 1
            hasBegunAnswer = false
        }
        context.write(data, promise: promise)
        guard owed == 0 || pending != nil else { return }
        if let pending {
            finishIfNothingElseIsOwed(pending, context: context)
        } else if isReading {
            // Answered before it was all there: the rest is read and thrown away, but not for long.
            schedule(settings.lingering, context: context) { door, context in door.close(context: context) }
        }
    }

    // MARK: - The end of a connection

    private func fail(_ problem: Problem, context: ChannelHandlerContext) {
        guard pending == nil else { return }
        pending = problem
        stopTimer()
        finishIfNothingElseIsOwed(problem, context: context)
    }

    private func finishIfNothingElseIsOwed(_ problem: Problem, context: ChannelHandlerContext) {
        guard !isClosing, (isReading ? owed - 1 : owed) <= 0 else { return }
        isClosing = true
        let isAnswered = isReading && (owed == 0 || hasBegunAnswer)
        if !isAnswered {
            let (head, body) = settings.answer(problem)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(body)), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        // Closing at once would make the kernel drop an answer that the caller has not read yet.
        schedule(settings.lingering, context: context) { door, context in door.close(context: context) }
    }

    private func close(context: ChannelHandlerContext) {
        isClosing = true
        context.fireErrorCaught(BrokenOff())
        context.close(promise: nil)
    }

    private func schedule(
        _ delay: TimeAmount, context: ChannelHandlerContext,
        _ act: @escaping (ConnectionGuard, ChannelHandlerContext) -> Void
    ) {
        stopTimer()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
            timer = nil
            act(self, context)
        }
    }

    private func stopTimer() {
        timer?.cancel()
        timer = nil
    }
}
