// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Disclosures
import LadderModel
import Values

/// The gateway on paper: the rules, the clock and a list of items in memory.
final class PaperGateway {
    private let rules: OwedRules
    private let history: History
    private let downtimes: [(from: Timestamp, to: Timestamp)]
    private var shelf = PaperShelf()
    private(set) var taken: [Taken] = []

    init(_ rules: OwedRules, _ history: History) {
        self.rules = rules
        self.history = history
        downtimes = history.downtimes.map { ($0.from.timestamp, $0.to.timestamp) }
    }

    var itemsByKey: [String: PaperShelf.Item] {
        Dictionary(shelf.items.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Lives through the year: everything in the order of time, nothing while it is down.
    func live() throws {
        var steps: [(at: Moment, happening: Dated?)] = history.happenings.map { ($0.at, $0) }
        steps += history.downtimes.map { ($0.to, nil) } + [(history.end, nil)]
        steps.sort { $0.at < $1.at }
        for step in steps {
            let time = step.at.timestamp
            runClocks(until: time)
            if let happening = step.happening { try take(happening, at: time) }
            look(at: time)
        }
    }

    /// Up to, and not including, a time.
    private func runClocks(until end: Timestamp) {
        while let next = shelf.items.compactMap(\.nextAt).min(), next < end, isUp(next) { look(at: next) }
    }

    private func isUp(_ time: Timestamp) -> Bool {
        !downtimes.contains { $0.from <= time && time < $0.to }
    }

    private func look(at now: Timestamp) {
        guard isUp(now) else { return }
        for index in shelf.items.indices {
            while let expected = shelf.items[index].nextAt, expected <= now {
                let next = look(index, at: now)
                shelf.items[index].nextAt = next
                // A rung that came due is found at once; nothing is found without end.
                guard next.map({ $0 <= now }) ?? false, next != expected else { break }
            }
        }
    }

    private func look(_ index: Int, at now: Timestamp) -> Timestamp? {
        switch rules.due(shelf.items[index].stored, at: now) {
        case .nothing(let next): return next
        case .remind(let next):
            shelf.items[index].reminders += 1
            return next
        case .climb(let rung, let next):
            shelf.items[index].take(at: now)
            let day = Day(now.calendarDateInAmsterdam)
            taken.append(Taken(key: shelf.items[index].key, rung: rung.kind.rawValue, day: day))
            return next
        case .ends, .tell: return nil
        }
    }

    // MARK: - What happens

    private func take(_ dated: Dated, at now: Timestamp) throws {
        let steps: [OwedStep]
        var type: EventType?
        switch dated.happening {
        case .report:
            guard let event = try dated.event(shelf.numbers) else { return }
            type = event.type
            steps = rules.steps(
                arrived: event, recipientID: dated.partner, kind: .veiligThuis, delivery: Int64(dated.number),
                arrivedAt: now, at: now)
        case .mail(let isAutomatic):
            guard !isAutomatic else { return }
            shelf.pause(
                OwedPause(
                    kinds: OwedKind.feedback, recipientID: dated.partner, until: rules.pauseForPost(from: now), at: now),
                in: dated)
            let place = OwedPlace.known(caseNumber: 1, school: dated.school)
            let number = Int64(dated.number)
            steps =
                rules.opening(.postBeoordelen, place, subject: number, recipientID: dated.partner, at: now)
                .map { [$0] } ?? []
        default:
            guard let event = try dated.event(shelf.numbers) else { return }
            type = event.type
            steps = rules.steps(
                for: event, submitter: "ib", at: now, roles: { _ in nil },
                kinds: { $0 == "wijkteam" ? .hulpverlener : .veiligThuis })
        }
        for step in steps { shelf.take(step, in: dated) }
        if let type { shelf.note(type.rawValue, in: dated) }
    }
}
