// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CCurl

/// One transfer while libcurl runs it. Belongs to the thread that runs its handle; libcurl's callbacks come on that thread.
final class Transfer {
    let plan: TransferPlan
    let handle: EasyHandle
    /// Asked by mail transfers only: they run on a thread of their own and cannot be told in another way.
    let stopSignal: StopSignal?
    private(set) var stop: TransferStop?
    /// libcurl went on to another connection because a reused one had died. It counts these over a handle's whole life and stops
    /// after five, so such a handle is not kept.
    private(set) var wasRetried = false
    private var reachedSending = false
    private var bodyTaken = 0
    private var answer: [UInt8] = []
    private var dialogue = MailDialogue()
    private var mailbox = MailboxDialogue()
    private var sawCertificateAlert = false

    /// Prepares the handle. The transfer must outlive the handle's use.
    init(plan: TransferPlan, handle: EasyHandle, stopSignal: StopSignal? = nil) {
        self.plan = plan
        self.handle = handle
        self.stopSignal = stopSignal
        connectCallbacks()
        handle.set(CURLOPT_URL, plan.url)
        switch plan.purpose {
        case .request(let method): prepareRequest(method)
        case .mail(let sender, let recipients): prepareMail(sender, recipients)
        case .probeConnection:
            handle.set(CURLOPT_CONNECT_ONLY, 1)
            handle.set(CURLOPT_FRESH_CONNECT, 1)
        case .probeMail: handle.set(CURLOPT_CUSTOMREQUEST, "NOOP")
        case .mailboxCommand(let command): handle.set(CURLOPT_CUSTOMREQUEST, command)
        case .mailboxMessage: break
        }
        plan.bearer?.exposed { handle.set(CURLOPT_XOAUTH2_BEARER, $0) }
    }

    /// Collects the facts when libcurl is done, or before the handle is taken away from it.
    func end(_ code: CURLcode, stop outside: TransferStop? = nil) -> TransferEnd {
        var end = TransferEnd(code: code, stop: outside ?? stop)
        end.status = handle.long(CURLINFO_RESPONSE_CODE)
        end.answer = answer
        end.reachedSending = reachedSending
        end.requestBytes = handle.long(CURLINFO_REQUEST_SIZE)
        end.bodyTaken = bodyTaken
        end.usedNewConnection = handle.long(CURLINFO_NUM_CONNECTS) > 0
        end.answerBegan = handle.long(CURLINFO_HEADER_SIZE) > 0 || !answer.isEmpty
        end.sawCertificateAlert = code != CURLE_OK && sawCertificateAlert
        end.mailVerdict = dialogue.verdict
        end.mailbox = mailbox
        if code == CURLE_OK, case .request = plan.purpose {
            end.retryAfter = handle.header("Retry-After")
            for name in HTTPResponse.headerNames { end.headers[name] = handle.header(name) }
        }
        return end
    }

    private func prepareRequest(_ method: String) {
        let hasBody = !plan.body.isEmpty
        // A body-less request on a connection that dies is sent again by libcurl without asking: nothing needs rewinding.
        handle.set(CURLOPT_FRESH_CONNECT, hasBody || plan.purpose.isRepeatable(body: plan.body) ? 0 : 1)
        if hasBody || (method != "DELETE" && method != "GET") {
            handle.set(CURLOPT_POST, 1)
            handle.set(CURLOPT_POSTFIELDSIZE_LARGE, size: plan.body.count)
        } else {
            handle.set(CURLOPT_HTTPGET, 1)
        }
        handle.set(CURLOPT_CUSTOMREQUEST, method)
        handle.set(CURLOPT_HTTPHEADER, list: plan.headers)
    }

    private func prepareMail(_ sender: String, _ recipients: [String]) {
        handle.set(CURLOPT_UPLOAD, 1)
        handle.set(CURLOPT_INFILESIZE_LARGE, size: plan.body.count)
        handle.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        handle.set(CURLOPT_MAIL_RCPT, list: recipients.map { "<\($0)>" })
    }

    private func connectCallbacks() {
        let own = Unmanaged.passUnretained(self).toOpaque()
        for option in [CURLOPT_READDATA, CURLOPT_SEEKDATA, CURLOPT_WRITEDATA, CURLOPT_PREREQDATA] {
            handle.set(option, pointer: own)
        }
        handle.note(meldpoort_set_read(handle.pointer, onRead))
        handle.note(meldpoort_set_seek(handle.pointer, onSeek))
        handle.note(meldpoort_set_write(handle.pointer, CURLOPT_WRITEFUNCTION, onAnswer))
        handle.note(meldpoort_set_prereq(handle.pointer, onReachedSending))
        guard stopSignal != nil else {
            // libcurl's error text keeps the first of several errors, which need not be the alert: so all its remarks are heard.
            handle.set(CURLOPT_DEBUGDATA, pointer: own)
            handle.note(meldpoort_set_debug(handle.pointer, onRemark))
            handle.set(CURLOPT_VERBOSE, 1)
            return
        }
        handle.set(CURLOPT_HEADERDATA, pointer: own)
        handle.note(meldpoort_set_write(handle.pointer, CURLOPT_HEADERFUNCTION, onReplyLine))
        handle.set(CURLOPT_XFERINFODATA, pointer: own)
        handle.note(meldpoort_set_progress(handle.pointer, onProgress))
        handle.set(CURLOPT_NOPROGRESS, 0)
    }
}

// What libcurl asks while it runs the transfer.
extension Transfer {
    fileprivate func takeBody(into buffer: UnsafeMutableRawPointer, capacity: Int) -> Int {
        let count = min(capacity, plan.body.count - bodyTaken)
        guard count > 0 else { return 0 }
        plan.body.withUnsafeBytes { bytes in
            buffer.copyMemory(
                from: bytes.baseAddress.map { $0 + bodyTaken } ?? UnsafeRawPointer(buffer), byteCount: count)
        }
        bodyTaken += count
        return count
    }

    /// - Returns: Whether the whole piece was taken; otherwise libcurl ends the transfer.
    fileprivate func takeAnswer(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard answer.count + bytes.count <= plan.maximumAnswerBytes else {
            stop = .answerTooLarge
            return false
        }
        answer.append(contentsOf: bytes)
        return true
    }

    /// libcurl stands before the first byte of the request: the last moment to say no. It asks again when a reused connection died
    /// and it wants to try another one: only good while nothing but an incomplete head can have left.
    fileprivate func mayBegin() -> Bool {
        if reachedSending, bodyTaken > 0 || plan.body.isEmpty, !plan.purpose.isRepeatable(body: plan.body) {
            stop = .wouldSendTwice
            return false
        }
        switch plan.purpose {
        case .mail, .probeMail:
            guard dialogue.isAuthenticated else {
                stop = .notAuthenticated
                return false
            }
        // An IMAP server that lets us in without asking shows it, and its certificate has been checked.
        case .request, .probeConnection, .mailboxCommand, .mailboxMessage: break
        }
        wasRetried = reachedSending
        reachedSending = true
        mailbox.loggedIn()
        // Only the alerts of a new connection count; remarks on the others would be made for nothing.
        if stopSignal == nil, handle.long(CURLINFO_NUM_CONNECTS) == 0 { handle.set(CURLOPT_VERBOSE, 0) }
        return true
    }

    fileprivate func note(remark: UnsafeRawBufferPointer) {
        if !sawCertificateAlert {
            sawCertificateAlert = TLSAlert.isAboutCertificate(remark)
        }
    }

    /// - Returns: Whether to go on; otherwise libcurl ends the transfer.
    fileprivate func hear(_ line: UnsafeRawBufferPointer) -> Bool {
        switch plan.purpose {
        case .mailboxCommand, .mailboxMessage:
            mailbox.hear(line)
            if mailbox.announcedBytes ?? 0 > plan.maximumAnswerBytes { stop = .messageTooLarge }
        default: dialogue.hear(line)
        }
        // The server has decided. One that then does not answer QUIT or LOGOUT must not hold this thread for long.
        if dialogue.verdict != nil || mailbox.replies.count == 2 { handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, 1) }
        return stop == nil
    }

    fileprivate func mustStop() -> Bool {
        guard dialogue.verdict == nil, let reason = stopSignal?.due else { return false }
        stop = reason
        return true
    }
}

private func owner(_ raw: UnsafeMutableRawPointer?) -> Transfer? {
    raw.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private let onRead: curl_read_callback = { buffer, size, count, raw in
    guard let buffer, let transfer = owner(raw) else { return Int(CURL_READFUNC_ABORT) }
    return transfer.takeBody(into: buffer, capacity: size * count)
}

/// Refusing to rewind is what keeps libcurl from sending a body twice: it gives error 65 instead.
private let onSeek: curl_seek_callback = { _, _, _ in CURL_SEEKFUNC_FAIL }

private let onAnswer: curl_write_callback = { bytes, size, count, raw in
    guard let transfer = owner(raw) else { return 0 }
    return transfer.takeAnswer(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private let onReplyLine: curl_write_callback = { bytes, size, count, raw in
    let goesOn = owner(raw)?.hear(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? false
    return goesOn ? size * count : 0
}

private let onReachedSending: curl_prereq_callback = { raw, _, _, _, _ in
    owner(raw)?.mayBegin() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

/// What goes over the line comes by here too, and is left alone.
private let onRemark: curl_debug_callback = { _, kind, bytes, count, raw in
    if kind == CURLINFO_TEXT { owner(raw)?.note(remark: UnsafeRawBufferPointer(start: bytes, count: count)) }
    return 0
}

private let onProgress: curl_xferinfo_callback = { raw, _, _, _, _ in
    owner(raw)?.mustStop() == true ? 1 : 0
}
