// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization
import Transport

/// A mailbox in memory, from which nothing goes away.
final class LadderMailbox: Mailbox {
    private let messages = Mutex<[[UInt8]]>([])

    /// A mail that quotes a reference; automatic ones say so, as RFC 3834 asks.
    func deliver(_ number: Int, reference: String, isAutomatic: Bool) {
        var lines = [
            "From: mw@partner.example", "Subject: Bericht \(number)", "Message-ID: <bericht-\(number)@partner.example>",
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
        ]
        if isAutomatic { lines.append("Auto-Submitted: auto-replied") }
        lines += ["", "Uw kenmerk \(reference).", ""]
        let bytes = Array(lines.joined(separator: "\r\n").utf8)
        messages.withLock { $0.append(bytes) }
    }

    func list(after position: MailboxMessage?) async throws(MailboxFailure) -> MailboxListing {
        let count = UInt32(messages.withLock { $0.count })
        let first = (position?.uid ?? 0) + 1
        return MailboxListing(uidValidity: 1, uidNext: count + 1, uids: first <= count ? Array(first...count) : [])
    }

    func bytes(of message: MailboxMessage) async throws(MailboxFailure) -> [UInt8] {
        let found = messages.withLock { messages in
            messages.indices.contains(Int(message.uid) - 1) ? messages[Int(message.uid) - 1] : nil
        }
        guard let found else { throw .messageGone }
        return found
    }

    func move(_ message: MailboxMessage, to folder: String) async throws(MailboxFailure) -> MailboxMessage { message }

    func mark(_ message: MailboxMessage, _ flag: MailboxFlag) async throws(MailboxFailure) {}

    func probe() async -> ProbeResult { .reachable }
}
