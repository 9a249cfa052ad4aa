// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CCurl
import Disclosures
import Testing

@testable import Transport

/// What the facts of a transfer mean, where a real counterpart cannot be made to show them at will.
struct VerdictTests {
    private func end(_ code: CURLcode, _ change: (inout TransferEnd) -> Void = { _ in }) -> TransferEnd {
        var end = TransferEnd(code: code)
        change(&end)
        return end
    }

    private func exchange(_ end: TransferEnd) -> Exchange<HTTPResponse> { HTTPVerdict.exchange(end, now: whenever) }

    @Test func `Nothing left when the very first write failed`() {
        let first = end(CURLE_SEND_ERROR) { $0.reachedSending = true }
        #expect(exchange(first) == .notSent(OutcomeReason(.tlsFailed)))
        var later = first
        later.requestBytes = 1
        #expect(exchange(later) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
        later = first
        later.bodyTaken = 1
        #expect(exchange(later) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
    }

    @Test func `Any other failure after that point is uncertain, even without a count of bytes`() {
        for code in [
            CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_OPERATION_TIMEDOUT, CURLE_SEND_FAIL_REWIND, CURLE_OUT_OF_MEMORY,
        ] {
            let outcome = exchange(end(code) { $0.reachedSending = true })
            let isUncertain = if case .uncertain = outcome { true } else { false }
            #expect(isUncertain, "\(code.rawValue)")
        }
    }

    @Test func `An alert about the certificate counts only on a new connection and before any answer`() {
        let refused = end(CURLE_RECV_ERROR) { end in
            end.reachedSending = true
            end.requestBytes = 100
            end.bodyTaken = 10
            end.sawCertificateAlert = true
        }
        #expect(exchange(refused) == .notSent(OutcomeReason(.clientCertificateRefused)))
        var reused = refused
        reused.usedNewConnection = false
        #expect(exchange(reused) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
        var answered = refused
        answered.answerBegan = true
        #expect(exchange(answered) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
    }

    @Test func `A dead reused connection and a refused new one sent nothing`() {
        let refused = end(CURLE_COULDNT_CONNECT) { $0.reachedSending = true }
        #expect(exchange(refused) == .notSent(OutcomeReason(.connectionRefused)))
        var some = refused
        some.requestBytes = 50
        #expect(exchange(some) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
    }

    @Test func `An intermediate status alone is no answer`() {
        let early = end(CURLE_OK) { end in
            end.status = 103
            end.reachedSending = true
            end.requestBytes = 9
        }
        #expect(exchange(early) == .uncertain(OutcomeReason(.answerNotUnderstood)))
    }

    @Test func `A relay's decision counts whatever happens after it`() {
        for code in [CURLE_OK, CURLE_RECV_ERROR, CURLE_OPERATION_TIMEDOUT] {
            #expect(MailVerdict.exchange(end(code) { $0.mailVerdict = 250 }) == .answered(MailReceipt(code: 250)))
        }
        #expect(
            MailVerdict.exchange(end(CURLE_OK) { $0.mailVerdict = 354 })
                == .uncertain(OutcomeReason(.answerNotUnderstood, status: 354)))
    }

    @Test(arguments: [
        ("235 ok\r\n", true), ("235-eerst\r\n", false), ("334 \r\n", false), ("23", false), ("", false), ("235", true),
        ("x235 ok", false),
    ])
    func `Only a final 235 counts as authenticated`(line: String, expected: Bool) {
        var dialogue = MailDialogue()
        Array(line.utf8).withUnsafeBytes { dialogue.hear($0) }
        #expect(dialogue.isAuthenticated == expected)
    }

    @Test(arguments: [
        ("OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required, errno 0", true),
        ("error:0A000412:SSL routines::sslv3 alert bad certificate", true),
        ("error:0A000418:SSL routines::tlsv1 alert unknown ca", true),
        ("error:0A000410:SSL routines::sslv3 alert handshake failure", false), ("alert ", false), ("alert", false),
        ("", false),
    ])
    func `Alerts about the certificate are known by OpenSSL's names`(remark: String, expected: Bool) {
        let isOne = Array(remark.utf8).withUnsafeBytes { TLSAlert.isAboutCertificate($0) }
        #expect(isOne == expected)
    }
}
