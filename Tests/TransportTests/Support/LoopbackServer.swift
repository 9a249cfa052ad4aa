// SPDX-License-Identifier: EUPL-1.2
import CCurl
import Glibc
import Synchronization

/// A counterpart on 127.0.0.1 with a thread per connection, on blocking sockets, plain or with OpenSSL's TLS.
final class LoopbackServer: Sendable {
    let port: Int
    private let socket: Int32
    private let count = Mutex(0)
    private let log = Mutex<[String]>([])

    /// How many connections came in.
    var connections: Int { count.withLock { $0 } }
    /// What the connections' handlers wrote down.
    var notes: [String] { log.withLock { $0 } }

    /// - Parameter tls: When given, every connection begins with a handshake; connections that fail it never reach the handler.
    init(tls: ServerTLS? = nil, _ handler: @escaping @Sendable (Peer) -> Void) throws {
        (socket, port) = try Self.listen()
        let server = self
        spawn {
            while true {
                let descriptor = accept(server.socket, nil, nil)
                guard descriptor >= 0 else { return }
                server.count.withLock { $0 += 1 }
                spawn {
                    let peer = Peer(descriptor) { note in server.log.withLock { $0.append(note) } }
                    guard tls.map(peer.startTLS) ?? true else { return }
                    handler(peer)
                }
            }
        }
    }

    /// No new connections from now on; the port stays ours and refuses.
    func stop() {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    /// A port at which nobody listens.
    static func closedPort() throws -> Int {
        let (socket, port) = try listen()
        close(socket)
        return port
    }

    static func listen() throws -> (Int32, Int) {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, length) == 0 && Glibc.listen(descriptor, 512) == 0
                    && getsockname(descriptor, raw, &length) == 0
            }
        }
        guard bound else { throw TestTrouble("cannot listen on 127.0.0.1") }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}

/// A thread in which a broken pipe is an error and no signal.
func spawn(_ run: @escaping @Sendable () -> Void) {
    final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    _ = meldpoort_start_thread(
        { raw in
            if let raw { Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run() }
            return nil
        }, Unmanaged.passRetained(Body(run)).toOpaque())
}
