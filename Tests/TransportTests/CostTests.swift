// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Foundation
import Synchronization
import Testing
import Transport

/// What one HTTPS request costs. A measurement, not a check: runs with `MELDPOORT_MEASURE=1`, best in a release build.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["MELDPOORT_MEASURE"] != nil))
struct CostTests {
    @Test(arguments: [1, 8, 64])
    func `CPU of one request over a reused TLS connection`(senders: Int) async throws {
        let certificates = try TestCertificates.shared.get()
        let serverTime = Box(Mutex((connections: 0, seconds: 0.0)))
        let server = try LoopbackServer(tls: ServerTLS(certificates)) { peer in
            peer.serve(answer("200 OK", body: "{\"status\":\"ontvangen\"}"))
            let used = seconds(CLOCK_THREAD_CPUTIME_ID)
            serverTime.value.withLock { $0 = ($0.connections + 1, $0.seconds + used) }
        }
        let engine = CurlEngine()
        let transport = try HTTPTransport(encrypted(server, certificates), engine: engine)
        let body = String(repeating: "x", count: 1500)
        _ = await transport.send(post("/a", body))
        let each = 4000 / senders
        let cpu = seconds(CLOCK_PROCESS_CPUTIME_ID)
        let start = ContinuousClock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<senders {
                group.addTask { for _ in 0..<each { _ = await transport.send(post("/a", body)) } }
            }
        }
        let wall = ContinuousClock.now - start
        await engine.shutdown(grace: .zero)
        // The server's threads add their time when their connections have ended.
        while serverTime.value.withLock({ $0.connections }) < server.connections { await Task.yield() }
        let used = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu
        let perRequest = 1e6 / Double(each * senders)
        let theirs = serverTime.value.withLock { $0.seconds }
        print(
            "senders \(senders): \(Int(used * perRequest)) us CPU both sides, server \(Int(theirs * perRequest)) us, wall \(wall)"
        )
    }
}

private func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
