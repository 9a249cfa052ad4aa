// SPDX-License-Identifier: EUPL-1.2

/// A school year: 1 August to 31 July (WPO art. 1, WVO 2020 art. 1.1).
public struct SchoolYear: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// 1 August.
    public let first: CalendarDate
    /// 31 July.
    public let last: CalendarDate

    /// Reads `2026-2027`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let years = text.split(separator: "-", omittingEmptySubsequences: false)
        let isWritten = years.allSatisfy { $0.utf8.count == 4 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard years.count == 2, isWritten,
            let begin = Int(years[0]), let end = Int(years[1]), end == begin + 1,
            let first = CalendarDate(year: begin, month: 8, day: 1),
            let last = CalendarDate(year: end, month: 7, day: 31)
        else { return nil }
        self.first = first
        self.last = last
    }

    /// `2026-2027`.
    public var description: String { "\(first.year)-\(last.year)" }

    public static func < (left: SchoolYear, right: SchoolYear) -> Bool { left.first < right.first }
}
