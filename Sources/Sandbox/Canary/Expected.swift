// SPDX-License-Identifier: EUPL-1.2

/// Exactly what a request may consist of: any other byte is a finding. Pure.
public struct ExpectedRequest: Sendable, Hashable {
    /// What a header's value must be.
    public enum HeaderRule: Sendable, Hashable {
        /// This value and no other.
        case exactly(String)
        /// Any value, or absent: for what the transport adds and the test cannot know.
        case anything
    }

    /// The method.
    public let method: String
    /// Path and query.
    public let target: String
    /// The headers by name, in any case. `Content-Length` need not be named: it must fit the body.
    public let headers: [String: HeaderRule]
    /// The body, freed from chunked framing.
    public let body: [UInt8]

    /// A request that consists of exactly this.
    public init(method: String, target: String, headers: [String: HeaderRule], body: [UInt8]) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// Everything in which the request differs; values of headers and bodies are not repeated.
    public func findings(in request: RecordedRequest) -> [Finding] {
        let place = "request \(request.ordinal)"
        var findings: [Finding] = []
        func differs(_ what: String, _ part: String) {
            findings.append(Finding(what: what, form: .unexpected, place: "\(place), \(part)"))
        }
        if request.requestLine != "\(method) \(target) HTTP/1.1" { differs("another request line", "request line") }
        var rules: [String: HeaderRule] = ["content-length": .exactly(String(body.count))]
        for (name, rule) in headers { rules[name.lowercased()] = rule }
        var seen: Set<String> = []
        for header in request.headers {
            let name = header.name.lowercased()
            if !seen.insert(name).inserted { differs("a header twice", "header \(name)") }
            switch rules[name] {
            case nil: differs("a header that was not expected", "header \(name)")
            case .exactly(let value): if header.value != value { differs("another value", "header \(name)") }
            case .anything: break
            }
        }
        for (name, rule) in rules.sorted(by: { $0.key < $1.key }) where !seen.contains(name) && rule != .anything {
            if name != "content-length" || !body.isEmpty { differs("a missing header", "header \(name)") }
        }
        if let offset = Self.firstDifference(request.body, body) { differs("another byte", "body at \(offset)") }
        let head = (request.raw.firstOffset(of: [13, 10, 13, 10]) ?? 0) + 4
        if request.isComplete, request.raw.count != head + request.body.count { differs("bytes in framing", "body") }
        return findings
    }

    static func firstDifference(_ one: [UInt8], _ other: [UInt8]) -> Int? {
        if one == other { return nil }
        return zip(one, other).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(one.count, other.count)
    }
}

/// Exactly what a mail may consist of: any other header, text or attachment is a finding. Pure.
public struct ExpectedMail: Sendable, Hashable {
    /// One attachment.
    public struct Attachment: Sendable, Hashable {
        /// The decoded file name.
        public let fileName: String
        /// The media type in lower case, without parameters.
        public let contentType: String
        /// The decoded content.
        public let bytes: [UInt8]

        /// An attachment that consists of exactly this.
        public init(fileName: String, contentType: String, bytes: [UInt8]) {
            self.fileName = fileName
            self.contentType = contentType
            self.bytes = bytes
        }
    }

    /// The envelope's sender.
    public let from: String
    /// The envelope's recipients, in order.
    public let recipients: [String]
    /// The decoded subject.
    public let subject: String
    /// The decoded text; blank lines at its end do not count.
    public let text: String
    /// The attachments, in order.
    public let attachments: [Attachment]
    /// The names of the headers that may be there, in any case.
    public let headers: Set<String>

    /// The headers that a message of the gateway is made of.
    public static let usualHeaders: Set<String> = [
        "Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
        "Content-Disposition", "Auto-Submitted",
    ]

    /// A mail that consists of exactly this.
    public init(
        from: String, recipients: [String], subject: String, text: String, attachments: [Attachment] = [],
        headers: Set<String> = Self.usualHeaders
    ) {
        self.from = from
        self.recipients = recipients
        self.subject = subject
        self.text = text
        self.attachments = attachments
        self.headers = headers
    }

    /// Everything in which the mail differs, faults of form included; contents are not repeated.
    public func findings(in mail: ReceivedMail) -> [Finding] {
        let parsed = mail.parsed
        var findings = parsed.problems.map { Finding(what: $0, form: .unexpected, place: "form") }
        func differs(_ isWrong: Bool, _ what: String, _ place: String) {
            if isWrong { findings.append(Finding(what: what, form: .unexpected, place: place)) }
        }
        differs(mail.from != from, "another sender", "envelope")
        differs(mail.recipients != recipients, "other recipients", "envelope")
        differs(parsed.subject != subject, "another subject", "header Subject")
        differs(Self.trimmed(parsed.text) != Self.trimmed(text), "another text", "text")
        let allowed = Set(headers.map { $0.lowercased() })
        for header in parsed.headers + parsed.parts.flatMap(\.headers) {
            differs(
                !allowed.contains(header.name.lowercased()), "a header that was not expected", "header \(header.name)")
        }
        let found = parsed.attachments
        differs(found.count != attachments.count, "\(found.count) attachments", "attachments")
        for (index, pair) in zip(found, attachments).enumerated() {
            let place = "attachment \(index + 1)"
            differs(pair.0.fileName != pair.1.fileName, "another file name", place)
            differs(pair.0.contentType != pair.1.contentType, "another type", place)
            differs(pair.0.bytes != pair.1.bytes, "another content", place)
        }
        return findings
    }

    private static func trimmed(_ text: String) -> Substring {
        var text = text.replacing("\r\n", with: "\n")[...]
        while text.last == "\n" { text = text.dropLast() }
        return text
    }
}
