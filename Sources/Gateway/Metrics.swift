// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// Counts for Prometheus. Labels come from fixed lists and the configuration only: nothing personal can become one.
public final class GatewayMetrics: Sendable {
    /// The name and the values of a label; turned into text only when somebody asks.
    private struct Label: Hashable {
        let name: String
        let value: String
    }

    private struct State {
        var counters: [String: [[Label]: UInt64]] = [:]
        var gauges: [String: [[Label]: Double]] = [:]
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
        "meldpoort_mail_received_total": "Mails taken over, by mailbox and what they are taken to be.",
        "meldpoort_mail_filing_failures_total": "Mails that could not be moved to the processed folder, by mailbox.",
        "meldpoort_mailbox_failures_total": "Looks at a mailbox that failed, by mailbox.",
        "meldpoort_mailbox_troubled": "1 while a mailbox cannot be read or tidied.",
        "meldpoort_notices_sent_total": "Notices mailed.",
        "meldpoort_escalations_total": "Rungs of ladders taken, by rung.",
        "meldpoort_escalations_without_reader_total": "Rungs that waited because nobody could be reached.",
        "meldpoort_store_failures_total": "Commits the store could not make.",
    ]

    public init() {}

    /// Adds one.
    public func count(_ name: String, _ labels: (String, String)...) {
        let key = labels.map { Label(name: $0.0, value: $0.1) }
        state.withLock { $0.counters[name, default: [:]][key, default: 0] += 1 }
    }

    /// Sets a value.
    public func set(_ name: String, _ labels: (String, String)..., to value: Double) {
        let key = labels.map { Label(name: $0.0, value: $0.1) }
        state.withLock { $0.gauges[name, default: [:]][key] = value }
    }

    /// Prometheus text format, version 0.0.4.
    public var prometheusText: String {
        let (counters, gauges) = state.withLock { ($0.counters, $0.gauges) }
        return (Self.lines(counters, type: "counter") + Self.lines(gauges, type: "gauge")).joined(separator: "\n")
            + "\n"
    }

    private static func lines(_ metrics: [String: [[Label]: some Any]], type: String) -> [String] {
        metrics.sorted { $0.key < $1.key }.flatMap { name, series in
            let values = series.map { labels, value in "\(name)\(text(labels)) \(value)" }
            return ["# HELP \(name) \(help[name] ?? name)", "# TYPE \(name) \(type)"] + values.sorted()
        }
    }

    private static func text(_ labels: [Label]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { label in
            let escaped = label.value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
                .replacing("\n", with: "\\n")
            return "\(label.name)=\"\(escaped)\""
        }
        return "{\(pairs.joined(separator: ","))}"
    }
}
