// SPDX-License-Identifier: EUPL-1.2
import CGMime

/// The few headers that say something, of one message. Values are decoded and on one line.
struct MailHeaders {
    private let values: [(name: String, value: String)]
    let count: Int

    private static let interesting: Set<String> = [
        "subject", "from", "in-reply-to", "references", "auto-submitted", "precedence",
        "x-auto-response-suppress",
        "x-autoreply", "x-autorespond", "x-autoresponse", "return-path", "authentication-results",
        "message-id",
    ]

    /// More headers than this are not looked at.
    private static let most = 5_000

    init(of message: UnsafeMutableRawPointer) {
        count = Int(meldpoort_mime_header_count(message))
        var values: [(name: String, value: String)] = []
        for index in 0..<Int32(min(count, Self.most)) {
            guard
                let name = meldpoort_mime_header_name(message, index).map({
                    String(cString: $0).lowercased()
                }),
                Self.interesting.contains(name), let value = meldpoort_mime_header_value(message, index)
            else { continue }
            values.append((name, PlainText.line(String(cString: value), longest: 20_000)))
        }
        self.values = values
    }

    func all(_ name: String) -> [String] { values.filter { $0.name == name }.map(\.value) }

    func first(_ name: String) -> String? { values.first { $0.name == name }?.value }

    var signs: ReceivedMail.Signs {
        var signs = ReceivedMail.Signs()
        signs.autoSubmitted = first("auto-submitted").map(Self.keyword)
        signs.precedence = first("precedence").map(Self.keyword)
        signs.suppressesResponses =
            first("x-auto-response-suppress").map { Self.keyword($0) != "none" } ?? false
        signs.isMarkedAutoreply = ["x-autoreply", "x-autorespond", "x-autoresponse"].contains {
            first($0) != nil
        }
        signs.hasNullReturnPath = first("return-path").map { $0.filter { $0 != " " } == "<>" } ?? false
        return signs
    }

    /// The first word, in lower case, without comment and parameters.
    private static func keyword(_ value: String) -> String {
        value.drop { $0 == " " }.prefix { !" ;(,".contains($0) }.lowercased()
    }

    /// The left parts of the identifiers of messages that this one answers; the last ones first, since they are the nearest.
    var answeredMessages: [String] {
        var found: [String] = []
        for value in all("in-reply-to").prefix(1) + all("references").prefix(1) {
            for identifier in Self.identifiers(in: value).reversed() where !found.contains(identifier) {
                found.append(identifier)
            }
        }
        return Array(found.prefix(MailReferences.most))
    }

    /// The part before the “@” of each message identifier in a header's value.
    static func identifiers(in value: String) -> [String] {
        guard let references = meldpoort_mime_references(value) else { return [] }
        defer { meldpoort_mime_references_free(references) }
        return (0..<min(meldpoort_mime_references_count(references), 100)).compactMap { index in
            guard let text = meldpoort_mime_reference(references, index).map({ String(cString: $0) })
            else { return nil }
            let local = text.prefix { $0 != "@" }
            return (1...64).contains(local.utf8.count) ? local.lowercased() : nil
        }
    }

    /// Only the topmost header counts: those below it came with the mail, and anybody can write them. A success counts only in the name
    /// of the board's own server; a failure counts from whoever tells it.
    func senderCheck(trusting server: String?) -> SenderCheck {
        guard let header = first("authentication-results") else { return .onbekend }
        let parts = Self.withoutComments(header).lowercased().split(separator: ";").map { part in
            part.split { $0 == " " || $0 == "\t" }.map(String.init)
        }
        var results: [String: Set<String>] = [:]
        for part in parts.dropFirst() {
            guard let pair = part.first?.split(separator: "=", maxSplits: 1), pair.count == 2 else {
                continue
            }
            results[String(pair[0]), default: []].insert(String(pair[1]))
        }
        if results["dmarc"]?.contains("fail") == true { return .gezakt }
        if results["dmarc"]?.contains("pass") == true {
            return server != nil && parts.first?.first == server?.lowercased() ? .geslaagd : .onbekend
        }
        let hasPassed =
            results["dkim"]?.contains("pass") == true || results["spf"]?.contains("pass") == true
        let hasFailed = ["fail", "softfail"].contains { results["spf"]?.contains($0) == true }
        return (hasFailed || results["dkim"]?.contains("fail") == true) && !hasPassed
            ? .gezakt : .onbekend
    }

    private static func withoutComments(_ value: String) -> String {
        var depth = 0
        return value.filter { character in
            if character == "(" { depth += 1 }
            defer { if character == ")", depth > 0 { depth -= 1 } }
            return depth == 0
        }
    }
}
