// SPDX-License-Identifier: EUPL-1.2

/// A year at some schools, made from a seed: what happens, when the gateway is down, and what is expected when.
public struct History: Sendable {
    public let seed: UInt64
    public let start: Day
    public let end: Moment
    /// In order; no two at one moment in one case.
    public let happenings: [Dated]
    public let downtimes: [(from: Moment, to: Moment)]
    public let lives: [Life]
    public let walk: Walk

    /// Every rung that is to be taken, in order of expectation and day.
    public var taken: [Taken] { lives.flatMap { walk.taken($0, until: end).rungs }.sorted() }

    /// A few lines that tell how one expectation went, for who must find out why two lists differ.
    public func story(of key: String) -> String {
        let zaak = key.split(separator: "/").first.map(String.init) ?? ""
        let lines = happenings.filter { $0.zaak == zaak }.map { "\($0.at) \($0.number) \($0.partner): \($0.happening)" }
        let down = downtimes.map { "\($0.from) – \($0.to)" }.joined(separator: ", ")
        let lives = lives.filter { $0.key.hasPrefix(zaak + "/") }.map { life in
            "\(life.key) opened \(life.opened), due \(life.due): \(walk.taken(life, until: end).rungs.map { "\($0.rung) \($0.day)" })"
        }
        return (["seed \(seed), down \(down)"] + lines + lives).joined(separator: "\n")
    }
}

/// Makes histories.
public struct HistoryGenerator {
    public let plan: Plan
    /// Schools with the Veilig Thuis of their region.
    public let schools: [(id: String, partner: String)]
    public let otherPartner: String
    /// Who may turn out to be part of a case, per school.
    public let staff: [String: [String]]
    /// A mail can be placed with its case only when it answers something that was sent there.
    public var mailsAnswerReports = false
    private var random: Chance
    private var number = 0

    public init(
        _ plan: Plan, schools: [(id: String, partner: String)], otherPartner: String, staff: [String: [String]] = [:],
        seed: UInt64
    ) {
        self.plan = plan
        self.schools = schools
        self.otherPartner = otherPartner
        self.staff = staff
        random = Chance(seed)
    }

    /// - Parameter cases: How many begin in the first months, so that most come to their end within the year.
    public mutating func history(_ cases: Int, from start: Day, days: Int = 365, downtimes count: Int = 6) -> History {
        let seed = random.seed
        let end = Moment(start + days, minute: 23 * 60 + 30)
        let walk = Walk(hour: plan.hour, downtimes: downtimes(count, from: start, days: days))
        var planned: [[Planned]] = []
        for position in 0..<cases { planned.append(life(of: position, start, days, walk)) }
        // What happens is numbered in the order of time: a later one can mean an earlier one by its number.
        var books = (0..<cases).map { CaseBook(plan, zaak: "zaak-\($0)") }
        var dated: [Dated] = []
        var drafts = planned.enumerated().flatMap { position, list in list.map { (position, $0) } }
        drafts.sort { ($0.1.at, $0.0) < ($1.1.at, $1.0) }
        for (position, draft) in drafts {
            guard let next = settle(draft, position, books[position], dated) else { continue }
            books[position].note(next)
            dated.append(next)
        }
        return History(
            seed: seed, start: start, end: end, happenings: dated, downtimes: walk.downtimes,
            lives: books.flatMap { $0.entries.map(\.life) }, walk: walk)
    }

    // MARK: - When

    private mutating func downtimes(_ count: Int, from start: Day, days: Int) -> [(from: Moment, to: Moment)] {
        var found: [(from: Moment, to: Moment)] = []
        for part in 0..<count {
            let length = days / count
            let from = Moment(start + (part * length + random.below(length / 2)), minute: minute(0, 24))
            // Hours, a day or two, or weeks.
            let back = from.day + [0, random.below(3), random.below(length / 2)][random.below(3)]
            let to = Moment(back, minute: minute(3, 24))
            if from < to { found.append((from, to)) }
        }
        return found
    }

    /// Never on the hour, and not in the hour that the clock skips or has twice.
    private mutating func minute(_ from: Int, _ to: Int) -> Int {
        while true {
            let minute = (from + random.below(to - from)) * 60 + 1 + random.below(58)
            if minute / 60 != 2 { return minute }
        }
    }

    private struct Planned {
        let at: Moment
        /// What kind of thing: decided when its time has come, by what is open then.
        let choice: Int
    }

    private mutating func life(of position: Int, _ start: Day, _ days: Int, _ walk: Walk) -> [Planned] {
        var at = Moment(start + random.below(days * 4 / 5), minute: minute(7, 21))
        var planned: [Planned] = []
        let count = random.below(9)
        for place in 0...count {
            if let down = walk.downtimes.first(where: { $0.from <= at && at < $0.to }) {
                // Nobody can bring anything in: it is done soon after.
                at = Moment(down.to.day, minute: min(down.to.minute + 1 + random.below(3), 24 * 60 - 1))
            }
            if let last = planned.last, at <= last.at { at = Moment(last.at.day, minute: last.at.minute + 1) }
            guard at.minute < 24 * 60, at.minute % 60 != 0, walk.isUp(at: at), at.day < start + days else {
                return planned
            }
            planned.append(Planned(at: at, choice: place == 0 ? random.below(8) - 8 : random.below(100)))
            let gap = random.below(3) == 0 ? random.below(4) : random.below(24)
            at = Moment(at.day + gap, minute: gap == 0 ? at.minute + 1 + random.below(200) : minute(7, 21))
        }
        return planned
    }

    // MARK: - What

    /// Nil when there is nothing to be done of that kind.
    private mutating func settle(_ planned: Planned, _ position: Int, _ book: CaseBook, _ before: [Dated]) -> Dated? {
        let school = schools[position % schools.count]
        let isOther = planned.choice == -1 || (planned.choice >= 0 && random.below(6) == 0)
        let earlier = before.filter { $0.zaak == book.zaak }
        guard let happening = happening(planned, isOther, school.id, book, earlier) else { return nil }
        number += 1
        let isOfReport =
            if case .report = happening { true } else if case .correction = happening { true } else { false }
        return Dated(
            number: number, at: planned.at, school: school.id, zaak: book.zaak,
            partner: isOther && !isOfReport ? otherPartner : school.partner, happening: happening)
    }

    private mutating func happening(
        _ planned: Planned, _ isOther: Bool, _ school: String, _ book: CaseBook, _ earlier: [Dated]
    ) -> Happening? {
        let day = planned.at.day
        let open = book.openKeys
        switch planned.choice {
        case -1: return .recorded(on: day + -random.below(9))
        case -2: return .barrier
        case ..<0: return .report
        case 0..<22: return .feedback(feedback(on: day))
        case 22..<28:
            let wrong = earlier.filter { if case .feedback = $0.happening { true } else { false } }
            guard let last = wrong.last, !isCorrected(last.number, earlier), last.partner != otherPartner else {
                return nil
            }
            return .correction(of: last.number, feedback(on: day))
        case 28..<46:
            let isAnswer = !isOther && earlier.contains { $0.happening == .report }
            return isAnswer || !mailsAnswerReports ? .mail(isAutomatic: random.below(4) == 0) : nil
        case 46..<56:
            return waitsForJudgement(earlier.filter { ($0.partner == otherPartner) == isOther })
                ? .judged(asFeedback: random.below(3) == 0) : nil
        case 56..<70:
            let outcome = ["bereikt", "toegezegd", "nietBereikt"][random.below(3)]
            return .contact(outcome: outcome, promised: outcome == "toegezegd" ? day + random.below(20) : nil)
        case 70..<80: return open.isEmpty ? nil : .snooze(random.pick(open), until: day + (1 + random.below(40)))
        case 80..<84: return open.isEmpty ? nil : .resume(random.pick(open))
        case 84..<86: return open.isEmpty ? nil : .lapse(random.pick(open))
        case 86..<88: return .closeCase
        case 88..<92: return .barrier
        case 92..<96: return staff[school].map { .bar(person: random.pick($0)) }
        default: return .recorded(on: day + -random.below(9))
        }
    }

    /// Whether a mail of a person came in after the last that was judged.
    private func waitsForJudgement(_ earlier: [Dated]) -> Bool {
        for dated in earlier.reversed() {
            switch dated.happening {
            case .mail(isAutomatic: false): return true
            case .judged: return false
            default: continue
            }
        }
        return false
    }

    private func isCorrected(_ number: Int, _ earlier: [Dated]) -> Bool {
        earlier.contains { if case .correction(number, _) = $0.happening { true } else { false } }
    }

    private mutating func feedback(on day: Day) -> Feedback {
        Feedback(
            about: random.pick(Feedback.About.allCases), isPartial: random.below(4) == 0,
            decision: random.below(2) == 0 ? random.pick(Feedback.Decision.allCases) : nil,
            next: random.below(3) == 0 ? day + random.below(30) : nil)
    }
}

/// Numbers from a seed, the same on every machine.
public struct Chance: Sendable {
    let seed: UInt64
    private var state: UInt64

    public init(_ seed: UInt64) {
        self.seed = seed
        state = seed &* 0x2545_F491_4F6C_DD1D | 1
    }

    public mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % max(bound, 1)
    }

    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
