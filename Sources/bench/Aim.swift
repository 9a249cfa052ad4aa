// SPDX-License-Identifier: EUPL-1.2

/// A figure that the project sets itself, beside what was measured.
struct Aim {
    let name: String
    let asked: String
    let measured: String
    let isMet: Bool

    private init(_ name: String, _ value: Double, atLeast least: Double, unit: String) {
        self.name = name
        asked = ">= \(short(least))\(unit)"
        measured = "\(short(value))\(unit)"
        isMet = value >= least
    }

    private init(_ name: String, _ value: Double, below most: Double, unit: String) {
        self.name = name
        asked = "<= \(short(most))\(unit)"
        measured = "\(short(value))\(unit)"
        isMet = value <= most
    }

    /// For every run that was made.
    static func all(_ report: Report) -> [Aim] {
        let runs = Dictionary(report.runs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var aims: [Aim] = []
        if let run = runs["1 sender, https"] {
            aims.append(Aim("1 sender: end to end p50", run.endToEnd.p50, below: 5, unit: " ms"))
        }
        if let run = runs["8 senders, https"] {
            aims += [
                Aim("8 senders: of the bare loop", run.ratio * 100, atLeast: 45, unit: "%"),
                // Ten times the best peer that was measured on this kind of machine (372 events/s).
                Aim("8 senders: delivered", run.deliveredPerSecond, atLeast: 3_720, unit: "/s"),
                Aim("8 senders: acknowledgement p99", run.acknowledgement.p99, below: 6, unit: " ms"),
                Aim("8 senders: CPU per event", run.cpuMilliseconds, below: 0.4, unit: " ms"),
                Aim("8 senders: written per event", run.writtenKilobytes, below: 20, unit: " KB"),
                Aim("8 senders: kept per event", run.keptKilobytes, below: 3, unit: " KB"),
            ]
        }
        if let run = runs["64 senders, https"] {
            aims += [
                Aim("64 senders: of the bare loop", run.ratio * 100, atLeast: 30, unit: "%"),
                Aim("64 senders: written per event", run.writtenKilobytes, below: 10, unit: " KB"),
            ]
        }
        if let run = runs["batch, https"] {
            aims.append(Aim("batch: of the bare loop", run.ratio * 100, atLeast: 60, unit: "%"))
        }
        aims.append(Aim("decisions on one core", report.decisions.perSecond, atLeast: 1_000_000, unit: "/s"))
        return aims + atRest(report.startUp) + owed(report.owed)
    }

    /// Whatever is open and not due.
    private static func owed(_ owed: OwedScale) -> [Aim] {
        guard let most = owed.sizes.last else { return [] }
        return [
            Aim("\(most.open) expectations: find 1000 due", most.looks.last?.find.p99 ?? 0, below: 100, unit: " ms"),
            Aim("\(most.open) expectations: take up", most.takeUp, below: 100, unit: " ms"),
            Aim(
                "steps to find them, of those with few open",
                100 * (owed.ratio { Double($0.looks.last?.steps ?? 0) }), below: 100, unit: "%"),
            Aim("ready, of the time with few open", 100 * owed.ratio(\.ready), below: 130, unit: "%"),
        ]
    }

    private static func atRest(_ startUp: StartUp) -> [Aim] {
        [
            Aim("idle: resident", startUp.idle.resident, below: 60, unit: " MB"),
            Aim("idle: anonymous", startUp.idle.anonymous, below: 12, unit: " MB"),
            Aim("ready", startUp.ready, below: 200, unit: " ms"),
            Aim("ready after a kill (slowest)", startUp.readyAfterKill.max() ?? 0, below: 200, unit: " ms"),
        ]
    }
}

private func short(_ value: Double) -> String {
    value >= 100 || value == value.rounded() ? whole(value) : two(value)
}
