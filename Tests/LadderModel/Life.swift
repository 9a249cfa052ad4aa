// SPDX-License-Identifier: EUPL-1.2

/// A ladder in words: which rung comes after how many working days.
public struct LadderPlan: Sendable {
    public let rungs: [(name: String, after: Int)]
    /// After the last rung it is taken again after so many; nil for never.
    public let every: Int?

    public init(_ rungs: [(name: String, after: Int)], every: Int? = nil) {
        self.rungs = rungs
        self.every = every
    }
}

/// What happens to one expectation.
public enum Act: Sendable, Hashable {
    case close
    /// A mail of the partner that seems to be an answer.
    case mail
    /// A person said what that mail was, and that it was no feedback.
    case judged
    case snooze(until: Day)
    case resume
    /// The partner promised another day.
    case move(to: Day)
}

/// One expectation from the moment that it was opened, and what happened to it, in order.
public struct Life: Sendable {
    /// Which it is: case, kind, and the how manieth of its kind in the case.
    public let key: String
    public let opened: Moment
    /// The last day of its term.
    public let due: Day
    public let ladder: LadderPlan
    public internal(set) var acts: [(at: Moment, act: Act)] = []

    public init(key: String, opened: Moment, due: Day, ladder: LadderPlan) {
        self.key = key
        self.opened = opened
        self.due = due
        self.ladder = ladder
    }

    var isClosed: Bool { acts.contains { $0.act == .close } }

    /// The last day as it was moved last.
    var dueNow: Day {
        for (_, act) in acts.reversed() { if case .move(let day) = act { return day } }
        return due
    }
}

/// A rung that is taken for one expectation.
public struct Taken: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let key: String
    public let rung: String
    public let day: Day

    public init(key: String, rung: String, day: Day) {
        self.key = key
        self.rung = rung
        self.day = day
    }

    public static func < (one: Taken, other: Taken) -> Bool {
        (one.key, one.day, one.rung) < (other.key, other.day, other.rung)
    }

    public var description: String { "\(key): \(rung) on \(day)" }
}

/// Where an expectation stands when the simulated time is over.
public enum Standing: Sendable, Hashable {
    case closed
    /// Every rung was taken.
    case atTheTop
    /// The day of the next rung has not come.
    case waiting
    /// A mail or a person made its clock stand still.
    case still
}

/// The walk: every day by itself, from the words of the rules alone.
///
/// - A rung is due at one hour of a working day, so many working days after the last day of the term, or after the day on which the
///   rung before it was really taken.
/// - While the gateway is down, or the clock stands still, nothing is taken; after that it is, at once on a working day, or else at
///   the hour of the next one. One rung at a time.
/// - A mail makes the clock stand still until the hour of the third working day after it, once between two rungs, or until a person
///   says what it is. What a person decides about the clock goes before a mail.
/// - Another day begins the ladder anew.
public struct Walk: Sendable {
    public let hour: Int
    /// From the first minute on, up to the second.
    public let downtimes: [(from: Moment, to: Moment)]

    public init(hour: Int, downtimes: [(from: Moment, to: Moment)]) {
        self.hour = hour
        self.downtimes = downtimes
    }

    public func isUp(at moment: Moment) -> Bool {
        !downtimes.contains { $0.from <= moment && moment < $0.to }
    }

    public func taken(_ life: Life, until end: Moment) -> (rungs: [Taken], standing: Standing) {
        var state = State(due: life.due)
        var found: [Taken] = []
        let special = Dictionary(grouping: downtimes.map(\.to) + life.acts.map(\.at) + [life.opened], by: \.day)
        var day = life.opened.day
        while day <= end.day, !state.isClosed {
            // When anything can be taken: at the hour, when the gateway comes back, and when somebody did something.
            let atTheHour = Moment(day, minute: hour * 60)
            let moments = special[day].map { Set($0 + [atTheHour]).sorted() } ?? [atTheHour]
            for moment in moments where moment >= life.opened && moment <= end {
                for (at, act) in life.acts where at == moment { state.apply(act, at: moment, hour: hour) }
                guard let (rung, dueOn) = state.next(life.ladder), isUp(at: moment), day.isWorkingDay, !state.isClosed,
                    Moment(dueOn, minute: hour * 60) <= moment, state.still.map({ $0.until <= moment }) ?? true
                else { continue }
                found.append(Taken(key: life.key, rung: rung, day: day))
                state.take(on: day)
            }
            day = day + 1
        }
        return (found, state.standing(at: end, life.ladder))
    }

    private struct State {
        var due: Day
        var rungs = 0
        var lastTaken: Day?
        var still: (until: Moment, byMail: Bool)?
        /// A mail had its turn since the last rung.
        var hadMail = false
        var isClosed = false

        init(due: Day) {
            self.due = due
        }

        mutating func apply(_ act: Act, at moment: Moment, hour: Int) {
            switch act {
            case .close: isClosed = true
            case .mail:
                guard !hadMail, still.map({ $0.until <= moment }) ?? true else { return }
                still = (Moment(moment.day.later(workingDays: 3), minute: hour * 60), true)
                hadMail = true
            case .judged: if still?.byMail == true { still = nil }
            case .snooze(let until): still = (Moment(until, minute: hour * 60), false)
            case .resume: still = nil
            case .move(let day): self = State(due: day)
            }
        }

        mutating func take(on day: Day) {
            rungs += 1
            lastTaken = day
            still = nil
            hadMail = false
        }

        func next(_ ladder: LadderPlan) -> (rung: String, dueOn: Day)? {
            let from = lastTaken ?? due
            if rungs < ladder.rungs.count {
                return (ladder.rungs[rungs].name, from.later(workingDays: ladder.rungs[rungs].after))
            }
            guard let every = ladder.every, let last = ladder.rungs.last else { return nil }
            return (last.name, from.later(workingDays: every))
        }

        func standing(at end: Moment, _ ladder: LadderPlan) -> Standing {
            if isClosed { return .closed }
            if rungs >= ladder.rungs.count { return .atTheTop }
            return still.map { $0.until > end } ?? false ? .still : .waiting
        }
    }
}
