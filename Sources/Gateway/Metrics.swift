// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// Counts for Prometheus. Labels come from fixed lists and the configuration only: nothing personal can become one.
public final class GatewayMetrics: Sendable {
    private struct State {
        var counters: [String: [String: UInt64]] = [:]
        var gauges: [String: [String: Double]] = [:]
    }

    private let state = Mutex(State())
    private static let help: [String: String] = [
        "meldpoort_events_accepted_total": "Events journalled, by type.",
        "meldpoort_events_repeated_total": "Events that were already journalled.",
        "meldpoort_events_refused_total": "Requests refused at the door, by problem type.",
        "meldpoort_attempts_total": "Delivery attempts, by recipient and outcome.",
        "meldpoort_deliveries_settled_total": "Deliveries that reached a state, by recipient and state.",
        "meldpoort_queue_length": "Deliveries queued or under way, by recipient.",
        "meldpoort_recipient_troubled": "1 while a recipient is in trouble.",
        "meldpoort_notices_sent_total": "Notices mailed.",
        "meldpoort_store_failures_total": "Commits the store could not make.",
    ]

    public init() {}

    /// Adds one.
    public func count(_ name: String, _ labels: (String, String)...) {
        let key = Self.key(labels)
        state.withLock { $0.counters[name, default: [:]][key, default: 0] += 1 }
    }

    /// Sets a value.
    public func set(_ name: String, _ labels: (String, String)..., to value: Double) {
        let key = Self.key(labels)
        state.withLock { $0.gauges[name, default: [:]][key] = value }
    }

    /// Prometheus text format, version 0.0.4.
    public var prometheusText: String {
        let (counters, gauges) = state.withLock { ($0.counters, $0.gauges) }
        var lines: [String] = []
        for (name, series) in counters.sorted(by: { $0.key < $1.key }) {
            lines += ["# HELP \(name) \(Self.help[name] ?? name)", "# TYPE \(name) counter"]
            lines += series.sorted { $0.key < $1.key }.map { "\(name)\($0.key) \($0.value)" }
        }
        for (name, series) in gauges.sorted(by: { $0.key < $1.key }) {
            lines += ["# HELP \(name) \(Self.help[name] ?? name)", "# TYPE \(name) gauge"]
            lines += series.sorted { $0.key < $1.key }.map { "\(name)\($0.key) \($0.value)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func key(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }
}
