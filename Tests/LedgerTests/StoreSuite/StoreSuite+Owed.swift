// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

extension StoreSuite {
    static let owedAndNotices = [
        StoreCase("what is owed belongs to its event") { store in
            var change = Sample.change(Sample.event("1"), [Sample.delivery()])
            change.owed = [
                NewOwed(delivery: .planned(0), code: "weging", since: Sample.now),
                NewOwed(delivery: .planned(0), code: "informeren", since: Sample.now),
            ]
            let first = try await store.stored(change)
            _ = try await store.commit(Sample.change(Sample.event("2")))
            let owed = try await store.owed(eventID: first.event)
            #expect(owed.map(\.code) == ["informeren", "weging"])
            #expect(owed.allSatisfy { $0.delivery == first.deliveries[0] && $0.since == Sample.now })
            #expect(try await store.owed(eventID: nil).count == 2)
            #expect(try await store.owed(eventID: 2).isEmpty)
        },
        StoreCase("one notice per delivery, addressee and cause") { store in
            let id = try await store.stored(Sample.change(Sample.event(), [Sample.delivery()])).deliveries[0]
            var change = Change()
            for (addressee, cause) in [
                (NewNotice.Addressee.person("ib-de-linde"), "parked"), (.person("ib-de-linde"), "parked"),
                (.person("directie"), "parked"), (.ict, "parked"), (.person("ib-de-linde"), "unknown"),
            ] {
                change.notices.append(notice(addressee, of: .existing(id), cause: cause))
            }
            _ = try await store.commit(change)
            _ = try await store.commit(change)
            let notices = try await store.notices(NoticeFilter())
            #expect(notices.count == 4)
            #expect(notices[0].addressee == .person("ib-de-linde"))
            #expect(notices[0].delivery == id)
            #expect(notices[2].addressee == .ict)
            #expect(notices.allSatisfy { $0.sentAt == nil && $0.dueAt == Sample.now && $0.attempts == 0 })
        },
        StoreCase("notices about a recipient as a whole are not held to one") { store in
            var change = Change()
            change.notices = [notice(.ict, of: nil, cause: "began"), notice(.ict, of: nil, cause: "began")]
            _ = try await store.commit(change)
            #expect(try await store.notices(NoticeFilter()).map(\.delivery) == [nil, nil])
        },
        StoreCase("a notice is tried again until it is sent") { store in
            var change = Change()
            change.notices = [notice(.ict, of: nil, cause: "a"), notice(.ict, of: nil, cause: "b")]
            _ = try await store.commit(change)
            var settled = Change()
            settled.settledNotices = [
                NoticeSettlement(notice: 1, sentAt: nil, dueAt: Sample.later),
                NoticeSettlement(notice: 2, sentAt: Sample.now, dueAt: nil),
            ]
            _ = try await store.commit(settled)
            var filter = NoticeFilter()
            filter.unsentOnly = true
            let unsent = try await store.notices(filter)
            #expect(unsent.map(\.id) == [1])
            #expect(unsent[0].dueAt == Sample.later)
            #expect(unsent[0].attempts == 1)
            let sent = try await store.notices(NoticeFilter())[1]
            #expect(sent.sentAt == Sample.now)
            #expect(sent.dueAt == nil)
            filter.delivery = 5
            #expect(try await store.notices(filter).isEmpty)
        },
        StoreCase("trouble begins once and ends") { store in
            func commit(_ troubles: [String: Timestamp?]) async throws {
                var change = Change()
                change.troubles = troubles
                _ = try await store.commit(change)
            }
            try await commit(["index": Sample.now, "veilig-thuis": Sample.now])
            try await commit(["index": Sample.later])
            #expect(try await store.troubles() == ["index": Sample.now, "veilig-thuis": Sample.now])
            try await commit(["index": Timestamp?.none])
            #expect(try await store.troubles() == ["veilig-thuis": Sample.now])
        },
    ]

    static let tokens = [
        StoreCase("tokens come back and are revoked once") { store in
            let first = token("aaaaaaaaaaaa", .systeem, person: nil, schools: ["01AB", "02CD"], types: ["a", "b"])
            let second = token("bbbbbbbbbbbb", .persoon, person: "ib-de-linde", schools: [], types: [])
            var change = Change()
            change.newTokens = [first, second]
            _ = try await store.commit(change)
            #expect(try await store.tokens().map(\.token) == [first, second])
            for at in [Sample.now, Sample.later] {
                var change = Change()
                change.revokedTokens = [TokenRevocation(id: first.id, at: at)]
                _ = try await store.commit(change)
            }
            #expect(try await store.tokens().map(\.revokedAt) == [Sample.now, nil])
        },
        StoreCase("a token id that is taken is refused") { store in
            var change = Change()
            change.newTokens = [token("aaaaaaaaaaaa", .systeem, person: nil, schools: [], types: [])]
            _ = try await store.commit(change)
            #expect(await store.refusesAsInvalid(change))
            #expect(try await store.tokens().count == 1)
        },
        StoreCase("a token of a person has a person, one of a system has none") { store in
            for (kind, person) in [(NewToken.Kind.persoon, nil), (.systeem, "ib-de-linde")] {
                var change = Change()
                change.newTokens = [token("aaaaaaaaaaaa", kind, person: person, schools: [], types: [])]
                await #expect(throws: StoreError.self) { try await store.commit(change) }
            }
        },
    ]

    private static func notice(
        _ addressee: NewNotice.Addressee, of subject: NewEntry.Subject?, cause: String
    ) -> NewNotice {
        NewNotice(
            kind: subject == nil ? .recipientTroubleBegan : .notArrived, addressee: addressee,
            recipientID: "veilig-thuis-proef", subject: subject, cause: cause, createdAt: Sample.now)
    }

    private static func token(
        _ id: String, _ kind: NewToken.Kind, person: String?, schools: [String], types: [String]
    ) -> NewToken {
        NewToken(
            id: id, hash: [UInt8](repeating: 7, count: 32), kind: kind, personID: person, schools: schools,
            eventTypes: types, label: "LVS van De Linde", createdAt: Sample.now)
    }
}
