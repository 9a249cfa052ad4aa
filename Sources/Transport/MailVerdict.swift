// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CCurl
import Disclosures

/// What the end of a mail transfer means. In doubt: uncertain.
enum MailVerdict {
    static func exchange(_ end: TransferEnd) -> Exchange<MailReceipt> {
        if let code = end.mailVerdict {
            // Nothing but 2xx, 4xx and 5xx is a reply to a message.
            guard code >= 200, code < 300 || code >= 400 else {
                return .uncertain(OutcomeReason(.answerNotUnderstood, status: code))
            }
            return .answered(MailReceipt(code: code))
        }
        if end.bodyTaken > 0 { return .uncertain(OutcomeReason(HTTPVerdict.labelAfterSending(end))) }
        if end.reachedSending, end.stop == nil, end.status >= 400 { return .answered(MailReceipt(code: end.status)) }
        return .notSent(reasonBeforeContent(end))
    }

    /// Why the relay never came to take content: nothing of the message has left.
    static func reasonBeforeContent(_ end: TransferEnd) -> OutcomeReason {
        let refusal = end.status >= 400 ? end.status : nil
        if end.stop != nil { return OutcomeReason(HTTPVerdict.labelBeforeSending(end)) }
        switch end.code {
        case CURLE_USE_SSL_FAILED: return OutcomeReason(.startTLSMissing, status: refusal)
        case CURLE_LOGIN_DENIED: return OutcomeReason(.authenticationFailed, status: refusal)
        case CURLE_OPERATION_TIMEDOUT where end.reachedSending: return OutcomeReason(.answerTimeout)
        default: break
        }
        if let refusal {
            return OutcomeReason(refusal < 500 ? .busyCounterpart : .refusedByCounterpart, status: refusal)
        }
        return OutcomeReason(HTTPVerdict.labelBeforeSending(end))
    }
}
