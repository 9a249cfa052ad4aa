// SPDX-License-Identifier: EUPL-1.2
import CCurl

/// Starts a thread that belongs to libcurl's work.
enum OwnThread {
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// - Returns: Whether the system gave us a thread.
    static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
        let body = Unmanaged.passRetained(Body(run))
        let result = meldpoort_start_thread(
            { raw in
                if let raw { Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        if result != 0 { body.release() }
        return result == 0
    }
}
