// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

extension StoreSuite {
    static let figures = [
        StoreCase("events are counted by school and type within a time") { store in
            for (id, school) in [("1", "01AB"), ("2", "01AB"), ("3", "02CD")] {
                let event = Sample.event(id, caseReference: "zaak-\(id)", school: school)
                _ = try await store.commit(Sample.change(event))
            }
            let type = "nl.meldpoort.proef.v1"
            func counts(_ types: Set<String>, from: Timestamp, to: Timestamp) async throws -> [EventCount] {
                try await store.eventCounts(types: types, from: from, to: to, hiddenFrom: nil)
            }
            let moment = Sample.now
            let later = moment.adding(seconds: 3_600)
            #expect(
                try await counts([type, "x"], from: moment.adding(seconds: -3_600), to: later) == [
                    EventCount(school: "01AB", type: type, count: 2), EventCount(school: "02CD", type: type, count: 1),
                ])
            #expect(try await counts(["x"], from: moment.adding(seconds: -3_600), to: later).isEmpty)
            #expect(try await counts([], from: moment.adding(seconds: -3_600), to: later).isEmpty)
            // From the first moment on, and before the last.
            let received = try #require(try await store.event(1)).receivedAt
            #expect(try await counts([type], from: received, to: received.adding(seconds: 1)).count == 2)
            #expect(try await counts([type], from: received.adding(seconds: -60), to: received).isEmpty)
        },
        StoreCase("a person who is barred from a case learns nothing of it from counts") { store in
            for id in ["1", "2"] {
                _ = try await store.commit(Sample.change(Sample.event(id, caseReference: "zaak-\(id)")))
            }
            _ = try await store.commit(barring("ib-de-linde", "3", zaak: "zaak-1"))
            let end = Sample.now.adding(seconds: 3_600)
            let type = "nl.meldpoort.proef.v1"
            for (person, count) in [(nil, 3), ("ib-de-linde", 1), ("iemand-anders", 3)] as [(String?, Int)] {
                let counts = try await store.eventCounts(
                    types: [type], from: Sample.now, to: end, hiddenFrom: person)
                #expect(counts.map(\.count) == [count])
            }
        },
        StoreCase("the cases of figures are those of which something came in since a time") { store in
            for (id, zaak, school, hours) in [
                ("1", "zaak-1", "01AB", 0), ("2", "zaak-2", "02CD", 1), ("3", "zaak-1", "01AB", 2),
                ("4", "zaak-3", "03EF", 2),
            ] {
                _ = try await store.commit(
                    Sample.change(Sample.event(id, caseReference: zaak, school: school, after: hours)))
            }
            func found(_ schools: Set<String>, after hours: Int, without types: Set<String> = []) async throws
                -> [Int64]
            {
                let since = Sample.now.adding(seconds: hours * 3_600)
                return try await store.activeCases(
                    FigureScope(schools: schools), since: since, withoutTypes: types
                ).map(\.number)
            }
            #expect(try await found(["01AB", "02CD"], after: 0) == [1, 2])
            #expect(try await found(["01AB", "02CD"], after: 1) == [1, 2])
            #expect(try await found(["01AB", "02CD"], after: 2) == [1])
            #expect(try await found(["01AB", "02CD", "03EF"], after: 2) == [1, 3])
            #expect(try await found(["01AB"], after: 3).isEmpty)
            #expect(try await found([], after: 0).isEmpty)
            #expect(try await found(["01AB"], after: 0, without: ["nl.meldpoort.proef.v1"]).isEmpty)
            let both = FigureScope(schools: ["01AB", "02CD"])
            #expect(
                try await store.activeCases(both, since: Sample.now, withoutTypes: []) == [
                    ActiveCase(number: 1, school: "01AB"), ActiveCase(number: 2, school: "02CD"),
                ])
        },
        StoreCase("the cases of figures are without those that somebody is barred from") { store in
            for id in ["1", "2"] {
                _ = try await store.commit(Sample.change(Sample.event(id, caseReference: "zaak-\(id)")))
            }
            _ = try await store.commit(barring("ib-de-linde", "3", zaak: "zaak-1"))
            func found(_ scope: FigureScope) async throws -> [Int64] {
                try await store.activeCases(scope, since: Sample.now, withoutTypes: []).map(\.number)
            }
            var scope = FigureScope(schools: ["01AB"])
            #expect(try await found(scope) == [1, 2])
            scope.hiddenFrom = "iemand-anders"
            #expect(try await found(scope) == [1, 2])
            scope.hiddenFrom = "ib-de-linde"
            #expect(try await found(scope) == [2])
            scope.hiddenFrom = nil
            scope.withoutBarred = true
            #expect(try await found(scope) == [2])
        },
        StoreCase("feedback counts in the period of its last day, and as long as it is open") { store in
            for (id, days, school) in [("1", -10, "01AB"), ("2", 0, "01AB"), ("3", 5, "02CD"), ("4", 9, "01AB")] {
                _ = try await store.commit(expecting(id, day(days), school: school))
            }
            _ = try await store.commit(expecting("5", day(0), kind: .matchContact))
            // Number 1 and 2 are answered.
            for zaak in ["zaak-1", "zaak-2"] {
                var change = Sample.change(Sample.event("closes-\(zaak)", caseReference: zaak))
                change.owedSteps = [.close(OwedClosing(.drempel, .event, state: .done, at: Sample.later))]
                _ = try await store.commit(change)
            }
            let all = FigureScope(schools: ["01AB", "02CD"])
            func found(_ scope: FigureScope, _ from: Int, _ to: Int) async throws -> [OwedItemID] {
                let expected = try await store.expectedFeedback(
                    scope, kinds: [.drempel, .terugkoppelingBesluit], from: day(from), to: day(to))
                #expect(expected.allSatisfy { !$0.isPartial })
                return expected.map(\.item.id)
            }
            #expect(try await found(all, -10, 9) == [1, 2, 3, 4])
            // The first and the last day belong to it; what was answered counts in its own period only.
            #expect(try await found(all, 0, 5) == [2, 3])
            #expect(try await found(all, 1, 4).isEmpty)
            #expect(try await found(all, 6, 8) == [3])
            #expect(try await found(FigureScope(schools: ["02CD"]), -10, 9) == [3])
            let closed = try await store.expectedFeedback(all, kinds: [.drempel], from: day(0), to: day(0))
            #expect(closed.first?.item.state == .done && closed.first?.item.closedBy == 7)
        },
        StoreCase("feedback in a case that somebody is barred from stays out of what they may see") { store in
            for id in ["1", "2"] { _ = try await store.commit(expecting(id, day(0))) }
            _ = try await store.commit(barring("ib-de-linde", "3", zaak: "zaak-1"))
            for (person, withoutBarred, items) in [
                (nil, false, [1, 2]), ("ib-de-linde", false, [2]), ("iemand-anders", false, [1, 2]), (nil, true, [2]),
            ] as [(String?, Bool, [OwedItemID])] {
                var scope = FigureScope(schools: ["01AB"])
                scope.hiddenFrom = person
                scope.withoutBarred = withoutBarred
                let found = try await store.expectedFeedback(scope, kinds: [.drempel], from: day(0), to: day(0))
                #expect(found.map(\.item.id) == items)
            }
        },
        StoreCase("the deliveries of a case are found by its number") { store in
            for (id, zaak) in [("1", "zaak-1"), ("2", "zaak-2"), ("3", "zaak-1")] {
                let key = "8d2f0d6e-0000-4000-8000-00000000000\(id)"
                let event = Sample.event(id, caseReference: zaak)
                _ = try await store.commit(Sample.change(event, [Sample.delivery(key: key)]))
            }
            var filter = DeliveryFilter()
            filter.caseNumber = 1
            #expect(try await store.deliveries(filter).map(\.event) == [1, 3])
        },
        StoreCase("the events of a case are found by its number") { store in
            for (id, zaak) in [("1", "zaak-1"), ("2", "zaak-2"), ("3", "zaak-1")] {
                let event = Sample.event(id, caseReference: zaak, body: Array("{\"n\":\(id)}".utf8))
                _ = try await store.commit(Sample.change(event))
            }
            let own = try await store.caseEvents(ofCase: 1)
            #expect(own.map(\.event.id) == [1, 3])
            #expect(own.map { String(decoding: $0.body, as: UTF8.self) } == ["{\"n\":1}", "{\"n\":3}"])
            let named = try await store.caseEvents(CaseName(school: "01AB", reference: "zaak-1"), types: nil)
            #expect(own == named)
            #expect(try await store.caseEvents(ofCase: 9).isEmpty)
        },
    ]

    private static func day(_ days: Int) -> CalendarDate {
        Sample.now.calendarDateInAmsterdam.adding(days: days)
    }

    /// An event that opens an item, in a case of its own.
    private static func expecting(
        _ id: String, _ dueOn: CalendarDate, school: String = "01AB", kind: OwedKind = .drempel
    ) -> Change {
        var change = Sample.change(Sample.event(id, caseReference: "zaak-\(id)", school: school))
        var item = NewOwedItem(kind, .event, since: Sample.now, dueOn: dueOn, nextAt: nil)
        item.recipientID = "veilig-thuis-proef"
        change.owedSteps = [.open(item)]
        return change
    }

    private static func barring(_ person: String, _ id: String, zaak: String) -> Change {
        var change = Sample.change(Sample.event(id, caseReference: zaak))
        change.barred = [person]
        return change
    }
}
