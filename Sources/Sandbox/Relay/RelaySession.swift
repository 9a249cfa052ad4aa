// SPDX-License-Identifier: EUPL-1.2
import NIOCore

/// One SMTP conversation, without I/O: bytes in, steps out.
struct RelaySession {
    /// What the connection must do, in this order.
    enum Step {
        case reply(String)
        /// Put TLS under the conversation; what follows in clear is not listened to.
        case upgrade
        /// The message is in; its reply, if any, is the step after.
        case received(ReceivedMail)
        /// Close after what was written.
        case close
        /// Close at once, without a farewell.
        case drop
    }

    private enum Mode {
        case commands
        case plainResponse
        case loginUser
        case loginPassword(user: String)
        case message
        /// Says nothing any more.
        case mute
    }

    private static let lineLimit = 8192

    private let desk: RelayDesk
    private(set) var transcript: RelayTranscript
    private var mode = Mode.commands
    private var buffer = ByteBuffer()
    private var isSecure = false
    private var hasGreeted = false
    private var user: String?
    private var sender: String?
    private var recipients: [String] = []
    private var message: [UInt8] = []

    init(desk: RelayDesk, connection: Int) {
        self.desk = desk
        transcript = RelayTranscript(connection: connection)
    }

    mutating func greet() -> [Step] {
        noted(attempt(.greeting) { _ in [.reply("220 relay.zandbak.invalid ESMTP")] })
    }

    mutating func receive(_ bytes: ByteBuffer) -> [Step] {
        if !isSecure { transcript.beforeTLS.append(contentsOf: bytes.readableBytesView) }
        buffer.writeImmutableBuffer(bytes)
        var steps: [Step] = []
        while let line = nextLine() {
            let next = noted(handle(line))
            steps += next
            if case .some(.upgrade) = next.last { return steps }
        }
        if buffer.readableBytes > Self.lineLimit, case .commands = mode {
            mode = .mute
            steps += noted([.reply("500 5.5.2 Line too long"), .close])
        }
        return steps
    }

    private mutating func nextLine() -> [UInt8]? {
        if case .mute = mode {
            buffer.clear()
            return nil
        }
        guard let end = buffer.withUnsafeReadableBytes({ $0.firstOffset(of: .lineEnd) }),
            let line = buffer.readBytes(length: end)
        else { return nil }
        buffer.moveReaderIndex(forwardBy: 2)
        return line
    }

    private mutating func noted(_ steps: [Step]) -> [Step] {
        for step in steps {
            if case .reply(let line) = step { transcript.replies.append(line) }
        }
        return steps
    }

    private mutating func handle(_ line: [UInt8]) -> [Step] {
        switch mode {
        case .message:
            return take(line)
        case .plainResponse:
            mode = .commands
            return logIn(plain: line)
        case .loginUser:
            guard let name = Base64.decode(line) else { return cancelled() }
            mode = .loginPassword(user: String(decoding: name, as: UTF8.self))
            return [.reply("334 UGFzc3dvcmQ6")]
        case .loginPassword(let name):
            mode = .commands
            guard let password = Base64.decode(line) else { return cancelled() }
            return logIn(user: name, password: String(decoding: password, as: UTF8.self))
        case .commands, .mute:
            return command(String(decoding: line, as: UTF8.self))
        }
    }

    private mutating func command(_ line: String) -> [Step] {
        let words = line.split(separator: " ", maxSplits: 1)
        let verb = words.first?.uppercased() ?? ""
        let rest = words.count > 1 ? String(words[1]) : ""
        transcript.commands.append(verb == "AUTH" ? "AUTH ***" : line)
        switch verb {
        case "EHLO", "HELO": return attempt(.hello) { $0.hello(extended: verb == "EHLO") }
        case "STARTTLS": return startTLS(rest)
        case "AUTH": return auth(rest)
        case "MAIL": return mail(rest)
        case "RCPT": return recipient(rest)
        case "DATA": return data()
        case "RSET":
            forgetMail()
            return [.reply("250 2.0.0 Reset")]
        case "NOOP": return [.reply("250 2.0.0 Ok")]
        case "QUIT": return [.reply("221 2.0.0 Bye"), .close]
        default: return [.reply("500 5.5.1 Unknown command")]
        }
    }

    /// The failure that the rules want at this stage, or else what the stage does.
    private mutating func attempt(_ stage: RelayStage, _ body: (inout RelaySession) -> [Step]) -> [Step] {
        switch desk.failure(at: stage) {
        case nil: return body(&self)
        case .reply(let line): return line.hasPrefix("421") ? [.reply(line), .close] : [.reply(line)]
        case .drop:
            mode = .mute
            return [.drop]
        case .hang:
            mode = .mute
            return []
        }
    }

    private mutating func hello(extended: Bool) -> [Step] {
        hasGreeted = true
        forgetMail()
        guard extended else { return [.reply("250 relay.zandbak.invalid")] }
        let rules = desk.rules
        var lines = ["relay.zandbak.invalid", "SIZE \(rules.sizeLimit)", "8BITMIME"]
        if rules.offersStartTLS, !isSecure { lines.append("STARTTLS") }
        if rules.offersAuth, isSecure { lines.append("AUTH PLAIN LOGIN") }
        let marked = lines.enumerated().map { "250\($0.offset == lines.count - 1 ? " " : "-")\($0.element)" }
        return [.reply(marked.joined(separator: "\r\n"))]
    }

    private mutating func startTLS(_ rest: String) -> [Step] {
        guard desk.rules.offersStartTLS else { return [.reply("502 5.5.1 Not offered")] }
        guard !isSecure else { return [.reply("503 5.5.1 Already secure")] }
        guard rest.isEmpty else { return [.reply("501 5.5.4 No parameters")] }
        return attempt(.startTLS) { session in
            // Commands that came along in clear would otherwise be taken as if they had come over TLS.
            session.transcript.discardedBytes += session.buffer.readableBytes
            session.buffer.clear()
            session.transcript.startedTLS = true
            session.isSecure = true
            session.hasGreeted = false
            session.forgetMail()
            return [.reply("220 2.0.0 Ready"), .upgrade]
        }
    }

    private mutating func auth(_ rest: String) -> [Step] {
        let rules = desk.rules
        guard rules.offersAuth else { return [.reply("502 5.5.1 Not offered")] }
        guard isSecure else { return [.reply("538 5.7.11 TLS first")] }
        guard hasGreeted, user == nil else { return [.reply("503 5.5.1 Not now")] }
        let words = rest.split(separator: " ").map(String.init)
        return attempt(.auth) { session in
            switch (words.first?.uppercased(), words.count) {
            case ("PLAIN", 1):
                session.mode = .plainResponse
                return [.reply("334 ")]
            case ("PLAIN", 2):
                return session.logIn(plain: Array(words[1].utf8))
            case ("LOGIN", 1):
                session.mode = .loginUser
                return [.reply("334 VXNlcm5hbWU6")]
            case ("LOGIN", 2):
                guard let name = Base64.decode(Array(words[1].utf8)) else { return session.cancelled() }
                session.mode = .loginPassword(user: String(decoding: name, as: UTF8.self))
                return [.reply("334 UGFzc3dvcmQ6")]
            default:
                return [.reply("504 5.5.4 Unknown mechanism")]
            }
        }
    }

    private mutating func logIn(plain response: [UInt8]) -> [Step] {
        guard let bytes = Base64.decode(response) else { return cancelled() }
        let parts = bytes.split(separator: 0, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard parts.count == 3 else { return cancelled() }
        return logIn(user: parts[1], password: parts[2])
    }

    private mutating func logIn(user name: String, password: String) -> [Step] {
        let known = desk.rules.credentials
        guard name == known.user, password == known.password else { return [.reply("535 5.7.8 Wrong credentials")] }
        user = name
        return [.reply("235 2.7.0 Welcome")]
    }

    private mutating func cancelled() -> [Step] {
        mode = .commands
        return [.reply("501 5.5.2 Authentication cancelled")]
    }

    private mutating func mail(_ rest: String) -> [Step] {
        let rules = desk.rules
        if rules.demandsWhatItOffers {
            if rules.offersStartTLS, !isSecure { return [.reply("530 5.7.0 STARTTLS first")] }
            if rules.offersAuth, isSecure, user == nil { return [.reply("530 5.7.0 AUTH first")] }
        }
        guard hasGreeted, sender == nil else { return [.reply("503 5.5.1 Not now")] }
        guard let path = SMTPPath(rest, after: "FROM:") else { return [.reply("501 5.1.7 Bad sender")] }
        if let size = path.size, size > rules.sizeLimit { return [.reply("552 5.3.4 Too large")] }
        guard path.unknownParameters.isEmpty else { return [.reply("555 5.5.4 Unknown parameter")] }
        return attempt(.mail) { session in
            session.sender = path.address
            return [.reply("250 2.1.0 Ok")]
        }
    }

    private mutating func recipient(_ rest: String) -> [Step] {
        guard sender != nil else { return [.reply("503 5.5.1 MAIL first")] }
        guard let path = SMTPPath(rest, after: "TO:"), !path.address.isEmpty else {
            return [.reply("501 5.1.3 Bad recipient")]
        }
        if let refusal = desk.rules.refusedRecipients[path.address] { return [.reply(refusal)] }
        return attempt(.recipient) { session in
            session.recipients.append(path.address)
            return [.reply("250 2.1.5 Ok")]
        }
    }

    private mutating func data() -> [Step] {
        guard sender != nil, !recipients.isEmpty else { return [.reply("503 5.5.1 RCPT first")] }
        return attempt(.data) { session in
            session.mode = .message
            return [.reply("354 End with a dot on a line of its own")]
        }
    }

    private mutating func take(_ line: [UInt8]) -> [Step] {
        guard line != [46] else { return finishMessage() }
        // What is over the limit is read but not kept.
        if message.count <= desk.rules.sizeLimit {
            message += line.first == 46 ? line.dropFirst() : line[...]
            message += .lineEnd
        }
        return []
    }

    private mutating func finishMessage() -> [Step] {
        mode = .commands
        let answer = attempt(.message) { session in
            session.message.count > session.desk.rules.sizeLimit
                ? [.reply("552 5.3.4 Too large")] : [.reply("250 2.0.0 Accepted")]
        }
        var reply: String?
        if case .some(.reply(let line)) = answer.first { reply = line }
        let mail = ReceivedMail(
            connection: transcript.connection, from: sender ?? "", recipients: recipients, raw: message,
            isSecure: isSecure, user: user, reply: reply, receivedAt: .now)
        forgetMail()
        return [.received(mail)] + answer
    }

    private mutating func forgetMail() {
        sender = nil
        recipients = []
        message = []
    }
}
