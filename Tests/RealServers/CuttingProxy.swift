// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Glibc
import Synchronization

/// Stands between a client and a server on 127.0.0.1 and breaks connections at a chosen place. It does not see into TLS: it counts bytes.
public final class CuttingProxy: Sendable {
    /// Where it breaks a connection.
    public enum Cut: Sendable, Hashable {
        case never
        /// As soon as the client has sent so many bytes; the one that makes it full is passed on.
        case afterClientBytes(Int)
        /// The client's bytes all pass; what the server answers after so many of them is kept back, and breaks the connection.
        case answerAfterClientBytes(Int)
    }

    /// Where clients connect to.
    public let port: Int
    private let listener: Int32
    private let target: Int
    private let rule: Mutex<Cut>
    private let passed = Mutex<[Int]>([])

    /// Where it breaks the connections that come from now on.
    public var cut: Cut {
        get { rule.withLock { $0 } }
        set { rule.withLock { $0 = newValue } }
    }

    /// How many bytes of its client each connection has passed on.
    public var clientBytes: [Int] { passed.withLock { $0 } }

    /// Listens until it is stopped.
    /// - Throws: `ServerProblem`.
    public init(to target: Int, cut: Cut = .never) throws {
        self.target = target
        rule = Mutex(cut)
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = LoopbackAddress.of(port: 0)
        guard LoopbackAddress.with(&address, { bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0,
            let port = LoopbackAddress.port(of: listener)
        else { throw ServerProblem("the proxy cannot listen") }
        self.port = port
        self.listener = listener
        Thread { [listener, self] in
            while case let client = accept(listener, nil, nil), client >= 0 { serve(client) }
            close(listener)
        }.start()
    }

    /// Takes no more connections; those there are go on.
    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve(_ client: Int32) {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = LoopbackAddress.of(port: target)
        guard LoopbackAddress.with(&address, { connect(server, $0, $1) }) == 0 else {
            close(server)
            close(client)
            return
        }
        let pair = Connection(client: client, server: server, cut: cut)
        let index = passed.withLock { passed in
            passed.append(0)
            return passed.count - 1
        }
        Thread {
            pair.passClientBytes { count in self.passed.withLock { $0[index] = count } }
            pair.end()
        }.start()
        Thread {
            pair.passAnswers()
            pair.end()
        }.start()
    }
}

/// One client with its server; closed when both ways have ended.
private final class Connection: Sendable {
    private let client: Int32
    private let server: Int32
    private let cut: CuttingProxy.Cut
    private let sent = Mutex(0)

    init(client: Int32, server: Int32, cut: CuttingProxy.Cut) {
        self.client = client
        self.server = server
        self.cut = cut
    }

    deinit {
        close(client)
        close(server)
    }

    /// Ends both ways, so that the other one's thread wakes up.
    func end() {
        shutdown(client, Int32(SHUT_RDWR))
        shutdown(server, Int32(SHUT_RDWR))
    }

    func passClientBytes(_ note: (Int) -> Void) {
        if case .afterClientBytes(0) = cut { return }
        pass(from: client, to: server) { count in
            let total = sent.withLock { sent in
                sent += count
                return sent
            }
            note(total)
            if case .afterClientBytes(let limit) = cut { return total < limit }
            return true
        }
    }

    func passAnswers() {
        pass(
            from: server, to: client,
            isHeldBack: { [self] in
                if case .answerAfterClientBytes(let limit) = cut { return sent.withLock { $0 } >= limit }
                return false
            }
        ) { _ in true }
    }

    private func pass(
        from source: Int32, to sink: Int32, isHeldBack: () -> Bool = { false }, goesOnAfter: (Int) -> Bool
    ) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(source, &buffer, buffer.count, 0), count > 0 {
            if isHeldBack() { return }
            var rest = buffer[..<count]
            while !rest.isEmpty {
                let done = rest.withUnsafeBytes { send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                guard done > 0 else { return }
                rest = rest.dropFirst(done)
            }
            if !goesOnAfter(count) { return }
        }
    }
}
