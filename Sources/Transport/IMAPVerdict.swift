// SPDX-License-Identifier: EUPL-1.2
import CCurl
import Disclosures

/// What the end of an IMAP transfer means. In doubt: nothing was read, or uncertain when something could have changed.
enum MailboxVerdict {
    /// For commands that change nothing.
    static func reading(_ end: TransferEnd, of message: MailboxMessage? = nil) throws(MailboxFailure) -> MailboxDialogue
    {
        if let failure = failure(end, message) { throw failure }
        guard isWhole(end) else { throw .unreachable(OutcomeReason(HTTPVerdict.labelAfterSending(end))) }
        return end.mailbox
    }

    /// For commands that change something once the folder is open.
    static func changing(_ end: TransferEnd, _ message: MailboxMessage) throws(MailboxFailure) -> MailboxDialogue {
        if let failure = failure(end, message) { throw failure }
        guard isWhole(end) else {
            let reason = OutcomeReason(HTTPVerdict.labelAfterSending(end))
            throw end.mailbox.replies.isEmpty ? .unreachable(reason) : .uncertain(reason)
        }
        return end.mailbox
    }

    /// What is clear, whatever was asked.
    private static func failure(_ end: TransferEnd, _ message: MailboxMessage?) -> MailboxFailure? {
        guard end.reachedSending else { return .unreachable(reasonBeforeLogin(end)) }
        if end.stop == .messageTooLarge || end.stop == .answerTooLarge {
            return .messageTooLarge(bytes: max(end.mailbox.announcedBytes ?? 0, end.answer.count))
        }
        guard end.stop == nil else { return nil }
        if let message, let now = end.mailbox.uidValidity, now != message.uidValidity {
            return .uidValidityChanged(now: now)
        }
        guard !end.mailbox.replies.contains(where: { $0 != .ok }) else { return .refused }
        if end.code == CURLE_REMOTE_FILE_NOT_FOUND, !end.mailbox.isDamaged { return .messageGone }
        return nil
    }

    /// The folder's reply and the command's, and the folder's UIDVALIDITY: without them it is not known what was done where.
    private static func isWhole(_ end: TransferEnd) -> Bool {
        end.code == CURLE_OK && end.stop == nil && end.mailbox.replies == [.ok, .ok] && end.mailbox.uidValidity != nil
    }

    private static func reasonBeforeLogin(_ end: TransferEnd) -> OutcomeReason {
        guard end.stop == nil else { return OutcomeReason(HTTPVerdict.labelBeforeSending(end)) }
        switch end.code {
        case CURLE_USE_SSL_FAILED: return OutcomeReason(.startTLSMissing)
        case CURLE_LOGIN_DENIED: return OutcomeReason(.authenticationFailed)
        default: return OutcomeReason(HTTPVerdict.labelBeforeSending(end))
        }
    }
}
