// SPDX-License-Identifier: EUPL-1.2
public import Disclosures

/// The only way out for an adapter: bound to the one host, the credentials and the limits that the recipient's
/// configuration names. An adapter cannot choose another host.
public protocol OutboundTransport: Sendable {
    /// Sends one HTTPS request below the configured base URL. Never follows a redirect, never sends a body twice.
    func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse>

    /// Gives one message to the configured mail relay, over TLS and authenticated, or not at all.
    func send(_ mail: MailMessage) async -> Exchange<MailReceipt>

    /// Connects, negotiates TLS, authenticates, and sends nothing more.
    func probe() async -> ProbeResult

    /// Puts one file into the configured folder, whole or not at all; a file of that name is replaced.
    func write(_ file: DroppedFile) async -> Exchange<FileReceipt>

    /// Takes one file out of the configured folder. A file that is not there counts as taken out.
    func remove(fileNamed name: String) async -> Exchange<FileReceipt>
}

extension OutboundTransport {
    /// This counterpart is no folder.
    public func write(_ file: DroppedFile) async -> Exchange<FileReceipt> { .notSent(OutcomeReason(.notSent)) }

    /// This counterpart is no folder.
    public func remove(fileNamed name: String) async -> Exchange<FileReceipt> { .notSent(OutcomeReason(.notSent)) }
}

/// A file for a folder of the board's own.
public struct DroppedFile: Sendable, Hashable, Codable {
    /// A plain name: letters, digits, `.`, `_` and `-`, not beginning with a dot. Holds nothing personal.
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }
}

/// The file is in the folder, or out of it, and on disk.
public struct FileReceipt: Sendable, Hashable, Codable {
    public init() {}
}

/// What became of one exchange with a counterpart.
public enum Exchange<Answer: Sendable & Hashable>: Sendable, Hashable {
    /// The counterpart answered.
    case answered(Answer)
    /// The message certainly did not reach the counterpart: it may be sent again.
    case notSent(OutcomeReason)
    /// The message, or a part of it, was handed to the network and no answer came: it may have arrived.
    case uncertain(OutcomeReason)
}

extension Exchange: Codable where Answer: Codable {}

/// One HTTPS request, relative to the recipient's configured base URL.
public struct HTTPRequest: Sendable, Hashable, Codable {
    public enum Method: String, Sendable, Codable, CaseIterable {
        case get = "GET"
        case post = "POST", put = "PUT", delete = "DELETE", patch = "PATCH"
    }

    public let method: Method
    /// Appended to the base URL's path; begins with `/`. Holds no personal data.
    public let path: String
    /// Names and values are refused when they hold CR, LF or NUL.
    public let headers: [Header]
    public let body: [UInt8]

    public struct Header: Sendable, Hashable, Codable {
        public let name: String
        public let value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public init(method: Method, path: String, headers: [Header], body: [UInt8]) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }
}

/// The counterpart's answer, its body cut off with an error at the configured limit.
public struct HTTPResponse: Sendable, Hashable, Codable {
    public let status: Int
    public let body: [UInt8]
    /// `Retry-After`, in seconds from now, whether it came as seconds or as a date.
    public let retryAfterSeconds: Int?
    /// Those of `headerNames` that came along, by name in lower case; only the first where one came more than once.
    public let headers: [String: String]

    /// What an adapter may need to know: where a thing was made, what kind of body it is, and how to go on reading a long list.
    public static let headerNames = ["content-type", "etag", "link", "location", "x-wp-total", "x-wp-totalpages"]

    public init(
        status: Int, body: [UInt8], retryAfterSeconds: Int? = nil, headers: [String: String] = [:]
    ) {
        self.status = status
        self.body = body
        self.retryAfterSeconds = retryAfterSeconds
        self.headers = headers
    }
}

/// One mail. Content goes into attachments; subject and text hold nothing personal.
public struct MailMessage: Sendable, Hashable, Codable {
    public struct Attachment: Sendable, Hashable, Codable {
        public enum Content: Sendable, Hashable, Codable {
            case bytes([UInt8])
            /// The gateway makes a PDF of it while sending. Where it cannot, the attachment is left out and the mail goes without:
            /// so the same must stand in another attachment as plain text.
            case pdf(HandoverDocument)
        }

        public let fileName: String
        public let contentType: String
        public let content: Content

        public init(fileName: String, contentType: String, bytes: [UInt8]) {
            self.fileName = fileName
            self.contentType = contentType
            content = .bytes(bytes)
        }

        /// Nil while it is still to be made.
        public var bytes: [UInt8]? {
            if case .bytes(let bytes) = content { bytes } else { nil }
        }

        /// A PDF of a document.
        public init(fileName: String, pdf document: HandoverDocument) {
            self.fileName = fileName
            contentType = "application/pdf"
            content = .pdf(document)
        }
    }

    /// Plain addresses (`naam@voorbeeld.nl`), without display names. The sender is the relay's configured address.
    public let to: [String]
    public let subject: String
    public let text: String
    public let attachments: [Attachment]
    /// The left part of the Message-ID, the same over every attempt: the idempotency key.
    public let messageIDLocalPart: String

    public init(to: [String], subject: String, text: String, attachments: [Attachment] = [], messageIDLocalPart: String)
    {
        self.to = to
        self.subject = subject
        self.text = text
        self.attachments = attachments
        self.messageIDLocalPart = messageIDLocalPart
    }
}

/// The relay took the message.
public struct MailReceipt: Sendable, Hashable, Codable {
    /// The SMTP reply code of the final acceptance (250). Negative answers are `answered` too, with their code.
    public let code: Int

    public init(code: Int) {
        self.code = code
    }
}
