// SPDX-License-Identifier: EUPL-1.2
import Crypto
import Delivery
import Foundation
import GRDB
import Ledger
import Synchronization
import Testing

@Suite struct VerifyTests {
    @Test func anEmptyLogIsClean() async throws {
        try await TemporaryStore.with { temporary in
            let report = try await temporary.store.verify(deep: true)
            #expect(report.isClean)
            #expect(report.entries == 0)
            #expect(report.root == Array(SHA256.hash(data: Data())))
        }
    }

    @Test func anHonestLogIsClean() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            for number in 0..<600 { try await store.deliverOne(Sample.event("\(number)")) }
            let retried = try await store.stored(Sample.change(Sample.event("r"), [Sample.delivery()])).deliveries[0]
            _ = try await store.commit(Sample.sending(retried))
            _ = try await store.commit(Sample.outcome(retried, .queued))
            _ = try await store.commit(Sample.sending(retried, attempt: 2))
            var phoned = Sample.change(Sample.event("p"), [Sample.delivery(.handedOver), Sample.delivery(.refused)])
            phoned.entries = [Sample.entry(.afterwards, of: .planned(0), attempt: 0)]
            _ = try await store.commit(phoned)
            let seen = Mutex<[VerificationProgress]>([])
            let report = try await store.verify(deep: true) { progress in seen.withLock { $0.append(progress) } }
            #expect(report.problems == [])
            #expect(report.intents == 602)
            #expect(report.outcomes == 601)
            #expect(report.recordedAfterwards == 1)
            #expect(report.entries == 1204)
            #expect(report.deliveries == 603)
            #expect(report.bodies == 602)
            let parts = seen.withLock { $0 }
            #expect(parts.filter { $0.part == .entries }.map(\.done) == [500, 1000, 1204])
            #expect(parts.last?.part == .bodies)
        }
    }

    @Test func sameLogSameRoot() async throws {
        try await TemporaryStore.with { temporary in
            try await temporary.store.deliverOne(Sample.event("1"))
            let first = try await temporary.store.verify().root
            #expect(try await temporary.store.verify().root == first)
            try await temporary.store.deliverOne(Sample.event("2"))
            #expect(try await temporary.store.verify().root != first)
        }
    }

    /// The tree of the Certificate Transparency reference test, over 1 to 8 leaves.
    @Test func rootIsTheMerkleTreeHash() async throws {
        let leaves: [[UInt8]] = [
            [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
            Array(0x50...0x57), Array(0x60...0x6F),
        ]
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let delivery = try await store.stored(Sample.change(Sample.event(), [Sample.delivery()])).deliveries[0]
            for (number, leaf) in leaves.enumerated() {
                var change = Change()
                change.entries = [
                    NewEntry(subject: .existing(delivery), kind: .afterwards, attempt: number, canonicalBytes: leaf)
                ]
                _ = try await store.commit(change)
                let root = try await store.verify().root.map { String(format: "%02x", $0) }.joined()
                #expect(root == roots[number])
            }
        }
    }

    struct Tampering: Sendable, CustomTestStringConvertible {
        let sql: String
        let code: ProblemCode
        let index: Int64?

        init(_ sql: String, _ code: ProblemCode, at index: Int64?) {
            self.sql = sql
            self.code = code
            self.index = index
        }

        var testDescription: String { "\(code.rawValue): \(sql)" }
    }

    /// The log holds, for two events delivered at once, intent 0, outcome 1, intent 2, outcome 3.
    static let tamperings = [
        Tampering("DELETE FROM disclosure WHERE idx = 0", .gap, at: 1),
        Tampering("DELETE FROM disclosure WHERE idx = 1", .gap, at: 2),
        Tampering("UPDATE disclosure SET idx = 9 WHERE idx = 2", .gap, at: 3),
        Tampering("DELETE FROM disclosure WHERE idx = 3", .outcomeMissing, at: nil),
        Tampering("DELETE FROM disclosure WHERE idx >= 2", .disclosureMissing, at: nil),
        Tampering("DELETE FROM disclosure", .disclosureMissing, at: nil),
        Tampering(
            "UPDATE disclosure SET canonical = CAST(replace(canonical, '1', '2') AS BLOB) WHERE idx = 1",
            .wrongLeafHash, at: 1),
        Tampering("UPDATE disclosure SET leaf_hash = zeroblob(32) WHERE idx = 2", .wrongLeafHash, at: 2),
        Tampering("UPDATE disclosure SET delivery_id = 99 WHERE idx = 1", .deliveryMissing, at: 1),
        Tampering("DELETE FROM delivery WHERE id = 2", .deliveryMissing, at: 2),
        Tampering("UPDATE disclosure SET attempt = 7 WHERE idx = 1", .wrongAttempt, at: 1),
        Tampering("UPDATE disclosure SET kind = 'achterafVastgelegd' WHERE idx = 0", .wrongKind, at: 0),
        Tampering("UPDATE delivery SET key = 'andere' WHERE id = 2", .wrongDelivery, at: 2),
        Tampering(
            """
            UPDATE disclosure SET idx = 9 WHERE idx = 0; UPDATE disclosure SET idx = 0 WHERE idx = 1;
            UPDATE disclosure SET idx = 1 WHERE idx = 9
            """, .intentMissing, at: 0),
        Tampering(
            """
            DROP INDEX disclosure_of_delivery;
            INSERT INTO disclosure SELECT 4, delivery_id, kind, attempt, canonical, leaf_hash FROM disclosure WHERE idx = 3
            """, .secondOutcome, at: 4),
        Tampering(
            "UPDATE delivery SET state = 'waiting', attempts = 0, due_at = NULL WHERE id = 1", .impossibleState, at: 0),
        Tampering("UPDATE delivery SET state = 'delivered' WHERE id = 3", .disclosureMissing, at: nil),
        Tampering("UPDATE delivery SET attempts = 1 WHERE id = 3", .disclosureMissing, at: nil),
        Tampering("UPDATE event SET body = zeroblob(60) WHERE id = 2", .bodyUnreadable, at: nil),
        Tampering("UPDATE casefile SET wrapped_key = zeroblob(60)", .bodyUnreadable, at: nil),
        Tampering("UPDATE event SET body_mac = zeroblob(16) WHERE id = 2", .bodyChanged, at: nil),
    ]

    @Test(arguments: tamperings) func tamperingIsNamed(_ tampering: Tampering) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.deliverOne(Sample.event("1"))
            try await store.deliverOne(Sample.event("2"))
            _ = try await store.commit(Sample.change(Sample.event("3"), [Sample.delivery(.waiting)]))
            #expect(try await store.verify(deep: true).isClean)
            try RawAccess.tamper(temporary.path, tampering.sql)
            let report = try await store.verify(deep: true)
            #expect(report.firstProblem?.code == tampering.code)
            #expect(report.firstProblem?.index == tampering.index)
            #expect(report.firstProblem?.reason.hasSuffix(tampering.code.sentence) == true)
        }
    }

    /// Entries whose hash fits, but whose text is not what an entry must be.
    @Test(arguments: [
        (#"{"aflevering":"#, ProblemCode.unreadable), (#"{"soort":"x"}{}"#, .unreadable),
        (#"{"a":1,"a":2}"#, .unreadable), (#"{ "a":1}"#, .notCanonical), (#"{"b":1,"a":1}"#, .notCanonical),
        (#"{"a":1.0}"#, .notCanonical), (#"[]"#, .wrongKind),
    ])
    func textsThatAreNotEntriesAreNamed(_ text: String, _ code: ProblemCode) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.deliverOne()
            var change = Change()
            change.entries = [
                NewEntry(subject: .existing(1), kind: .afterwards, attempt: 1, canonicalBytes: Array(text.utf8))
            ]
            _ = try await store.commit(change)
            let report = try await store.verify()
            #expect(report.firstProblem?.code == code)
            #expect(report.firstProblem?.index == 2)
            #expect(report.problemCount == 1)
        }
    }

    @Test func manyProblemsAreCountedAndTheFirstOnesNamed() async throws {
        try await TemporaryStore.with { temporary in
            for number in 0..<30 { try await temporary.store.deliverOne(Sample.event("\(number)")) }
            try RawAccess.tamper(temporary.path, "UPDATE disclosure SET leaf_hash = zeroblob(32)")
            let report = try await temporary.store.verify()
            #expect(report.problemCount == 60)
            #expect(report.problems.map(\.index) == (0..<20).map { Int64($0) })
        }
    }

    @Test func interruptedDeliveriesAreFound() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let id = try await store.stored(Sample.change(Sample.event(), [Sample.delivery()])).deliveries[0]
            #expect(try await store.interruptedDeliveries().isEmpty)
            _ = try await store.commit(Sample.sending(id))
            #expect(try await store.interruptedDeliveries().map(\.id) == [id])
            _ = try await store.commit(Sample.outcome(id, .unknown))
            #expect(try await store.interruptedDeliveries().isEmpty)
            #expect(try await store.verify().isClean)
        }
    }
}
