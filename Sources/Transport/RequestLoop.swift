// SPDX-License-Identifier: EUPL-1.2
import CCurl

/// Runs all HTTPS transfers on one thread. Everything in it belongs to that thread.
final class RequestLoop {
    private struct Running {
        let id: UInt64
        let transfer: Transfer
        let lane: Lane
        let continuation: CheckedContinuation<TransferEnd, Never>
    }

    /// A probe that is connected and waits for the server's word on the client certificate.
    private struct Listening {
        let key: UnsafeMutableRawPointer
        let until: ContinuousClock.Instant
    }

    private let multi: UnsafeMutableRawPointer
    private let client: RequestLoopClient
    private var running: [UnsafeMutableRawPointer: Running] = [:]
    private var listening: [Listening] = []
    /// Handles are kept per lane: set up once, and they remember their TLS sessions.
    private var idle: [ObjectIdentifier: (lane: Lane, handles: [EasyHandle])] = [:]
    private var deadline: ContinuousClock.Instant?

    init(multi: MultiHandle, client: RequestLoopClient) {
        self.multi = multi.pointer
        self.client = client
        _ = meldpoort_multi_set_long(multi.pointer, CURLMOPT_MAXCONNECTS, 256)
    }

    func run() {
        while true {
            client.takeCommands().forEach(handle)
            var stillRunning: Int32 = 0
            curl_multi_perform(multi, &stillRunning)
            collect()
            listen()
            if let deadline, running.isEmpty || deadline <= .now { break }
            curl_multi_poll(multi, nil, 0, pause, nil)
        }
        running.values.forEach { finish($0, CURLE_ABORTED_BY_CALLBACK, stop: .interrupted) }
        idle = [:]
        client.finish()
        curl_multi_cleanup(multi)
    }

    private var pause: Int32 {
        if !listening.isEmpty { return 20 }
        guard let deadline else { return 60_000 }
        let left = (deadline - .now).components
        return Int32(clamping: left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1)
    }

    private func handle(_ command: RequestLoopClient.Command) {
        switch command {
        case .start(let id, let plan, let lane, let continuation): start(id, plan, lane, continuation)
        case .cancel(let id):
            guard let found = running.values.first(where: { $0.id == id }) else { return }
            finish(found, CURLE_ABORTED_BY_CALLBACK, stop: .cancelled)
        case .shutDown(let moment): deadline = min(deadline ?? moment, moment)
        }
    }

    private func start(
        _ id: UInt64, _ plan: TransferPlan, _ lane: Lane, _ continuation: CheckedContinuation<TransferEnd, Never>
    ) {
        guard let handle = takeHandle(lane) else { return continuation.resume(returning: .neverBegan()) }
        let transfer = Transfer(plan: plan, handle: handle)
        guard !handle.isMisconfigured, curl_multi_add_handle(multi, handle.pointer) == CURLM_OK else {
            return continuation.resume(returning: .neverBegan())
        }
        running[handle.pointer] = Running(id: id, transfer: transfer, lane: lane, continuation: continuation)
    }

    private func takeHandle(_ lane: Lane) -> EasyHandle? {
        if let handle = idle[ObjectIdentifier(lane)]?.handles.popLast() { return handle }
        let handle = EasyHandle()
        if let handle { lane.setUp(handle) }
        return handle
    }

    private func collect() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            let code = meldpoort_message_result(message)
            guard let key = message.pointee.easy_handle, let found = running[key] else { continue }
            if code == CURLE_OK, case .probeConnection(awaitsVerdict: true) = found.transfer.plan.purpose {
                listening.append(Listening(key: key, until: .now + Self.verdictTime(found.transfer.handle)))
            } else {
                finish(found, code)
            }
        }
    }

    /// Half a second and two more round trips: the server's verdict needs one.
    private static func verdictTime(_ handle: EasyHandle) -> Duration {
        .milliseconds(500) + .microseconds(2 * handle.size(CURLINFO_CONNECT_TIME_T))
    }

    private func listen() {
        for probe in listening {
            guard let found = running[probe.key] else { continue }
            var byte: UInt8 = 0
            var count = 0
            switch curl_easy_recv(probe.key, &byte, 1, &count) {
            case CURLE_AGAIN: if probe.until <= .now { finish(found, CURLE_OK) }
            case CURLE_OK: finish(found, count > 0 ? CURLE_OK : CURLE_SSL_CONNECT_ERROR)
            default: finish(found, CURLE_SSL_CONNECT_ERROR)
            }
        }
        listening.removeAll { running[$0.key] == nil }
    }

    private func finish(_ found: Running, _ code: CURLcode, stop: TransferStop? = nil) {
        let handle = found.transfer.handle
        let end = found.transfer.end(code, stop: stop)
        running[handle.pointer] = nil
        curl_multi_remove_handle(multi, handle.pointer)
        if code == CURLE_OK, case .request = found.transfer.plan.purpose, !found.transfer.wasRetried,
            !handle.isMisconfigured
        {
            idle[ObjectIdentifier(found.lane), default: (found.lane, [])].handles.append(handle)
        }
        found.continuation.resume(returning: end)
    }
}
