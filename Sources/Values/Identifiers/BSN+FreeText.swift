// SPDX-License-Identifier: EUPL-1.2

extension BSN {
    /// Replaces every BSN in free text by `mask` and tells how many there were.
    ///
    /// A BSN may be written in one piece, or in groups of two digits or more with the same single dot or space between them:
    /// `999.991.772`, `9999 91 772`. The nine digits of a phone number after a country code (`+31 6 12345678`) are left: a
    /// number to call back must not be lost. The first group that fits is taken, from left to right.
    public static func masked(in text: String) -> (text: String, found: Int) {
        guard text.utf8.count >= 9 else { return (text, 0) }
        let scalars = Array(text.unicodeScalars)
        var result = String.UnicodeScalarView()
        var found = 0
        var copied = 0
        for run in DigitRuns(scalars).runs {
            for range in run.bsnRanges(in: scalars) {
                result.append(contentsOf: scalars[copied..<range.lowerBound])
                result.append(contentsOf: mask.unicodeScalars)
                copied = range.upperBound
                found += 1
            }
        }
        guard found > 0 else { return (text, 0) }
        result.append(contentsOf: scalars[copied...])
        return (String(result), found)
    }
}

/// Groups of digits that follow one another with a single dot or space between each two.
private struct DigitRun {
    var groups: [Range<Int>]
    let followsPlus: Bool

    /// The places of the BSNs in this run, from left to right, without overlap.
    func bsnRanges(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = phoneNumberEnd(in: scalars)
        while index < groups.count {
            if let end = bsnEnd(from: index, in: scalars) {
                ranges.append(groups[index].lowerBound..<groups[end - 1].upperBound)
                index = end
            } else {
                index += 1
            }
        }
        return ranges
    }

    /// The group after an international phone number at the start; 0 if there is none.
    private func phoneNumberEnd(in scalars: [Unicode.Scalar]) -> Int {
        guard let first = groups.first, groups.count > 1 else { return 0 }
        let isInternational = followsPlus || scalars[first].elementsEqual("0031".unicodeScalars)
        guard isInternational, first.count <= 4 else { return 0 }
        var index = 1
        var digits = 0
        while index < groups.count, digits < 9 {
            digits += groups[index].count
            index += 1
        }
        return digits == 9 ? index : 1
    }

    /// The group after a BSN that starts at a group; nil if none starts there.
    private func bsnEnd(from start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var token = BSN.Token()
        var digits = 0
        for index in start..<groups.count {
            let group = groups[index]
            digits += group.count
            guard digits <= 9, group.count > 1, isJoined(index, from: start, in: scalars) else { return nil }
            for scalar in scalars[group] { token.append(UInt8(ascii: scalar)) }
            if digits == 9 { return token.isBSN ? index + 1 : nil }
        }
        return nil
    }

    /// Whether the separator before a group is the same as the first one after the start.
    private func isJoined(_ index: Int, from start: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard index > start + 1 else { return true }
        return scalars[groups[index].lowerBound - 1] == scalars[groups[start].upperBound]
    }
}

/// All runs of digit groups in a text; a group that touches a letter or another digit sign belongs to none.
private struct DigitRuns {
    private(set) var runs: [DigitRun] = []

    init(_ scalars: [Unicode.Scalar]) {
        var index = 0
        while index < scalars.count {
            guard BSN.isAlphanumeric(scalars[index]) else {
                index += 1
                continue
            }
            let start = index
            while index < scalars.count, BSN.isAlphanumeric(scalars[index]) { index += 1 }
            guard scalars[start..<index].allSatisfy(DigitRuns.isDigit) else { continue }
            append(start..<index, in: scalars)
        }
    }

    private mutating func append(_ group: Range<Int>, in scalars: [Unicode.Scalar]) {
        if let last = runs.last?.groups.last, last.upperBound + 1 == group.lowerBound,
            DigitRuns.isSeparator(scalars[last.upperBound])
        {
            runs[runs.count - 1].groups.append(group)
        } else {
            let followsPlus = group.lowerBound > 0 && scalars[group.lowerBound - 1] == "+"
            runs.append(DigitRun(groups: [group], followsPlus: followsPlus))
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    /// A dot, a space, or one of the spaces that word processors put in numbers.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == " " || scalar == "\u{A0}" || scalar == "\u{202F}"
    }
}
