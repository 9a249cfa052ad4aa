// SPDX-License-Identifier: EUPL-1.2
public import Disclosures
public import Sandbox
public import Values

/// A made-up disclosure in which every text is a canary: a value that stands nowhere else and can be searched for.
public struct SampleMessage: Sendable {
    /// Which fields it has.
    public enum Extent: Sendable, Hashable, CaseIterable {
        /// Every field that the rules can let through.
        case full
        /// Only the fields without which the rules let nothing through.
        case sparse
        /// Every field, of a case whose reporter stays hidden: what tells the origin stands below `alleenVeiligThuis`.
        case hidden

        /// Those that differ for this kind: only a report to Veilig Thuis has a hidden form.
        public static func all(of kind: MessageKind) -> [Extent] {
            kind == .veiligThuisMelding ? allCases : [.full, .sparse]
        }
    }

    /// The disclosure; its idempotency key and reference depend on the tag.
    public let disclosure: Disclosure
    /// The texts and dates of its content by field path, without the reference: what may stand in the content only.
    public let canaries: [LeakCanary.Canary]
    /// Dates by field path, which an adapter may write as `YYYY-MM-DD` or as `DD-MM-YYYY`.
    let dates: [(field: String, date: String)]

    /// - Parameters:
    ///   - tag: Two letters or digits that make its values differ from those of other messages.
    ///   - recipient: Whom it goes to.
    public init(_ kind: MessageKind, _ extent: Extent = .full, tag: String = "A1", to recipient: Recipient) {
        var writer = CanaryWriter(tag: tag)
        let content = writer.filled(Self.content(kind, extent), at: "")
        let digits = tag.utf8.map { String($0, radix: 16) }.joined().prefix(4)
        disclosure = Disclosure(
            minted: "5b0c1f6e-0f9f-4a61-9d0e-1c2d3e4f\(digits)", recipient: recipient, message: kind,
            reference: "MP-\(tag)-7K2M", content: content,
            readers: kind == .opschaling ? ["lezer@voorbeeldbestuur.example"] : [])
        canaries = writer.canaries
        dates = writer.dates
    }
}

/// Puts a canary in the place of every `*` and `~`, a date in that of every `#`, and the reference in that of `@`.
private struct CanaryWriter {
    let tag: String
    private(set) var canaries: [LeakCanary.Canary] = []
    private(set) var dates: [(field: String, date: String)] = []

    init(tag: String) {
        self.tag = tag
    }

    mutating func filled(_ value: JSONValue, at path: String) -> JSONValue {
        switch value {
        case .string("*"):
            // Quotes, markup and accents, so that a value that is escaped badly is not found again.
            let text = "Kanarie \(path) \(tag) \"é\" <b> & 'c' \\n"
            canaries.append(.init(path, text))
            return .string(text)
        case .string("~"):
            // Without HTML, which pages are cleaned of.
            let text = "Kanarie \(path) \(tag) é & 'c'"
            canaries.append(.init(path, text))
            return .string(text)
        case .string("#"):
            let year = 1980 + (tag.utf8.reduce(0) { $0 + Int($1) } + dates.count) % 40
            let date = "\(year)-0\(1 + dates.count % 9)-2\(dates.count % 9)"
            dates.append((path, date))
            canaries.append(.init(path, date))
            if let dutch = CalendarDate(date)?.dutchText { canaries.append(.init("\(path), written in Dutch", dutch)) }
            return .string(date)
        case .string("@"):
            return .string("MP-\(tag)-7K2M")
        case .array(let elements):
            return .array(elements.enumerated().map { filled($0.element, at: "\(path)[\($0.offset)]") })
        case .object(let members):
            var result: [String: JSONValue] = [:]
            for (key, member) in members.sorted(by: { $0.key < $1.key }) {
                result[key] = filled(member, at: path.isEmpty ? key : "\(path).\(key)")
            }
            return .object(result)
        default: return value
        }
    }
}

extension SampleMessage {
    /// The canaries of its texts that stand in none of these, and the dates that stand there in neither writing.
    func missing(from contents: [[UInt8]]) -> [String] {
        let readings = Set(contents + contents.map(Self.withoutDoubledQuotes))
        func isThere(_ writings: [LeakCanary.Canary]) -> Bool {
            let canary = LeakCanary(writings)
            return readings.contains { !canary.findings(in: $0, place: "").isEmpty }
        }
        let dateFields = Set(dates.map(\.field))
        let texts = canaries.filter { canary in !dateFields.contains { canary.label.hasPrefix($0) } }
        let missingTexts = texts.filter { !isThere([$0]) }.map(\.label)
        let missingDates = dates.filter { entry in !isThere(canaries.filter { $0.label.hasPrefix(entry.field) }) }
        return missingTexts + missingDates.map(\.field)
    }

    /// As a reader of CSV sees it.
    private static func withoutDoubledQuotes(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isSecond = false
        for byte in bytes {
            isSecond = byte == UInt8(ascii: "\"") && !isSecond && result.last == byte
            if !isSecond { result.append(byte) }
        }
        return result
    }
}

extension Disclosure {
    /// The same disclosure with other content: for tests of an adapter's habits. Only the privacy rules make real ones.
    public func replacing(content: JSONValue, counterpartReference: String? = nil) -> Disclosure {
        Disclosure(
            minted: idempotencyKey, recipient: recipient, message: message, reference: reference, content: content,
            counterpartReference: counterpartReference, readers: readers)
    }
}
