// SPDX-License-Identifier: EUPL-1.2
import Delivery

extension SwitchStore {
    func mailQueue(_ mailbox: String, uidValidity: UInt32?) async throws(StoreError) -> MailQueue? {
        try check()
        return try await store.mailQueue(mailbox, uidValidity: uidValidity)
    }

    func mailPlacements(_ references: [String]) async throws(StoreError) -> [MailPlacement] {
        try check()
        return try await store.mailPlacements(references)
    }

    func mails(_ filter: MailFilter) async throws(StoreError) -> [StoredMail] {
        try check()
        return try await store.mails(filter)
    }

    func mail(_ id: MailID) async throws(StoreError) -> StoredMail? {
        try check()
        return try await store.mail(id)
    }

    func mailContent(_ id: MailID) async throws(StoreError) -> [UInt8]? {
        try check()
        return try await store.mailContent(id)
    }

    func mailAttachment(_ number: Int, of id: MailID) async throws(StoreError) -> [UInt8]? {
        try check()
        return try await store.mailAttachment(number, of: id)
    }

    func mailJudgements(of id: MailID) async throws(StoreError) -> [StoredMailJudgement] {
        try check()
        return try await store.mailJudgements(of: id)
    }

    func firstEvent(ofCase number: Int64) async throws(StoreError) -> EventID? {
        try check()
        return try await store.firstEvent(ofCase: number)
    }
}
