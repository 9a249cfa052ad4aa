// SPDX-License-Identifier: EUPL-1.2
import NIOCore
import NIOPosix
import Synchronization

/// Sent down a pipeline to end the connection at once, below TLS: no close_notify, as when a machine dies.
struct CutLine: Sendable {}

/// Stands nearest to the socket and closes it on `CutLine`.
final class LineCutter: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        if event is CutLine {
            context.close(mode: .all, promise: promise)
        } else {
            context.triggerUserOutboundEvent(event, promise: promise)
        }
    }
}

/// Listens on 127.0.0.1 and owns every connection it accepted, so that stopping leaves nothing behind.
///
/// The port of the first start is kept: a counterpart that stops and starts again is found at the same address.
final class Listener: Sendable {
    typealias Prepare = @Sendable (_ channel: any Channel, _ number: Int) throws -> Void

    private struct State {
        var port: Int
        var isOpen = false
        var server: (any Channel)?
        var open: [ObjectIdentifier: any Channel] = [:]
        var accepted = 0
    }

    private struct Stopped: Error {}

    private let state: Mutex<State>

    init(port: Int?) {
        state = Mutex(State(port: port ?? 0))
    }

    /// The port, or 0 before the first start when none was given.
    var port: Int { state.withLock { $0.port } }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// How many connections were accepted since the beginning.
    var accepted: Int { state.withLock { $0.accepted } }

    /// Starts listening; does nothing when it already does.
    func start(_ prepare: @escaping Prepare) async throws {
        let port: Int? = state.withLock { state in
            guard !state.isOpen else { return nil }
            state.isOpen = true
            return state.port
        }
        guard let port else { return }
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let number = try self.admit(channel)
                    try channel.pipeline.syncOperations.addHandler(LineCutter())
                    try prepare(channel, number)
                }
            }
        do {
            let server = try await bootstrap.bind(host: "127.0.0.1", port: port).get()
            let bound = server.localAddress?.port ?? port
            state.withLock { state in
                state.server = server
                state.port = bound
            }
        } catch {
            state.withLock { $0.isOpen = false }
            throw SandboxError.cannotListen(port: port, reason: String(describing: error))
        }
    }

    /// Stops listening and cuts every connection; returns when all are closed. Does nothing when already stopped.
    func stop() async {
        let server = state.withLock { state in
            defer { state.server = nil }
            state.isOpen = false
            return state.server
        }
        try? await server?.close().get()
        await dropConnections()
    }

    /// Cuts every connection there is now; goes on listening.
    func dropConnections() async {
        let channels = state.withLock { Array($0.open.values) }
        for channel in channels { channel.triggerUserOutboundEvent(CutLine(), promise: nil) }
        for channel in channels { try? await channel.closeFuture.get() }
    }

    private func admit(_ channel: any Channel) throws -> Int {
        let id = ObjectIdentifier(channel)
        let number: Int? = state.withLock { state in
            guard state.isOpen else { return nil }
            state.accepted += 1
            state.open[id] = channel
            return state.accepted
        }
        guard let number else { throw Stopped() }
        channel.closeFuture.whenComplete { _ in
            self.state.withLock { $0.open[id] = nil }
        }
        return number
    }
}
