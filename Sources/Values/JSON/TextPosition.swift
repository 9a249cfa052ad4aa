// SPDX-License-Identifier: EUPL-1.2

/// A place in a text, for messages that point at it.
public struct TextPosition: Sendable, Hashable, Comparable {
    /// The line, from 1; lines end with a line feed.
    public let line: Int
    /// The column in characters (Unicode code points), from 1.
    public let column: Int
    /// The place in bytes, from 0.
    public let offset: Int

    /// A place known already.
    public init(line: Int, column: Int, offset: Int) {
        self.line = line
        self.column = column
        self.offset = offset
    }

    /// The place of a byte in UTF-8 text; an offset past the end is taken as the end.
    public init(offset: Int, in bytes: [UInt8]) {
        self = TextPosition.positions(of: [offset], in: bytes).first ?? TextPosition(line: 1, column: 1, offset: 0)
    }

    /// Earlier in the text comes first.
    public static func < (left: TextPosition, right: TextPosition) -> Bool {
        left.offset < right.offset
    }

    /// The places of several bytes, found in one pass; the offsets must ascend.
    static func positions(of offsets: [Int], in bytes: [UInt8]) -> [TextPosition] {
        var result: [TextPosition] = []
        var line = 1
        var column = 1
        var at = 0
        for offset in offsets {
            while at < min(offset, bytes.count) {
                if bytes[at] == UInt8(ascii: "\n") {
                    line += 1
                    column = 1
                } else if !UTF8Scalar.isContinuation(bytes[at]) {
                    column += 1
                }
                at += 1
            }
            result.append(TextPosition(line: line, column: column, offset: at))
        }
        return result
    }
}
