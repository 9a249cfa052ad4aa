// SPDX-License-Identifier: EUPL-1.2

/// What happens in a case, as people and partners do it.
public enum Happening: Sendable, Hashable {
    /// A report reaches Veilig Thuis, by machine or by hand.
    case report
    /// Something was told to a partner by phone, days ago, and is recorded now.
    case recorded(on: Day)
    /// *Niet gehoord* or a *drempel*.
    case barrier
    case feedback(Feedback)
    /// The partner's feedback of that number was recorded wrongly: this is what it was.
    case correction(of: Int, Feedback)
    case mail(isAutomatic: Bool)
    /// A person says of the last mail what it is.
    case judged(asFeedback: Bool)
    case contact(outcome: String, promised: Day?)
    case snooze(String, until: Day)
    case resume(String)
    /// No longer needed.
    case lapse(String)
    case closeCase
    /// Somebody of the school turns out to be part of it.
    case bar(person: String)
}

/// What a partner tells.
public struct Feedback: Sendable, Hashable {
    public enum About: String, Sendable, CaseIterable {
        case ontvangst, besluit, uitkomstOnderzoek, eindeBetrokkenheid, afgesprokenMoment
    }

    /// What it decided; there are more, which mean the same here as one of these.
    public enum Decision: String, Sendable, CaseIterable {
        case eigenOnderzoek, voorwaardenEnVervolg, eindeBemoeienis
    }

    public let about: About
    public let isPartial: Bool
    public let decision: Decision?
    /// When the partner tells more.
    public let next: Day?
}

/// One thing that happens, when, in which case.
public struct Dated: Sendable {
    /// Counts from 1 in a history.
    public let number: Int
    public let at: Moment
    public let school: String
    public let zaak: String
    public let partner: String
    public let happening: Happening
}

/// The terms and ladders of the shipped `Config/termijnen.yaml`, copied by hand from what it says.
public struct Plan: Sendable {
    /// The hour of the day at which people hear.
    public let hour = 9
    /// Working days of the first decision after a report, per partner.
    public let decision: [String: Int]
    let ladder = LadderPlan(
        [("herinnering", 1), ("contact", 2), ("centraleContactpersoon", 5), ("bestuur", 5)], every: 20)
    /// That of what the school itself must do.
    public let ownLadder = LadderPlan(
        [("herinnering", 1), ("herinnering", 5), ("centraleContactpersoon", 10)], every: 20)

    /// - Parameter decision: 5 where the configuration has no term of its own for the partner.
    public init(decision: [String: Int]) {
        self.decision = decision
    }

    /// The kinds of expectation, as the configuration calls them.
    public enum Kind: String, Sendable, CaseIterable {
        case decision = "terugkoppelingBesluit"
        case outcome = "terugkoppelingUitkomst"
        case end = "terugkoppelingEinde"
        case agreed = "terugkoppelingMoment"
        case partner = "terugkoppelingPartner"
        case barrier = "drempel"
        case post = "postBeoordelen"
    }
}

/// What is expected in one case, kept by hand while things happen: what each of them opens, closes and moves.
struct CaseBook {
    let plan: Plan
    let zaak: String
    private(set) var entries: [Entry] = []

    struct Entry {
        var life: Life
        let kind: Plan.Kind
        let partner: String
        /// The numbers of the happenings that opened and closed it.
        let openedBy: Int
        var closedBy: Int?
    }

    init(_ plan: Plan, zaak: String) {
        self.plan = plan
        self.zaak = zaak
    }

    /// Of what a person can put off or drop: not of a mail, which is to be judged.
    var openKeys: [String] { entries.filter { !$0.life.isClosed && $0.kind != .post }.map(\.life.key) }

    mutating func note(_ dated: Dated) {
        let (day, partner) = (dated.at.day, dated.partner)
        switch dated.happening {
        case .report: open(.decision, dated, due: day.later(workingDays: plan.decision[partner] ?? 5))
        case .recorded(let told):
            if let days = plan.decision[partner] {
                open(.decision, dated, due: told.later(workingDays: days))
            } else {
                open(.partner, dated, due: told.later(workingDays: 15))
            }
        case .barrier: open(.barrier, dated, due: day.later(workingDays: 5))
        case .feedback(let feedback): take(feedback, dated)
        case .correction(let number, let feedback): correct(number, feedback, dated)
        case .mail(let isAutomatic):
            guard !isAutomatic else { return }
            act(.mail, dated) { $0.partner == partner && $0.kind != .post }
            open(.post, dated, due: day.later(workingDays: 3))
        case .judged(let asFeedback):
            if !asFeedback { act(.judged, dated) { $0.partner == partner && $0.kind != .post } }
            // The last mail of this partner that somebody must look at.
            let mail = entries.last { $0.kind == .post && $0.partner == partner }?.openedBy
            close(dated) { $0.kind == .post && $0.openedBy == mail }
        case .contact(let outcome, let promised):
            guard outcome == "toegezegd", let promised else { return }
            act(.move(to: promised), dated) { $0.partner == partner && $0.kind != .post }
        case .snooze(let key, let until): act(.snooze(until: until), dated) { $0.life.key == key }
        case .resume(let key): act(.resume, dated) { $0.life.key == key }
        case .lapse(let key): close(dated) { $0.life.key == key }
        case .closeCase: close(dated) { $0.kind != .post && $0.kind != .barrier }
        case .bar: break
        }
    }

    /// - Parameter due: The last day of its term.
    private mutating func open(_ kind: Plan.Kind, _ dated: Dated, due: Day, partner: String? = nil) {
        let count = entries.count { $0.kind == kind } + 1
        let life = Life(
            key: "\(zaak)/\(kind.rawValue)/\(count)", opened: dated.at, due: due,
            ladder: kind == .post ? plan.ownLadder : plan.ladder)
        entries.append(Entry(life: life, kind: kind, partner: partner ?? dated.partner, openedBy: dated.number))
    }

    private mutating func take(_ feedback: Feedback, _ dated: Dated) {
        let of = { (kinds: Set<Plan.Kind>) in
            { (entry: Entry) in kinds.contains(entry.kind) && entry.partner == dated.partner }
        }
        guard !feedback.isPartial else {
            // A part that was told closes nothing; with another day it is expected then.
            if let next = feedback.next {
                act(.move(to: next), dated, where: of([.decision, .outcome, .end, .agreed, .partner]))
            }
            return
        }
        let (about, decision) = (feedback.about, feedback.decision)
        let isOver = about == .eindeBetrokkenheid || decision == .eindeBemoeienis
        var answered: Set<Plan.Kind> = about == .ontvangst ? [] : [.agreed, .partner]
        if isOver || about == .besluit || about == .uitkomstOnderzoek || decision != nil { answered.insert(.decision) }
        if isOver || about == .uitkomstOnderzoek { answered.insert(.outcome) }
        if isOver { answered.insert(.end) }
        close(dated, where: of(answered))
        let day = dated.at.day
        if about == .ontvangst {
            if let next = feedback.next { act(.move(to: next), dated, where: of([.decision, .partner])) }
        } else if let next = feedback.next {
            open(.agreed, dated, due: next)
        }
        // An investigation has an outcome; what goes on otherwise has an end.
        if decision == .eigenOnderzoek, about != .uitkomstOnderzoek, about != .eindeBetrokkenheid {
            expect(.outcome, dated, due: day + 70)
        }
        let goesOn =
            decision == .voorwaardenEnVervolg || (about == .besluit && decision == nil)
            || (about == .uitkomstOnderzoek && decision != .eindeBemoeienis)
        if goesOn, !isOver { expect(.end, dated, due: day.later(months: 3)) }
    }

    /// Who tells the same decision again, by letter after a phone call, owes what follows from it once: the day that was set first
    /// stays.
    private mutating func expect(_ kind: Plan.Kind, _ dated: Dated, due: Day) {
        let isExpected = entries.contains { $0.kind == kind && $0.partner == dated.partner && !$0.life.isClosed }
        if !isExpected { open(kind, dated, due: due) }
    }

    /// What the wrong one closed is owed again, with the last day that it had, and what it opened is gone.
    private mutating func correct(_ number: Int, _ feedback: Feedback, _ dated: Dated) {
        let again = entries.filter { $0.closedBy == number }
        close(dated) { $0.openedBy == number }
        for entry in again { open(entry.kind, dated, due: entry.life.dueNow, partner: entry.partner) }
        take(feedback, dated)
    }

    private mutating func act(_ act: Act, _ dated: Dated, where isMeant: (Entry) -> Bool) {
        for index in entries.indices where !entries[index].life.isClosed && isMeant(entries[index]) {
            entries[index].life.acts.append((dated.at, act))
        }
    }

    private mutating func close(_ dated: Dated, where isMeant: (Entry) -> Bool) {
        for index in entries.indices where !entries[index].life.isClosed && isMeant(entries[index]) {
            entries[index].closedBy = dated.number
            entries[index].life.acts.append((dated.at, .close))
        }
    }
}
