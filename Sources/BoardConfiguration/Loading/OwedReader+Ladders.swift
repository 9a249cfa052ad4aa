// SPDX-License-Identifier: EUPL-1.2
import Delivery
import PrivacyRules
import Values

/// Ladders of escalation, and tasks of every year.
extension OwedReader {
    func ladders(_ node: YAMLNode) -> [OwedLadder]? {
        guard let ladders = node.list(log, of: ladder) else { return nil }
        log.reportRepeats("the ladder", ladders.map { (key: $0.value.name, place: $0.place) })
        return ladders.map(\.value)
    }

    private func ladder(_ node: YAMLNode) -> Placed<OwedLadder>? {
        guard let section = Section(node, keys: ["name", "rungs", "repeat_every_working_days"], log) else { return nil }
        let name = section.required("name") { $0.identifier(log) }
        let rungs = section.required("rungs") { node in
            if node.elements?.isEmpty == true {
                log.error(node.place, "a ladder has at least one rung", suggestion: "Add {rung: herinnering, …}.")
            }
            return whole(node.list(log, of: rung), of: node)
        }
        let every = number(section, "repeat_every_working_days", 1...250)
        guard let name, let rungs else { return nil }
        checkOrder(rungs)
        return Placed(
            value: OwedLadder(name: name, rungs: rungs.map(\.value), repeatsEveryWorkingDays: every),
            place: section.place(of: "name"))
    }

    private func rung(_ node: YAMLNode) -> Placed<OwedRung>? {
        let keys = ["rung", "after_working_days", "roles", "ask"]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let kind = section.required("rung") { $0.choice(rawChoices(OwedRung.Kind.self), "rung", log) }
        let days = section.required("after_working_days") { $0.integer(in: 1...250, log) }
        let ask = section.text("ask")
        let roles = section.optional("roles") { self.roles($0, "somebody must hear of it") }
        if section["roles"] == nil, kind == .centraleContactpersoon || kind == .bestuur {
            log.error(section.place, "who hears of this rung is not said", suggestion: "Add roles:.")
        }
        guard let kind, let days, let ask, section["roles"] == nil || roles != nil else { return nil }
        return Placed(
            value: OwedRung(kind: kind, afterWorkingDays: days, roles: roles ?? [], ask: ask),
            place: section.place(of: "rung"))
    }

    /// Contact first, then higher up (Handreiking meldcode: only what contact does not mend goes to the board).
    private func checkOrder(_ rungs: [Placed<OwedRung>]) {
        for (position, rung) in rungs.enumerated() {
            guard let higher = rungs[..<position].last(where: { $0.value.kind.height > rung.value.kind.height }) else {
                continue
            }
            let why =
                rung.value.kind == .contact
                ? "contact with the partner comes before anybody higher up hears of it"
                : "a ladder goes up, and “\(rung.value.kind.rawValue)” stands lower than “\(higher.value.kind.rawValue)”"
            log.error(
                rung.place, why,
                suggestion: "Put it before the rung “\(higher.value.kind.rawValue)” of line \(higher.place.line).")
        }
    }

    /// Whether each kind's ladder exists and, where a partner owes something, begins with contact.
    /// - Parameters:
    ///   - kinds: What stands under `kinds:`.
    ///   - isWhole: Whether every ladder could be read: otherwise none is missed.
    func checkLadders(of kinds: YAMLNode?, _ ladders: [OwedLadder], isWhole: Bool) {
        for node in kinds?.elements ?? [] {
            guard let named = node["ladder"], case .scalar(let name, _) = named.content, !name.isEmpty else { continue }
            guard let ladder = ladders.first(where: { $0.name == name }) else {
                guard isWhole else { continue }
                let known = ladders.map(\.name)
                log.error(
                    named.place, "there is no ladder “\(name)”",
                    suggestion: known.isEmpty ? "Add it under ladders:." : Hint.choice(for: name, among: known))
                continue
            }
            guard case .scalar(let word, _) = node["kind"]?.content, let kind = OwedKind(rawValue: word),
                OwedKind.feedback.contains(kind),
                let first = ladder.rungs.first(where: { $0.kind != .herinnering }), first.kind != .contact
            else { continue }
            log.error(
                named.place, "the ladder “\(name)” goes higher up without contact with the partner who owes this",
                suggestion: "Add {rung: contact, …} to it, or name another ladder.")
        }
    }

    // MARK: - Every year

    func yearlyTasks(_ node: YAMLNode) -> [YearlyTask]? {
        guard let tasks = node.list(log, of: yearlyTask) else { return nil }
        log.reportRepeats("the yearly task", tasks.map { (key: $0.value.id, place: $0.place) })
        return tasks.map(\.value)
    }

    private func yearlyTask(_ node: YAMLNode) -> Placed<YearlyTask>? {
        let keys = ["id", "title", "task", "source", "owners", "per", "opens_on", "due_on"]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let id = section.required("id") { $0.identifier(log) }
        let title = section.required("title", self.title)
        let task = section.text("task")
        let source = section.text("source")
        let owners = section.required("owners") { roles($0, "somebody must hear of it") }
        let perSchool = section.required("per") {
            $0.choice([(name: "school", value: true), (name: "bestuur", value: false)], "choice for per", log)
        }
        let opensOn = section.required("opens_on", dayOfYear)
        let dueOn = section.required("due_on", dayOfYear)
        if let opensOn, opensOn == dueOn {
            log.error(section.place(of: "due_on"), "it is due on the day on which it opens")
        }
        guard let id, let title, let task, let source, let owners, let perSchool, let opensOn, let dueOn else {
            return nil
        }
        return Placed(
            value: YearlyTask(
                id: id, title: title, task: task, source: source, owners: owners, isPerSchool: perSchool,
                opensOn: opensOn, dueOn: dueOn),
            place: section.place(of: "id"))
    }

    /// Month and day, both with two digits.
    private func dayOfYear(_ node: YAMLNode) -> YearlyTask.DayOfYear? {
        guard let text = node.text(log) else { return nil }
        // In a year without 29 February, so that every year has the day.
        guard text.utf8.count == 5, let date = CalendarDate("2025-\(text)"),
            let day = YearlyTask.DayOfYear(month: date.month, day: date.day)
        else {
            log.error(
                node.place, "“\(text)” is no day that every year has",
                suggestion: "Write month and day, such as \"09-01\" for 1 September.")
            return nil
        }
        return day
    }
}

extension OwedRung.Kind {
    /// How far up it reaches.
    fileprivate var height: Int {
        switch self {
        case .herinnering: 0
        case .contact: 1
        case .centraleContactpersoon: 2
        case .bestuur: 3
        }
    }
}
