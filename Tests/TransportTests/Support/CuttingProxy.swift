// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Passes connections on to another port of 127.0.0.1, and cuts each after so many bytes from there.
final class CuttingProxy: Sendable {
    let port: Int

    init(to target: Int, after limit: Int) throws {
        let (listener, port) = try LoopbackServer.listen()
        self.port = port
        spawn {
            while true {
                let near = accept(listener, nil, nil)
                guard near >= 0, let far = LoopbackServer.connected(target) else { return }
                spawn { Self.pass(near, far, .max) }
                spawn {
                    Self.pass(far, near, limit)
                    shutdown(near, Int32(SHUT_RDWR))
                    shutdown(far, Int32(SHUT_RDWR))
                }
            }
        }
    }

    private static func pass(_ from: Int32, _ to: Int32, _ limit: Int) {
        var piece = [UInt8](repeating: 0, count: 16_384)
        var left = limit
        while left > 0 {
            let count = read(from, &piece, min(piece.count, left))
            guard count > 0, send(to, piece, count, Int32(MSG_NOSIGNAL)) == count else { return }
            left -= count
        }
    }
}
