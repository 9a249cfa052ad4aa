// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import GRDB
import Ledger
import Testing

/// What somebody wrote lies sealed: under the key of its case, or under the store's own while it has none.
@Suite struct MailSealingTests {
    private static let canaries = ["KANARIE-TEKST-81", "KANARIE-BIJLAGE-82", "MP-0A1B-2C3D-4E5F", "KANARIE-SLEUTEL-83"]

    @Test func nothingOfAMailLiesReadableOnDisk() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let delivery = try await store.stored(Sample.change(Sample.event("0"), [Sample.delivery()])).deliveries[0]
            var sending = Sample.sending(delivery)
            sending.mail.references = [
                .init(Self.canaries[2], delivery: delivery), .init(Self.canaries[3], delivery: delivery),
            ]
            _ = try await store.commit(sending)
            var change = Post.arrival(1, Self.canaries[0])
            change.mail.arrived?.attachments = [.init(number: 1, bytes: Array(Self.canaries[1].utf8))]
            _ = try await store.commit(change)
            _ = try await store.commit(Post.judgement("1", "vraag", zaak: "zaak-1"))
            try search(temporary)
            await store.close()
            try search(temporary)
        }
    }

    private func search(_ temporary: TemporaryStore) throws {
        let files = try RawAccess.files(in: temporary.folder.path)
        // The search itself must be able to find something.
        #expect(files.contains { $0.bytes.range(of: Data("veilig-thuis-proef".utf8)) != nil })
        for (name, bytes) in files {
            for canary in Self.canaries { #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(canary) in \(name)") }
        }
    }

    /// Destroying the key of a case destroys its mail, and nobody can put a mail into another case behind the store's back.
    @Test func aPlacedMailOpensWithTheKeyOfItsCaseAlone() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            _ = try await store.commit(Post.arrival(1, "een"))
            _ = try await store.commit(Post.judgement("1", "vraag", zaak: "zaak-1"))
            _ = try await store.commit(Sample.change(Sample.event("2", caseReference: "zaak-2")))
            #expect(try await store.mailContent(1) == Array("een".utf8))
            try RawAccess.tamper(temporary.path, "UPDATE mail SET casefile_id = 2")
            await #expect(throws: StoreError.self) { try await store.mailContent(1) }
            try RawAccess.tamper(temporary.path, "UPDATE mail SET casefile_id = NULL, school = NULL")
            await #expect(throws: StoreError.self) { try await store.mailContent(1) }
        }
    }

    @Test func contentOpensOnlyInItsOwnPlace() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            for uid in [1, 2] as [UInt32] {
                var change = Post.arrival(uid, "mail \(uid)")
                change.mail.arrived?.attachments = [.init(number: 1, bytes: Array("bijlage".utf8))]
                _ = try await store.commit(change)
            }
            try RawAccess.tamper(
                temporary.path,
                "UPDATE mail SET content = (SELECT content FROM mail WHERE id = 2), "
                    + "wrapped_key = (SELECT wrapped_key FROM mail WHERE id = 2) WHERE id = 1")
            await #expect(throws: StoreError.self) { try await store.mailContent(1) }
            try RawAccess.tamper(
                temporary.path, "UPDATE mail_attachment SET content = (SELECT content FROM mail WHERE id = 2)")
            await #expect(throws: StoreError.self) { try await store.mailAttachment(1, of: 2) }
            #expect(try await store.mailContent(2) == Array("mail 2".utf8))
        }
    }

    @Test(arguments: [
        "DELETE FROM mail", "DELETE FROM mail_attachment", "DELETE FROM mail_place", "DELETE FROM mail_judgement",
        "UPDATE mail SET kind = 'automatisch'", "UPDATE mail SET content = NULL, wrapped_key = NULL",
        "UPDATE mail SET is_open = 1", "UPDATE mail SET casefile_id = NULL, school = NULL",
        "UPDATE mail_queue SET settled = 0", "UPDATE mail_judgement SET verdict = 'match'",
        "UPDATE mail_reference SET school = '02CD'", "UPDATE mail_attachment SET number = 2",
        "DELETE FROM mail_reading", "UPDATE mail_reading SET person_id = 'x'",
    ])
    func whatIsTakenOverStays(_ sql: String) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let delivery = try await store.stored(Sample.change(Sample.event("0"), [Sample.delivery()])).deliveries[0]
            var change = Sample.sending(delivery)
            change.mail.references = [.init("MP-1", delivery: delivery)]
            _ = try await store.commit(change)
            change = Post.arrival(1, "een")
            change.mail.arrived?.attachments = [.init(number: 1, bytes: [1])]
            _ = try await store.commit(change)
            _ = try await store.commit(Post.judgement("1", "vraag", zaak: "zaak-1"))
            change = Change()
            change.mail.readings = [
                MailReading(mail: 1, attachment: 1, personID: "ib-de-linde", tokenID: "t", at: Sample.now)
            ]
            _ = try await store.commit(change)
            #expect(throws: DatabaseError.self) {
                try RawAccess.with(temporary.path) { try $0.execute(sql: sql) }
            }
        }
    }

    @Test func aReopenedStoreGoesOnWhereItWas() async throws {
        try await TemporaryStore.with { temporary in
            _ = try await temporary.store.commit(Post.arrival(1, "een"))
            await temporary.store.close()
            let again = try SQLiteStore.open(temporary.path, ring: temporary.ring)
            _ = try await again.commit(Post.arrival(2, "een"))
            _ = try await again.commit(Post.judgement("1", "vraag", zaak: "zaak-1"))
            #expect(try await Post.contents(again) == ["een"])
            #expect(try await again.mailQueue("eerste", uidValidity: nil)?.settledThrough == 2)
            await again.close()
        }
    }
}
