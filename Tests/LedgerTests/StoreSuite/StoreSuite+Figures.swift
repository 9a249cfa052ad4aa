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
                try await store.eventCounts(types: types, from: from, to: to)
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
        }
    ]
}
