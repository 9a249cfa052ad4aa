// SPDX-License-Identifier: EUPL-1.2

/// Looks for values that must never show, in whatever a counterpart received: in every part, raw and decoded, and in
/// every writing that `Finding.Form` names. Pure.
///
/// It cannot see into what is compressed or encrypted; it says so with `.unreadable` rather than finding nothing.
public struct LeakCanary: Sendable {
    /// A value that must never show.
    public struct Canary: Sendable, Hashable {
        /// What a finding calls it; not the value.
        public let label: String
        /// The value: at least four characters, six for base64 to be searched in all its shifts.
        public let value: String

        /// A value and what a finding calls it.
        public init(_ label: String, _ value: String) {
            self.label = label
            self.value = value
        }
    }

    private let canaries: [(label: String, needles: CanaryNeedles)]

    /// Looks for these; an empty value is never found.
    public init(_ canaries: [Canary]) {
        self.canaries = canaries.filter { !$0.value.isEmpty }.map { ($0.label, CanaryNeedles($0.value)) }
    }

    /// Looks for these values, called `canary 1`, `canary 2` and so on.
    public init(values: [String]) {
        self.init(values.enumerated().map { Canary("canary \($0.offset + 1)", $0.element) })
    }

    /// What shows in these bytes; at most one finding for each canary.
    public func findings(in bytes: [UInt8], place: String) -> [Finding] {
        guard !bytes.isEmpty else { return [] }
        let haystack = Haystack(bytes)
        return canaries.compactMap { canary in
            Self.form(of: canary.needles, in: haystack).map { Finding(what: canary.label, form: $0, place: place) }
        }
    }

    /// What shows in this text; at most one finding for each canary.
    public func findings(in text: String, place: String) -> [Finding] {
        findings(in: Array(text.utf8), place: place)
    }

    /// What shows in a request: request line, every header, body, and the bytes as they came.
    public func findings(in request: RecordedRequest) -> [Finding] {
        let place = "request \(request.ordinal)"
        var findings = findings(in: request.requestLine, place: "\(place), request line")
        for header in request.headers {
            findings += self.findings(in: "\(header.name): \(header.value)", place: "\(place), header \(header.name)")
        }
        findings += self.findings(in: request.body, place: "\(place), body")
        if let coding = request.header("Content-Encoding"), coding.lowercased() != "identity" {
            findings.append(Finding(what: "compressed content", form: .unreadable, place: "\(place), body"))
        }
        findings += unreadable(request.body, place: "\(place), body")
        return adding(request.raw, place: "\(place), bytes as they came", to: findings)
    }

    /// What shows in a mail: envelope, every header of every part, texts, attachments with their names, and the bytes
    /// as they came.
    public func findings(in mail: ReceivedMail) -> [Finding] {
        let place = "mail on connection \(mail.connection)"
        let parsed = mail.parsed
        var findings = findings(in: ([mail.from] + mail.recipients).joined(separator: " "), place: "\(place), envelope")
        findings += self.findings(in: parsed.headers, place: place)
        for (index, part) in parsed.parts.enumerated() {
            let partPlace = "\(place), part \(index + 1)"
            if parsed.parts.count > 1 { findings += self.findings(in: part.headers, place: partPlace) }
            findings += self.findings(in: part.fileName ?? "", place: "\(partPlace), file name")
            let content = part.text.map { Array($0.utf8) } ?? part.bytes
            findings += self.findings(in: content, place: "\(partPlace), content")
            findings += unreadable(part.bytes, place: "\(partPlace), content")
        }
        return adding(mail.raw, place: "\(place), bytes as they came", to: findings)
    }

    /// What shows in what a client said before TLS, and in its commands afterwards.
    public func findings(in transcript: RelayTranscript) -> [Finding] {
        let place = "connection \(transcript.connection)"
        return findings(in: transcript.beforeTLS, place: "\(place), before TLS")
            + findings(in: transcript.commands.joined(separator: "\n"), place: "\(place), commands")
    }

    private func findings(in headers: [ParsedMail.Header], place: String) -> [Finding] {
        headers.flatMap { header in
            findings(in: "\(header.name): \(header.value)", place: "\(place), header \(header.name)")
        }
    }

    /// The raw bytes bring only what was found nowhere else: a canary that lies over the edge of two parts.
    private func adding(_ raw: [UInt8], place: String, to findings: [Finding]) -> [Finding] {
        let known = Set(findings.map(\.what))
        return findings + self.findings(in: raw, place: place).filter { !known.contains($0.what) }
    }

    private static let packedBeginnings: [(name: String, bytes: [UInt8])] = [
        ("gzip", [0x1F, 0x8B]), ("zip", [0x50, 0x4B, 0x03, 0x04]), ("PDF", Array("%PDF".utf8)),
        ("zstd", [0x28, 0xB5, 0x2F, 0xFD]),
    ]

    private func unreadable(_ bytes: [UInt8], place: String) -> [Finding] {
        Self.packedBeginnings.filter { bytes.starts(with: $0.bytes) }
            .map { Finding(what: "\($0.name) content", form: .unreadable, place: place) }
    }

    private static func form(of needles: CanaryNeedles, in haystack: Haystack) -> Finding.Form? {
        if needles.text.contains(where: haystack.lowered.holds) { return .text }
        if needles.latin1.contains(where: haystack.lowered.holds) { return .latin1 }
        if needles.utf16.contains(where: haystack.lowered.holds) { return .utf16 }
        if needles.hex.contains(where: haystack.lowered.holds) { return .hex }
        if needles.base64.contains(where: haystack.packed.holds) { return .base64 }
        if let digits = needles.digits, haystack.joinedDigits.holds(digits) { return .spacedDigits }
        let all = needles.text.union(needles.latin1)
        return haystack.decoded.first { reading in all.contains(where: reading.bytes.holds) }?.form
    }
}
