// SPDX-License-Identifier: EUPL-1.2
import Sandbox

/// What is posted in one run, and over what it is delivered.
struct Load: Sendable {
    enum Way: String, Codable, Sendable {
        case https, http, mail
    }

    let name: String
    let way: Way
    let senders: Int
    /// Events per request; more than 1 is batch mode.
    let perRequest: Int
    let events: Int

    /// In how large groups the bare loop commits.
    var group: Int { max(senders, perRequest) }

    /// Events that are posted before the clock starts: connections are made and caches filled.
    var warmUp: Int { min(256, events / 10) / perRequest * perRequest }

    var isMail: Bool { way == .mail }

    var options: BoardOptions {
        var options = BoardOptions()
        options.isIndexPlaintext = way == .http
        options.isIndexCountingOnly = true
        return options
    }

    static let full = [
        Load(name: "1 sender, https", way: .https, senders: 1, perRequest: 1, events: 1_500),
        Load(name: "8 senders, https", way: .https, senders: 8, perRequest: 1, events: 6_000),
        Load(name: "64 senders, https", way: .https, senders: 64, perRequest: 1, events: 8_000),
        Load(name: "batch, https", way: .https, senders: 4, perRequest: 64, events: 8_192),
        Load(name: "8 senders, http", way: .http, senders: 8, perRequest: 1, events: 6_000),
        Load(name: "64 senders, http", way: .http, senders: 64, perRequest: 1, events: 8_000),
        Load(name: "8 senders, mail", way: .mail, senders: 8, perRequest: 1, events: 800),
    ]

    static let quick = [
        Load(name: "1 sender, https", way: .https, senders: 1, perRequest: 1, events: 150),
        Load(name: "8 senders, https", way: .https, senders: 8, perRequest: 1, events: 800),
        Load(name: "64 senders, https", way: .https, senders: 64, perRequest: 1, events: 1_280),
        Load(name: "batch, https", way: .https, senders: 4, perRequest: 64, events: 1_280),
        Load(name: "8 senders, mail", way: .mail, senders: 8, perRequest: 1, events: 80),
    ]
}

/// What was measured in one run.
struct Measurement: Codable, Sendable {
    /// Taking in what then waits for a person: one commit per event, nothing leaves.
    struct Intake: Codable, Sendable {
        let acknowledgedPerSecond: Double
        let acknowledgement: Percentiles
        let cpuMilliseconds: Double
        let keptKilobytes: Double
    }

    let name: String
    let way: Load.Way
    let senders: Int
    let perRequest: Int
    let events: Int
    let acknowledgedPerSecond: Double
    let deliveredPerSecond: Double
    /// Milliseconds from the first byte of a request to the last one of its answer.
    let acknowledgement: Percentiles
    /// Milliseconds from the first byte of a request to the moment at which the counterpart has the event.
    let endToEnd: Percentiles
    let cpuMilliseconds: Double
    /// Of the bench itself: the senders and the counterpart, which share the processors.
    let benchCPUMilliseconds: Double
    let idle: Double
    let steal: Double
    let writtenKilobytes: Double
    let keptKilobytes: Double
    /// Nil where `perf` is not there.
    let syncs: Double?
    let memory: ProcessMemory
    let repeatedAtCounterpart: Int
    let intake: Intake?
    let bare: BareLoop

    /// End to end, to the bare loop of the same minute.
    var ratio: Double { deliveredPerSecond / bare.eventsPerSecond }
}
