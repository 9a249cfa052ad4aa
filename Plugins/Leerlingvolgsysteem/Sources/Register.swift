// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// One way of asking a leerlingvolgsysteem for pupils.
protocol Register: Sendable {
    /// Adds the pupils that may fit; what fits is decided by the selection.
    func read(
        _ selection: inout PupilSelection, of school: BRIN, over transport: any OutboundTransport
    ) async throws(ReadingFailure)

    /// Tests the connection, and the credentials where there is a question about nobody.
    func probe(over transport: any OutboundTransport) async -> ProbeResult
}

extension Register {
    func probe(over transport: any OutboundTransport) async -> ProbeResult { await transport.probe() }
}

/// Why the register could not be read. Never: that there is no such pupil.
struct ReadingFailure: Error, Sendable, Hashable {
    let reason: OutcomeReason

    init(_ label: OutcomeLabel, status: Int? = nil) {
        reason = OutcomeReason(label, status: status)
    }

    init(_ reason: OutcomeReason) {
        self.reason = reason
    }

    static let notUnderstood = ReadingFailure(.answerNotUnderstood)
    /// More than a school has: a register that goes on without end.
    static let tooLarge = ReadingFailure(.answerTooLarge)
}

/// A pupil as a register tells it.
struct RegisterPupil: Sendable, Hashable {
    private(set) var values: [PupilField: String] = [:]
    /// Fields that the register marks as secret.
    var secret: Set<PupilField> = []

    /// Takes a text without blanks around it; nothing when nothing is left.
    mutating func set(_ field: PupilField, _ text: String?) {
        guard let text else { return }
        let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        values[field] = trimmed.isEmpty ? nil : String(trimmed)
    }

    /// Takes what can be read as a day; what cannot is no date.
    mutating func set(birthDate text: String?) {
        values[.geboortedatum] = text.flatMap(Self.day)
    }

    /// Takes a code of any of the registers; what is none is not taken.
    mutating func set(sex code: String?) {
        values[.geslacht] = code.flatMap { Self.sexes[$0.lowercased()] }
    }

    /// NEN-ISO 5218, the words of Somtoday and Edu-V, and letters.
    private static let sexes: [String: String] = [
        "1": "man", "man": "man", "male": "man", "m": "man", "jongen": "man", "j": "man",
        "2": "vrouw", "vrouw": "vrouw", "female": "vrouw", "v": "vrouw", "meisje": "vrouw",
        "0": "onbekend", "9": "onbekend", "onbekend": "onbekend", "o": "onbekend", "other": "onbekend",
        "unspecified": "onbekend",
    ]

    /// `JJJJ-MM-DD`, from that, from an `xs:date` with a time zone, from a moment, or from `D-M-JJJJ`.
    private static func day(_ text: String) -> String? {
        let text = text.filter { !$0.isWhitespace }
        if let date = CalendarDate(text.prefix(10)) {
            let rest = text.dropFirst(10)
            if rest.first == "T", let moment = Timestamp(text) { return moment.calendarDateInAmsterdam.description }
            return rest.isEmpty || "TZ+-".contains(rest.first ?? " ") ? date.description : nil
        }
        return DutchDate.read(text)?.description
    }
}

/// Dates as people write them.
enum DutchDate {
    /// `D-M-JJJJ`, with `-` or `/` between, each part with or without a zero before it.
    static func read(_ text: String) -> CalendarDate? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "/" }
        guard parts.count == 3, parts[0].count <= 2, parts[1].count <= 2, parts[2].count == 4,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2])
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }
}
