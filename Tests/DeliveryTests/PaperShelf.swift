// SPDX-License-Identifier: EUPL-1.2
import Delivery
import LadderModel
import Values

/// What the store does with steps, in memory, as far as the ladder needs it.
struct PaperShelf {
    struct Item {
        let id: Int64
        let key: String
        let zaak: String
        let event: Int64
        let new: NewOwedItem
        var dueOn: CalendarDate
        var nextAt: Timestamp?
        var state = OwedState.open
        var reminders = 0
        var rungs = 0
        var rungAt: Timestamp?
        var pausedUntil: Timestamp?
        var pausedBy: OwedPauser?
        var hadPost = false
        var closedBy: Int64?

        mutating func take(at now: Timestamp) {
            rungs += 1
            rungAt = now
            (pausedUntil, pausedBy, hadPost) = (nil, nil, false)
        }

        mutating func close(_ state: OwedState, by event: Int64) {
            (self.state, closedBy, nextAt) = (state, event, nil)
        }

        var stored: StoredOwedItem {
            StoredOwedItem(
                id: id, kind: new.kind, school: "01AB", caseNumber: 1, event: event, delivery: nil,
                recipientID: new.recipientID, personID: nil, subject: new.subject, since: new.since, dueOn: dueOn,
                nextAt: nextAt, reminders: reminders, state: state, closedBy: closedBy,
                closedAt: state == .open ? nil : new.since, rungs: rungs, rungAt: rungAt, pausedUntil: pausedUntil,
                pausedBy: pausedBy)
        }
    }

    var items: [Item] = []
    /// The types of event in each case.
    private var types: [String: Set<String>] = [:]

    /// An event stands in its case, after what it did: it does not come before itself.
    mutating func note(_ type: String, in dated: Dated) {
        types[dated.zaak, default: []].insert(type)
    }

    /// The number of a happening is that of its event, and of its mail.
    var numbers: Dated.Numbers {
        let items = items
        return Dated.Numbers(
            item: { key in items.first { $0.key == key }?.id }, event: { Int64($0) },
            mail: { dated in
                items.last {
                    $0.zaak == dated.zaak && $0.new.kind == .postBeoordelen && $0.new.recipientID == dated.partner
                }?.new.subject
            })
    }

    private mutating func change(_ dated: Dated, where isMeant: (Item) -> Bool, _ change: (inout Item) -> Void) {
        for index in items.indices
        where items[index].state == .open && items[index].zaak == dated.zaak && isMeant(items[index]) {
            change(&items[index])
        }
    }

    private static func fits(_ item: Item, _ recipient: String?) -> Bool {
        recipient == nil || item.new.recipientID == nil || item.new.recipientID == recipient
    }

    mutating func pause(_ pause: OwedPause, in dated: Dated) {
        change(dated) {
            pause.kinds.contains($0.new.kind) && Self.fits($0, pause.recipientID) && $0.nextAt != nil && !$0.hadPost
                && ($0.pausedUntil.map { $0 <= pause.at } ?? true)
        } _: { item in
            (item.pausedUntil, item.pausedBy, item.hadPost) = (pause.until, .post, true)
            item.nextAt = item.nextAt.map { max($0, pause.until) }
        }
    }

    mutating func take(_ step: OwedStep, in dated: Dated) {
        let event = Int64(dated.number)
        switch step {
        // For each open item of a kind that no history here has.
        case .open(let new) where new.forEach != nil || !isWanted(new, dated): break
        case .open(let new): open(new, dated)
        case .close(let closing):
            change(dated) {
                $0.new.kind == closing.kind && Self.fits($0, closing.recipientID)
                    && (closing.subject == nil || $0.new.subject == closing.subject)
            } _: {
                $0.close(closing.state, by: event)
            }
        case .move(let move):
            change(dated) {
                $0.new.kind == move.kind && Self.fits($0, move.recipientID)
            } _: { item in
                (item.dueOn, item.nextAt, item.rungs, item.rungAt) = (move.dueOn, move.nextAt, 0, nil)
                (item.pausedUntil, item.pausedBy, item.hadPost) = (nil, nil, false)
            }
        case .resumeAfterPost(_, let at):
            change(dated) {
                $0.pausedBy == .post && Self.fits($0, dated.partner)
            } _: { item in
                (item.pausedUntil, item.pausedBy) = (nil, nil)
                item.nextAt = item.nextAt.map { min($0, at) }
            }
        case .decide(let decision): decide(decision, dated)
        case .correct(let correction):
            let again = items.filter { $0.closedBy == correction.corrects && correction.kinds.contains($0.new.kind) }
            change(dated) {
                $0.event == correction.corrects && correction.kinds.contains($0.new.kind)
            } _: {
                $0.close(.cancelled, by: event)
            }
            for item in again {
                var new = item.new
                new.nextAt = correction.at
                open(new, dated, dueOn: item.dueOn)
            }
        case .contact, .look: break
        }
    }

    /// What the case holds already may be enough.
    private func isWanted(_ new: NewOwedItem, _ dated: Dated) -> Bool {
        let known = items.filter { $0.zaak == dated.zaak }
        let isOpen = known.contains {
            $0.state == .open && $0.new.kind == new.kind && $0.new.recipientID == new.recipientID
        }
        return !(new.isOnce && isOpen) && !known.contains { new.unlessHad.contains($0.new.kind) }
            && new.unlessAfter.isDisjoint(with: types[dated.zaak, default: []])
    }

    private mutating func open(_ new: NewOwedItem, _ dated: Dated, dueOn: CalendarDate? = nil) {
        let count = items.count { $0.zaak == dated.zaak && $0.new.kind == new.kind } + 1
        items.append(
            Item(
                id: Int64(items.count + 1), key: "\(dated.zaak)/\(new.kind.rawValue)/\(count)", zaak: dated.zaak,
                event: Int64(dated.number), new: new, dueOn: dueOn ?? new.dueOn, nextAt: new.nextAt))
    }

    private mutating func decide(_ decision: OwedDecision, _ dated: Dated) {
        change(dated) {
            $0.id == decision.item
        } _: { item in
            switch decision.verdict {
            case .snooze(let until):
                (item.pausedUntil, item.pausedBy, item.nextAt) = (until, .person, until)
            case .resume: (item.pausedUntil, item.pausedBy, item.nextAt) = (nil, nil, decision.at)
            case .close(let state): item.close(state, by: Int64(dated.number))
            }
        }
    }
}
