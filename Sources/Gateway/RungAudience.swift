// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Delivery
import PrivacyRules
import Values

/// Who hears of the items in a message of rungs, as it stands now: by the message itself, or else by the gateway's own notices, one
/// mail to each person. So a relay that refuses one address, and a reader who was barred meanwhile, leave nothing unheard.
struct RungAudience: Sendable {
    /// The addresses that the message goes to: of those who may hear of every item in it.
    let addresses: [String]
    /// Of the items that somebody named may no longer read with the others: made whatever becomes of the message.
    let apart: [NewNotice]
    /// Of everything still open, for everybody: made when the message does not arrive.
    let instead: [NewNotice]
}

extension GatewayServices {
    /// Who may hear nothing of an item: those barred from its case (practice 7).
    func barred(from item: StoredOwedItem) async throws(StoreError) -> Set<String> {
        guard let number = item.caseNumber else { return [] }
        return try await store.barred(fromCase: number)
    }

    /// Nil for an event that is no message of rungs.
    func audience(of event: CaseEvent) async throws(StoreError) -> RungAudience? {
        guard event.type == .opschalingGedaan else { return nil }
        let named = (event.data["lezers"]?.array ?? []).compactMap(\.string)
        var barredOfAny: Set<String> = []
        var hearers: [(item: StoredOwedItem, people: [String])] = []
        for number in (event.data["verplichtingen"]?.array ?? []).compactMap({ $0["nummer"]?.integer }) {
            guard let item = try await store.owedItem(OwedItemID(number)) else { continue }
            let barred = try await barred(from: item)
            barredOfAny.formUnion(barred)
            if item.state == .open { hearers.append((item, people(of: item, named, barred))) }
        }
        let readers = named.filter { !barredOfAny.contains($0) }
        let directory = model.directory
        let reached = readers.filter { directory.person($0)?.email != nil }
        func notices(_ isMeant: (String) -> Bool) -> [NewNotice] {
            hearers.flatMap { item, people in
                people.filter(isMeant).map { notice(of: item, to: $0, cause: event.id) }
            }
        }
        return RungAudience(
            addresses: reached.compactMap { directory.person($0)?.email },
            apart: notices { !reached.contains($0) }, instead: notices { _ in true })
    }

    /// Those of the message who may hear of an item; without any, whoever else is to.
    private func people(of item: StoredOwedItem, _ named: [String], _ barred: Set<String>) -> [String] {
        let people = named.filter { !barred.contains($0) }
        guard people.isEmpty else { return people }
        return model.reachable(
            model.owed.owners(of: item), at: item.school ?? "", barred: barred, today: now.calendarDateInAmsterdam)
    }

    private func notice(of item: StoredOwedItem, to person: String, cause: String) -> NewNotice {
        NewNotice(
            kind: .owedReminder, addressee: .person(person), recipientID: item.recipientID ?? "", subject: nil,
            cause: cause, createdAt: now, owedItem: item.id)
    }
}
