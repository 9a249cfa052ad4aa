// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// A delivery as its counterpart saw it.
struct Sighting {
    /// The idempotency key.
    let key: String
    let at: Timestamp
}

/// Turns the counterparts' monotonic times into the time of day.
struct WallClock {
    private let instant = ContinuousClock.now
    private let date = Date()

    func time(of seen: ContinuousClock.Instant) -> Timestamp {
        let passed = (seen - instant) / .milliseconds(1)
        return Timestamp(millisecondsSince1970: Int64(date.timeIntervalSince1970 * 1_000 + passed))
    }
}

/// Holds what the counterparts saw against the disclosure log and the deliveries.
struct Audit {
    let deliveries: [Delivery]
    let entries: [LogEntry]
    let sightings: [Sighting]

    init(_ site: RunningSite, clock: WallClock) async throws {
        deliveries = try await site.deliveries()
        entries = try await site.entries()
        let requests = site.board.index.requests.map {
            Sighting(key: $0.header("Idempotency-Key") ?? "no key", at: clock.time(of: $0.receivedAt))
        }
        let mails = (site.board.relay.messages + site.board.relay.unacceptedMessages).map {
            Sighting(key: Self.key(of: $0), at: clock.time(of: $0.receivedAt))
        }
        sightings = requests + mails
    }

    private static func key(of mail: ReceivedMail) -> String {
        let identifier = mail.parsed.header("Message-ID") ?? ""
        return String(identifier.drop { $0 == "<" }.prefix { $0 != "@" })
    }

    var unknown: Int { deliveries.count { $0.state == "onbekend" } }

    /// Every claim of the fault test about what left, checked.
    func check() {
        let intents = Dictionary(grouping: entries.filter { $0.kind == "voornemen" }, by: \.key)
        let outcomes = Dictionary(grouping: entries.filter { $0.kind == "uitkomst" }, by: \.key)
        let seen = Dictionary(grouping: sightings, by: \.key)
        let byNumber = Dictionary(deliveries.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(byNumber.count == deliveries.count)
        for (key, seen) in seen { checkSeen(key, seen, intents[key] ?? [], outcomes[key] ?? []) }
        for (key, intents) in intents { checkIntents(key, intents, outcomes[key] ?? [], byNumber) }
        let keys = Dictionary(
            intents.values.compactMap(\.first).map { ($0.delivery, $0.key) }, uniquingKeysWith: { $1 })
        for delivery in deliveries { checkState(delivery, keys[delivery.number], seen, outcomes) }
    }

    private func checkSeen(_ key: String, _ seen: [Sighting], _ intents: [LogEntry], _ outcomes: [LogEntry]) {
        #expect(!intents.isEmpty, "the counterpart saw \(key), and there is no intent")
        // The clocks are read apart: two milliseconds of grace.
        let firstSeen = seen.map(\.at.millisecondsSince1970).min() ?? 0
        let firstIntent = intents.compactMap { $0.time?.millisecondsSince1970 }.min() ?? .max
        #expect(firstIntent <= firstSeen + 2, "the intent of \(key) is from after it left")
        let notSent = outcomes.count { $0.outcome == "nietVerzonden" }
        #expect(seen.count <= 1 + notSent, "\(key) was sent \(seen.count) times")
    }

    private func checkIntents(
        _ key: String, _ intents: [LogEntry], _ outcomes: [LogEntry], _ deliveries: [Int: Delivery]
    ) {
        let attempts = intents.map(\.attempt).sorted()
        #expect(attempts == Array(1...attempts.count), "the attempts of \(key) are \(attempts)")
        let delivery = intents.first.flatMap { deliveries[$0.delivery] }
        #expect(delivery != nil, "the intent of \(key) has no delivery")
        #expect(delivery?.attempts == attempts.count)
        let settled = Dictionary(outcomes.map { ($0.attempt, $0.outcome ?? "") }, uniquingKeysWith: { "\($0) \($1)" })
        for attempt in attempts.dropLast() {
            #expect(settled[attempt] == "nietVerzonden", "attempt \(attempt) of \(key) was followed by another")
        }
        let last = attempts.last.flatMap { settled[$0] }
        let expected = ["afgeleverd": "aangenomen", "onbekend": "onbekend", "afgewezen": "afgewezen"]
        if let state = delivery?.state, let outcome = expected[state] {
            #expect(last == outcome, "delivery of \(key) is \(state), its last outcome \(last ?? "none")")
        }
    }

    private func checkState(
        _ delivery: Delivery, _ key: String?, _ seen: [String: [Sighting]], _ outcomes: [String: [LogEntry]]
    ) {
        let times = key.flatMap { seen[$0]?.count } ?? 0
        switch delivery.state {
        case "afgeleverd": #expect(times == 1, "delivery \(delivery.number) arrived \(times) times")
        case "onbekend": #expect(key != nil, "delivery \(delivery.number) is unknown without an intent")
        case "wachtOpBevestiging", "vrijTeGeven", "geweigerd":
            #expect(key == nil && times == 0, "delivery \(delivery.number) is \(delivery.state), and has an intent")
        default: Issue.record("delivery \(delivery.number) is \(delivery.state)")
        }
    }
}
