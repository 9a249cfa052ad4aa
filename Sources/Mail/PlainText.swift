// SPDX-License-Identifier: EUPL-1.2

/// Text from outside, made fit to be shown as text.
enum PlainText {
    /// Lines end in LF; no control characters but TAB, nothing that turns the direction of writing, not too many empty lines.
    static func cleaned(_ text: String, longest: Int) -> (text: String, isShortened: Bool) {
        var kept = String.UnicodeScalarView()
        var lineEnds = 0
        var count = 0
        var previous: UnicodeScalar?
        for scalar in text.unicodeScalars {
            defer { previous = scalar }
            if scalar == "\n", previous == "\r" { continue }
            let isLineEnd =
                scalar == "\n" || scalar == "\r" || scalar == "\u{2028}" || scalar == "\u{2029}"
            guard isLineEnd || isShown(scalar) else { continue }
            lineEnds = isLineEnd ? lineEnds + 1 : 0
            guard lineEnds <= 3 else { continue }
            guard count < longest else { return (String(kept), true) }
            kept.append(isLineEnd ? "\n" : scalar)
            count += 1
        }
        return (String(kept), false)
    }

    /// One line.
    static func line(_ text: String, longest: Int) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard kept.count < longest else { break }
            if scalar == "\n" || scalar == "\r" || scalar == "\t" {
                if kept.last != " " { kept.append(" ") }
            } else if isShown(scalar), scalar != "\u{2028}", scalar != "\u{2029}" {
                kept.append(scalar)
            }
        }
        return String(kept)
    }

    private static func isShown(_ scalar: UnicodeScalar) -> Bool {
        switch scalar.value {
        case 0x09: true
        case 0x00...0x1F, 0x7F...0x9F: false
        // Marks that turn the direction of writing, or are not seen at all.
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            false
        default: true
        }
    }
}

/// Websites in received text are never followed and never shown as something to click on (practice 24).
public enum LinkGuard {
    private static let ends = Set(" \t\n\r<>\"'`|".unicodeScalars)

    /// The text with every address of a website replaced by words that name its host.
    public static func withoutLinks(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.contains("://") || line.lowercased().contains("www.") else { return String(line) }
            return self.line(line)
        }.joined(separator: "\n")
    }

    private static func line(_ line: Substring) -> String {
        var shown = ""
        var word = String.UnicodeScalarView()
        func finish() {
            shown += self.word(String(word))
            word = String.UnicodeScalarView()
        }
        for scalar in line.unicodeScalars {
            if ends.contains(scalar) {
                finish()
                shown.unicodeScalars.append(scalar)
            } else {
                word.append(scalar)
            }
        }
        finish()
        return shown
    }

    private static func word(_ word: String) -> String {
        let lowered = word.lowercased()
        let start: Substring
        let host: Substring
        if let mark = lowered.firstRange(of: "://") {
            let scheme = lowered[..<mark.lowerBound].reversed().prefix {
                $0.isASCII && ($0.isLetter || "+-.".contains($0))
            }
            start = lowered[..<mark.lowerBound].dropLast(scheme.count)
            host = lowered[mark.upperBound...]
        } else if let mark = lowered.firstRange(of: "www.") {
            start = lowered[..<mark.lowerBound]
            host = lowered[mark.lowerBound...]
        } else {
            return word
        }
        // Lower-casing can change lengths; what stands in front is shown as it was only where that is sure to fit.
        let before = lowered.count == word.count ? String(word.prefix(start.count)) : ""
        return "\(before)[link naar \(name(of: host)) weggelaten]"
    }

    /// The host in the address; nothing of the path, which may hold a key.
    private static func name(of address: Substring) -> String {
        let authority = address.prefix { !"/?#".contains($0) }
        let host = authority.split(separator: "@").last ?? ""
        let shown = host.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
        return shown.isEmpty ? "een website" : String(shown.prefix(100))
    }
}
