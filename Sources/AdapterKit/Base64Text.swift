// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// Files that came as base64 (RFC 4648).
public enum Base64Text {
    /// The bytes; nil when the text is no base64. Line ends between its characters do not count.
    public static func bytes(_ text: String) -> [UInt8]? {
        let packed = text.filter { !$0.isNewline }
        return Data(base64Encoded: packed).map { Array($0) }
    }

    /// The bytes as one line of base64.
    public static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
    }
}
