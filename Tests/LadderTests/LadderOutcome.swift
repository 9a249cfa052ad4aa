// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import LadderModel
import Ledger
import Testing
import Values

/// What a run left in the store, looked at from every side.
struct LadderOutcome {
    /// A rung as the journal tells of it.
    struct Rung {
        let event: EventID
        let at: Timestamp
        let school: String
        let kind: String
        /// What its readers are asked.
        let ask: String
        let readers: Set<String>
        let items: [OwedItemID]
    }

    let rungs: [Rung]
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
        var rungs: [Rung] = []
        var number: EventID = 1
        while let event = try await store.event(number) {
            if event.type == EventType.opschalingGedaan.rawValue, let body = try await store.body(of: number) {
                rungs.append(try Self.rung(event, body))
            }
            number += 1
        }
        acts = Dictionary(grouping: try await store.owedActs(of: items.values.map(\.id)), by: \.item)
        self.items = items
        self.rungs = rungs
        taken = rungs.flatMap { rung in
            rung.items.map { item in
                Taken(
                    key: keys[item] ?? "onbekend \(item)", rung: rung.kind, day: Day(rung.at.calendarDateInAmsterdam))
            }
        }.sorted()
    }

    private static func rung(_ event: StoredEvent, _ body: [UInt8]) throws -> Rung {
        guard case .success(let value) = StrictJSON.read(body), let data = value["data"],
            let kind = data["trede"]?.string
        else { throw RunFailure(reason: "an event that cannot be read") }
        #expect(data["datum"]?.string == event.receivedAt.calendarDateInAmsterdam.description)
        return Rung(
            event: event.id, at: event.receivedAt, school: event.school, kind: kind,
            ask: data["vraag"]?.string ?? "",
            readers: Set((data["lezers"]?.array ?? []).compactMap(\.string)),
            items: (data["verplichtingen"]?.array ?? []).compactMap { $0["nummer"]?.integer.map(Int64.init) })
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
        for rung in rungs {
            #expect(Day(rung.at.calendarDateInAmsterdam).isWorkingDay, "\(rung)")
            #expect(!rung.items.isEmpty && !rung.readers.isEmpty)
            // Of many that come due together, those that ask the same of the same people are one message.
            let same = rungs.filter {
                $0.at == rung.at && $0.school == rung.school && $0.ask == rung.ask && $0.readers == rung.readers
            }
            #expect(
                same.count <= 1 + same.map(\.items.count).reduce(0, +) / 200,
                "\(same.count) messages of \(rung.kind) at \(rung.at), seed \(history.seed)")
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
        for rung in rungs {
            let day = Day(rung.at.calendarDateInAmsterdam)
            for number in rung.items {
                guard let (key, item) = byID[number] else { continue }
                let zaak = key.split(separator: "/").first.map(String.init)
                let barred = Set(
                    history.happenings.compactMap { dated -> String? in
                        guard case .bar(let person) = dated.happening, dated.zaak == zaak,
                            dated.at.timestamp <= rung.at
                        else { return nil }
                        return person
                    })
                let roles: [String] =
                    switch rung.kind {
                    case "centraleContactpersoon": ["centraleContactpersoon"]
                    case "bestuur": ["bestuur"]
                    default: owners(item)
                    }
                let expected = LadderSite.staff.readers(roles, at: rung.school, on: day, barred: barred)
                #expect(rung.readers == expected, "\(key) \(rung.kind) on \(day), seed \(history.seed)")
                #expect(rung.readers.isDisjoint(with: barred))
                #expect(!rung.readers.contains { LadderSite.staff.isAway($0, on: day) })
            }
        }
    }

    /// One delivery for each, to the recipient of its rung, read by the same people; sent once, or left for a person to look at.
    func checkDeliveries(_ run: LadderRun, post: String) async throws {
        let store = await run.store
        let letters = Dictionary(grouping: LadderPost.letters(of: post), by: \.key)
        for rung in rungs {
            var filter = DeliveryFilter()
            filter.event = rung.event
            let deliveries = try await store.deliveries(filter)
            #expect(deliveries.count == 1)
            guard let delivery = deliveries.first else { continue }
            let recipient: String =
                switch rung.kind {
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
                #expect(letter.recipient == recipient && letter.rung == rung.kind)
                #expect(letter.readers == Set(rung.readers.map { "\($0)@school.example" }))
                #expect(letter.items.map(Int64.init) == rung.items)
                for secret in ["Testkind", "Voorbeeld-Achternaam", "zaak-"] { #expect(!letter.text.contains(secret)) }
            }
        }
        let noted = acts.values.joined().count { $0.kind == .rung }
        #expect(noted == taken.count, "what was done with the items is not what the journal tells")
    }
}
