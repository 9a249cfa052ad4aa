// SPDX-License-Identifier: EUPL-1.2
import NIOCore
import NIOSSL
import Synchronization

/// A stand-in for a verwijsindex, or any HTTPS/1.1 counterpart, on 127.0.0.1: it demands a client certificate, keeps
/// every request byte for byte, and answers as it is told.
///
/// Connections are kept alive. Starting and stopping twice does nothing; after a stop it can be started again at the
/// same port.
public final class IndexCounterpart: Sendable {
    /// How much it remembers.
    public enum Recording: Sendable, Hashable {
        /// Every request, byte for byte.
        case everything
        /// Only how many there were: for the bench.
        case countOnly
    }

    private let security: ServerSecurity
    private let listener: Listener
    private let desk: IndexDesk

    /// A counterpart that does not listen yet.
    ///
    /// - Parameter port: nil lets the kernel choose one at the first start.
    public init(
        security: ServerSecurity, recording: Recording = .everything, behaviour: IndexBehaviour = .index,
        port: Int? = nil
    ) {
        self.security = security
        listener = Listener(port: port)
        desk = IndexDesk(behaviour, keepsRequests: recording == .everything)
    }

    /// Starts to listen.
    ///
    /// - Throws: `SandboxError.unusableIdentity` or `.cannotListen`.
    public func start() async throws {
        let context = try security.makeContext()
        try await listener.start { [desk] channel, number in
            let pipeline = channel.pipeline.syncOperations
            if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
            try pipeline.addHandler(IndexConnection(desk: desk, number: number))
        }
    }

    /// Stops to listen and cuts every connection; returns when all are closed.
    public func stop() async { await listener.stop() }

    /// Cuts the connections there are, as a restart at the other side would, and goes on listening.
    public func dropConnections() async { await listener.dropConnections() }

    /// Whether it does not listen.
    public var isDown: Bool { !listener.isOpen }

    /// Its port; 0 before the first start when none was given.
    public var port: Int { listener.port }

    /// `https://127.0.0.1:<port>`, or `http:` without TLS.
    public var baseURL: String { "\(security == .plaintext ? "http" : "https")://127.0.0.1:\(port)" }

    /// How it answers; takes effect with the next request.
    public var behaviour: IndexBehaviour {
        get { desk.behaviour }
        set { desk.behaviour = newValue }
    }

    /// The requests so far, in the order in which their last byte came. Empty when it only counts.
    public var requests: [RecordedRequest] { desk.record.entries }

    /// How many requests came, those cut off after the headers included.
    public var count: Int { desk.record.count }

    /// How many TCP connections were accepted, those that failed the TLS handshake included.
    public var connections: Int { listener.accepted }

    /// How many connections ended in a TLS error: no or a foreign client certificate, too old a version.
    public var refusedConnections: Int { desk.refusedConnections.load(ordering: .relaxed) }

    /// Empties the record; `count` begins again at 0, the numbers of requests go on.
    public func forget() { desk.record.forget() }

    /// Returns when `count` is at least `wanted`, with the requests so far; woken by the request itself.
    ///
    /// - Throws: `SandboxError.timedOut`, also when the task is cancelled.
    @discardableResult
    public func waitForRequests(_ wanted: Int, timeout: Duration) async throws -> [RecordedRequest] {
        try await desk.record.wait(for: wanted, of: "requests", timeout: timeout)
        return requests
    }
}
