// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import CCurl
import Disclosures

/// The folder of one account, over libcurl. Messages are read by URL only and never by a command of our own, whose answer libcurl
/// would read line by line: a mail could then speak as if it were the server.
public struct IMAPMailbox: Mailbox {
    /// So many UIDs fit into one line that libcurl takes whole: half of its largest buffer, and eleven bytes each.
    static let searchWindow: UInt32 = 20_000

    private let engine: CurlEngine
    private let folderURL: String
    private let maximumMessageBytes: Int
    private let lane: Lane
    private let tokens: TokenSource?

    /// - Throws: `EndpointProblems` when the settings are not usable. Files are opened only when a connection is made.
    public init(_ account: IMAPAccount, engine: CurlEngine) throws(EndpointProblems) {
        let problems = account.settingProblems
        guard problems.isEmpty else { throw EndpointProblems(problems) }
        self.engine = engine
        maximumMessageBytes = account.maximumMessageBytes
        let scheme = account.security == .implicitTLS ? "imaps" : "imap"
        folderURL = "\(scheme)://\(account.host):\(account.port)/\(MailFolder.escaped(account.folder))"
        tokens =
            if case .oauth(let client) = account.credential { try TokenSource(client, engine: engine) } else { nil }
        lane = Lane(limit: account.maximumConnections) { Self.setUp($0, for: account, scheme: scheme) }
    }

    public func list(after position: MailboxMessage?) async throws(MailboxFailure) -> MailboxListing {
        var first = try Self.next(after: position?.uid ?? 0)
        var last: UInt32? = first.addingReportingOverflow(Self.searchWindow - 1).partialValue
        while true {
            if let end = last, end < first { last = nil }
            let range = "\(first):\(last.map(String.init) ?? "*")"
            let dialogue = try MailboxVerdict.reading(
                await run(.mailboxCommand("UID SEARCH UID \(range)"), url: folderURL))
            guard let validity = dialogue.uidValidity, let uidNext = dialogue.uidNext, !dialogue.isDamaged else {
                throw .unreachable(OutcomeReason(.answerNotUnderstood))
            }
            if let position, position.uidValidity != validity { throw .uidValidityChanged(now: validity) }
            // `n:*` names the last message even when its UID is lower.
            let uids = Set(dialogue.found).filter { $0 >= first && $0 <= last ?? .max }.sorted()
            let hasMore = last.map { UInt64($0) + 1 < UInt64(uidNext) } ?? false
            if !uids.isEmpty || !hasMore {
                return MailboxListing(uidValidity: validity, uidNext: uidNext, uids: uids, hasMore: hasMore)
            }
            guard let searched = last else { throw .unreachable(OutcomeReason(.answerNotUnderstood)) }
            first = searched + 1
            let isShort = (dialogue.exists ?? .max) <= Int(Self.searchWindow)
            last = isShort ? nil : first.addingReportingOverflow(Self.searchWindow - 1).partialValue
        }
    }

    public func bytes(of message: MailboxMessage) async throws(MailboxFailure) -> [UInt8] {
        let end = try await run(
            .mailboxMessage, url: "\(url(of: message.uidValidity))/;UID=\(message.uid)",
            maximumAnswerBytes: maximumMessageBytes)
        let dialogue = try MailboxVerdict.reading(end, of: message)
        guard dialogue.announcedBytes == end.answer.count, !dialogue.isDamaged else {
            throw .unreachable(OutcomeReason(.answerNotUnderstood))
        }
        return end.answer
    }

    @discardableResult
    public func move(_ message: MailboxMessage, to folder: String) async throws(MailboxFailure) -> MailboxMessage {
        guard MailFolder.isValid(folder) else { throw .refused }
        let dialogue = try MailboxVerdict.changing(
            await run(
                .mailboxCommand("UID MOVE \(message.uid) \"\(folder)\""), url: url(of: message.uidValidity)),
            message)
        guard let copied = dialogue.copied, copied.source == message.uid else { throw .messageGone }
        return MailboxMessage(uidValidity: copied.uidValidity, uid: copied.target)
    }

    public func mark(_ message: MailboxMessage, _ flag: MailboxFlag) async throws(MailboxFailure) {
        let command = "UID STORE \(message.uid) +FLAGS (\(flag.rawValue))"
        let dialogue = try MailboxVerdict.changing(
            await run(.mailboxCommand(command), url: url(of: message.uidValidity)), message)
        guard dialogue.flags[message.uid]?.contains(flag.rawValue.uppercased()) == true else { throw .messageGone }
    }

    public func probe() async -> ProbeResult {
        do throws(MailboxFailure) {
            _ = try MailboxVerdict.reading(await run(.mailboxCommand("NOOP"), url: folderURL))
            return .reachable
        } catch {
            if case .unreachable(let reason) = error { return .failed(reason) }
            return .failed(OutcomeReason(.refusedByCounterpart))
        }
    }

    private static func next(after uid: UInt32) throws(MailboxFailure) -> UInt32 {
        guard uid < .max else { throw .messageGone }
        return uid + 1
    }

    private func url(of uidValidity: UInt32) -> String { "\(folderURL);UIDVALIDITY=\(uidValidity)" }

    /// A token that was kept may have been withdrawn: the login fails before anything else, so it is tried once more with a new one.
    private func run(_ purpose: TransferPlan.Purpose, url: String, maximumAnswerBytes: Int = 1 << 20)
        async throws(MailboxFailure) -> TransferEnd
    {
        var plan = TransferPlan(purpose: purpose, url: url, maximumAnswerBytes: maximumAnswerBytes)
        guard let tokens else { return await engine.mail(plan, in: lane) }
        do throws(TokenFailure) {
            let first = try await tokens.grant()
            plan.bearer = first.token
            let end = await engine.mail(plan, in: lane)
            guard end.code == CURLE_LOGIN_DENIED, !end.reachedSending else { return end }
            await tokens.forget(first.token)
            guard !first.isFresh else { return end }
            plan.bearer = try await tokens.grant().token
            return await engine.mail(plan, in: lane)
        } catch {
            throw .unreachable(error.reason)
        }
    }

    private static func setUp(_ handle: EasyHandle, for account: IMAPAccount, scheme: String) {
        handle.setUpSafely(
            protocols: scheme, trust: account.trust, connect: account.connectTimeout, total: account.totalTimeout)
        handle.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))
        handle.set(CURLOPT_USERNAME, account.username)
        switch account.credential {
        case .password(let password): password.exposed { handle.set(CURLOPT_PASSWORD, $0) }
        case .oauth: handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2")
        }
        // What one message held never reaches the next command.
        handle.set(CURLOPT_FRESH_CONNECT, 1)
        handle.set(CURLOPT_FORBID_REUSE, 1)
        handle.set(CURLOPT_BUFFERSIZE, 512 * 1024)
        handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, Int(account.totalTimeout.components.seconds)))
    }
}
