// SPDX-License-Identifier: EUPL-1.2

/// Text that somebody typed, made fit to be shown: nothing in it works in secret.
public enum VisibleText {
    /// The lines of a text, whatever its writer's keyboard ends them with.
    ///
    /// Other control characters become U+FFFD, and so do the marks that turn the direction of writing: they could show a reader
    /// other words than stand there. A tab stays.
    public static func lines(_ text: String) -> [String] {
        var lines: [String.UnicodeScalarView] = [.init()]
        var wasReturn = false
        for scalar in text.unicodeScalars {
            let followsReturn = wasReturn
            wasReturn = scalar == "\r"
            switch scalar.value {
            case 0x0A where followsReturn: continue
            case 0x0A...0x0D, 0x85, 0x2028, 0x2029: lines.append(.init())
            case 0x09: lines[lines.count - 1].append(scalar)
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF:
                lines[lines.count - 1].append("\u{FFFD}")
            default: lines[lines.count - 1].append(scalar)
            }
        }
        return lines.map { String($0) }
    }

    /// The text on one line: line ends become spaces.
    public static func oneLine(_ text: String) -> String {
        lines(text).joined(separator: " ")
    }
}
