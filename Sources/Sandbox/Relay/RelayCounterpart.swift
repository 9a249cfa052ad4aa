// SPDX-License-Identifier: EUPL-1.2
import NIOCore
import NIOSSL
import Synchronization

/// A stand-in for a secure-mail relay on 127.0.0.1: SMTP with STARTTLS and AUTH PLAIN or LOGIN. It keeps every message,
/// and every byte that came in before TLS.
///
/// An outage is shown by `stop()` and a later `start()`: it comes back at the same port.
public final class RelayCounterpart: Sendable {
    private let identity: ServerIdentity
    private let listener: Listener
    private let desk: RelayDesk

    /// A relay that does not listen yet.
    ///
    /// - Parameter port: nil lets the kernel choose one at the first start.
    public init(identity: ServerIdentity, rules: RelayRules = RelayRules(), port: Int? = nil) {
        self.identity = identity
        listener = Listener(port: port)
        desk = RelayDesk(rules)
    }

    /// Starts to listen; does nothing when it already does.
    ///
    /// - Throws: `SandboxError.unusableIdentity` or `.cannotListen`.
    public func start() async throws {
        guard let tls = try ServerSecurity.server(identity).makeContext() else { return }
        try await listener.start { [desk] channel, number in
            let connection = RelayConnection(desk: desk, tls: tls, number: number)
            try channel.pipeline.syncOperations.addHandler(connection)
        }
    }

    /// Stops to listen and cuts every connection; returns when all are closed.
    public func stop() async { await listener.stop() }

    /// Cuts the connections there are and goes on listening.
    public func dropConnections() async { await listener.dropConnections() }

    /// Whether it does not listen.
    public var isDown: Bool { !listener.isOpen }

    /// Its port; 0 before the first start when none was given.
    public var port: Int { listener.port }

    /// `smtp://127.0.0.1:<port>`.
    public var url: String { "smtp://127.0.0.1:\(port)" }

    /// What it offers, demands and fails at; takes effect with the next command.
    public var rules: RelayRules {
        get { desk.rules }
        set { desk.rules = newValue }
    }

    /// The messages it answered with 250.
    public var messages: [ReceivedMail] { desk.accepted.entries }

    /// The messages it read to the end and did not answer with 250: the sender must not count them as arrived, nor as
    /// certainly not arrived where there was no reply.
    public var unacceptedMessages: [ReceivedMail] { desk.unaccepted.entries }

    /// How many TCP connections were accepted.
    public var connections: Int { listener.accepted }

    /// What was said on each connection, in the order in which they were made.
    public var transcripts: [RelayTranscript] {
        desk.transcripts.withLock { all in all.values.sorted { $0.connection < $1.connection } }
    }

    /// Empties the records of messages and transcripts.
    public func forget() {
        desk.accepted.forget()
        desk.unaccepted.forget()
        desk.transcripts.withLock { $0 = [:] }
    }

    /// Returns when at least `wanted` messages were accepted; woken by the message itself.
    ///
    /// - Throws: `SandboxError.timedOut`, also when the task is cancelled.
    @discardableResult
    public func waitForMessages(_ wanted: Int, timeout: Duration) async throws -> [ReceivedMail] {
        try await desk.accepted.wait(for: wanted, of: "accepted messages", timeout: timeout)
        return messages
    }

    /// Returns when at least `wanted` messages were read and not accepted.
    ///
    /// - Throws: `SandboxError.timedOut`, also when the task is cancelled.
    @discardableResult
    public func waitForUnacceptedMessages(_ wanted: Int, timeout: Duration) async throws -> [ReceivedMail] {
        try await desk.unaccepted.wait(for: wanted, of: "messages without acceptance", timeout: timeout)
        return unacceptedMessages
    }
}
