// SPDX-License-Identifier: EUPL-1.2

/// HTML of which every element and attribute is on a short list: nothing in it runs, loads, or looks like another page.
///
/// Elements: `p`, `h1` to `h6`, `ul`, `ol`, `li`, `blockquote`, `pre`, `code`, `em`, `strong`, `del`, `a`, `br`, `hr`, and tables.
/// Attributes: `href` (https, http, mailto, tel), `start` of a list, `align` of a cell. It is well-formed XML as well.
public struct SafeHTML: Sendable, Hashable {
    /// The fragment, to stand in the body of a page.
    public let text: String

    /// Made here only: whoever holds one need not ask where it came from.
    init(trusted text: String) {
        self.text = text
    }

    /// Any text, shown as it is: for titles and values of attributes.
    public static func escaped(_ text: String) -> String {
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars where !isUnwelcome(scalar) {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Characters that XML cannot hold and no reader can see: control characters other than tab and line end, and those that are none.
    static func isUnwelcome(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case 0..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: true
        default: scalar.value & 0xFFFE == 0xFFFE
        }
    }
}
