// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import LadderModel
import Ledger
import Testing
import Values

/// What a run left in the store, looked at from every side.
struct LadderOutcome {
    /// A message of rungs as the journal tells of it.
    struct Message {
        let event: EventID
        let at: Timestamp
        let level: String
        let readers: Set<String>
        let rungs: [Rung]
    }

    /// The rung of one item.
    struct Rung {
        let item: OwedItemID
        /// Nil of what is for the board as a whole.
        let school: String?
        let kind: String
    }

    let messages: [Message]
    let items: [String: StoredOwedItem]
    let taken: [Taken]
    /// What was done with each item, in order.
    private let acts: [OwedItemID: [OwedAct]]

    init(_ run: LadderRun, _ history: History) async throws {
        let store = await run.store
        var items: [String: StoredOwedItem] = [:]
        for (zaak, school) in Set(history.happenings.map { [$0.zaak, $0.school] }).map({ ($0[0], $0[1]) }) {
            items.merge(try await run.keys(ofCase: CaseName(school: school, reference: zaak))) { first, _ in first }
        }
        var yearly = OwedFilter()
        yearly.kinds = [.jaartaak]
        for item in try await store.owedItems(yearly) {
            items["jaartaak/\(item.series ?? "")/\(item.school ?? "")"] = item
        }
        let keys = Dictionary(items.map { ($0.value.id, $0.key) }, uniquingKeysWith: { first, _ in first })
        var messages: [Message] = []
        var number: EventID = 1
        while let event = try await store.event(number) {
            if event.type == EventType.opschalingGedaan.rawValue, let body = try await store.body(of: number) {
                messages.append(try Self.message(event, body))
            }
            number += 1
        }
        acts = Dictionary(grouping: try await store.owedActs(of: items.values.map(\.id)), by: \.item)
        self.items = items
        self.messages = messages
        taken = messages.flatMap { message in
            message.rungs.map { rung in
                Taken(
                    key: keys[rung.item] ?? "onbekend \(rung.item)", rung: rung.kind,
                    day: Day(message.at.calendarDateInAmsterdam))
            }
        }.sorted()
    }

    private static func message(_ event: StoredEvent, _ body: [UInt8]) throws -> Message {
        guard case .success(let value) = StrictJSON.read(body), let data = value["data"],
            let level = data["niveau"]?.string, let rows = data["verplichtingen"]?.array
        else { throw RunFailure(reason: "an event that cannot be read") }
        #expect(data["datum"]?.string == event.receivedAt.calendarDateInAmsterdam.description)
        return Message(
            event: event.id, at: event.receivedAt, level: level,
            readers: Set((data["lezers"]?.array ?? []).compactMap(\.string)),
            rungs: rows.compactMap { row in
                row["nummer"]?.integer.map {
                    Rung(
                        item: Int64($0), school: row["school"]?.string, kind: row["trede"]?.string ?? "")
                }
            })
    }

    // MARK: - Looking

    /// Every rung that the walk names, on its day, and no other.
    func compare(with history: History, _ yearly: [Life]) {
        let expected = (history.taken + yearly.flatMap { history.walk.taken($0, until: history.end).rungs }).sorted()
        for one in Set(expected).symmetricDifference(taken).sorted().prefix(3) {
            let side = expected.contains(one) ? "was not taken" : "was taken, and should not"
            let done = (items[one.key].flatMap { acts[$0.id] } ?? []).map { "\($0.kind) \($0.at) \($0.word ?? "")" }
            Issue.record("\(one) \(side)\n\(history.story(of: one.key))\n\(done)")
        }
        #expect(taken.count == expected.count, "seed \(history.seed)")
        #expect(Set(taken).count == taken.count, "a rung was taken twice on one day, seed \(history.seed)")
        for life in history.lives + yearly {
            let standing = history.walk.taken(life, until: history.end).standing
            let item = items[life.key]
            #expect((item?.state == .open) == (standing != .closed), "\(life.key), seed \(history.seed)")
            if item?.state == .open { #expect(item?.nextAt != nil, "\(life.key) has no clock") }
        }
        #expect(items.count == history.lives.count + yearly.count)
    }

    /// On working days only, and contact before anybody higher up.
    func checkDaysAndOrder(_ history: History) {
        for message in messages {
            #expect(Day(message.at.calendarDateInAmsterdam).isWorkingDay, "\(message)")
            #expect(!message.rungs.isEmpty && !message.readers.isEmpty)
            #expect(Set(message.rungs.map(\.item)).count == message.rungs.count)
            for rung in message.rungs {
                #expect((rung.kind == "herinnering" || rung.kind == "contact" ? "school" : rung.kind) == message.level)
            }
            // Of many that come due together, those for the same people are one message, at all their schools.
            let same = messages.filter {
                $0.at == message.at && $0.level == message.level && $0.readers == message.readers
            }
            #expect(
                same.count <= 1 + same.map(\.rungs.count).reduce(0, +) / 200,
                "\(same.count) messages at \(message.at), seed \(history.seed)")
        }
        let feedback = Set(OwedKind.feedback.map(\.rawValue))
        for (key, rungs) in Dictionary(grouping: taken, by: \.key) {
            guard let kind = key.split(separator: "/").dropFirst().first, feedback.contains(String(kind)) else {
                continue
            }
            let contact = rungs.first { $0.rung == "contact" }
            for higher in rungs where higher.rung == "centraleContactpersoon" || higher.rung == "bestuur" {
                #expect(contact.map { $0.day < higher.day } ?? false, "\(higher) without contact")
            }
        }
    }

    /// Who hears is who should, and nobody who is away or part of the case.
    func checkReaders(_ history: History, owners: (StoredOwedItem) -> [String]) {
        let byID = Dictionary(items.map { ($0.value.id, $0) }, uniquingKeysWith: { first, _ in first })
        for message in messages {
            let day = Day(message.at.calendarDateInAmsterdam)
            for rung in message.rungs {
                guard let (key, item) = byID[rung.item] else { continue }
                let isForBoard = LadderTests.tasks.contains { $0.id == item.series && !$0.perSchool }
                #expect(rung.school == (isForBoard ? nil : item.school))
                let zaak = key.split(separator: "/").first.map(String.init)
                let barred = Set(
                    history.happenings.compactMap { dated -> String? in
                        guard case .bar(let person) = dated.happening, dated.zaak == zaak,
                            dated.at.timestamp <= message.at
                        else { return nil }
                        return person
                    })
                let roles: [String] =
                    switch rung.kind {
                    case "centraleContactpersoon": ["centraleContactpersoon"]
                    case "bestuur": ["bestuur"]
                    default: owners(item)
                    }
                let expected = LadderSite.staff.readers(roles, at: item.school ?? "", on: day, barred: barred)
                #expect(message.readers == expected, "\(key) \(rung.kind) on \(day), seed \(history.seed)")
                #expect(message.readers.isDisjoint(with: barred))
                #expect(!message.readers.contains { LadderSite.staff.isAway($0, on: day) })
            }
        }
    }

    /// One delivery for each, to the recipient of its rung, read by the same people; sent once, or left for a person to look at.
    func checkDeliveries(_ run: LadderRun, post: String) async throws {
        let store = await run.store
        let letters = Dictionary(grouping: LadderPost.letters(of: post), by: \.key)
        for message in messages {
            var filter = DeliveryFilter()
            filter.event = message.event
            let deliveries = try await store.deliveries(filter)
            #expect(deliveries.count == 1)
            guard let delivery = deliveries.first else { continue }
            let recipient: String =
                switch message.level {
                case "centraleContactpersoon": "centrale-contactpersoon"
                case "bestuur": "bestuur"
                default: "aandachtsfunctionarissen"
                }
            #expect(delivery.recipientID == recipient)
            let sent = letters[delivery.key] ?? []
            #expect(sent.count <= 1)
            switch delivery.state {
            case .delivered: #expect(sent.count == 1)
            case .unknown: break
            default: Issue.record("a rung is \(delivery.state)")
            }
            for letter in sent {
                #expect(letter.recipient == recipient && letter.level == message.level)
                #expect(letter.readers == Set(message.readers.map { "\($0)@school.example" }))
                #expect(letter.items.map(Int64.init) == message.rungs.map(\.item))
                for secret in ["Testkind", "Voorbeeld-Achternaam", "zaak-"] { #expect(!letter.text.contains(secret)) }
            }
        }
        let noted = acts.values.joined().count { $0.kind == .rung }
        #expect(noted == taken.count, "what was done with the items is not what the journal tells")
    }
}
