// SPDX-License-Identifier: EUPL-1.2

/// How large and how deep a document may be.
public struct JSONLimits: Sendable, Hashable {
    /// The most bytes that are read.
    public let maximumBytes: Int
    /// The most lists and objects inside one another: `[[1]]` is two deep. At most `deepest`, so that no input can exhaust
    /// the stack.
    public let maximumDepth: Int

    /// The depth that no limit goes beyond.
    public static let deepest = 256
    /// 1 MiB and 32 deep.
    public static let standard = JSONLimits()

    /// Limits of one's own; `maximumDepth` is brought within 0 and `deepest`.
    public init(maximumBytes: Int = 1 << 20, maximumDepth: Int = 32) {
        self.maximumBytes = maximumBytes
        self.maximumDepth = min(max(maximumDepth, 0), JSONLimits.deepest)
    }
}

/// Reads JSON as strictly as it can be: RFC 8259 within I-JSON (RFC 7493).
///
/// Only UTF-8 without a byte order mark; every key once in its object (two spellings of one accented letter count as the
/// same key); no number that a double cannot hold; no U+0000, no half characters, nothing after the value. What it accepts,
/// every other reader understands the same way, so no one can be shown something else than was judged.
public enum StrictJSON {
    /// Reads one document, or tells everything that is wrong with it as far as the reader can go on.
    public static func read(_ bytes: [UInt8], limits: JSONLimits = .standard) -> Result<JSONValue, JSONProblems> {
        var reader = JSONReader(bytes, limits: limits)
        guard let value = reader.readDocument(), reader.faults.isEmpty else { return .failure(reader.problems) }
        return .success(value)
    }

    /// Reads one document from part of an array.
    public static func read(_ bytes: ArraySlice<UInt8>, limits: JSONLimits = .standard) -> Result<
        JSONValue, JSONProblems
    > {
        read(Array(bytes), limits: limits)
    }

    /// Reads one document from memory that is only lent; it is copied first.
    public static func read(
        _ bytes: UnsafeRawBufferPointer, limits: JSONLimits = .standard
    ) -> Result<JSONValue, JSONProblems> {
        return read(Array(bytes), limits: limits)
    }

    /// Reads one document from a text.
    public static func read(_ text: String, limits: JSONLimits = .standard) -> Result<JSONValue, JSONProblems> {
        read(Array(text.utf8), limits: limits)
    }

    /// Where a value starts, for a message about it; nil if the document holds none there or cannot be read that far.
    ///
    /// Reads the text again, so it is for messages only.
    public static func position(of pointer: JSONPointer, in bytes: [UInt8]) -> TextPosition? {
        var reader = JSONReader(bytes, limits: JSONLimits(maximumBytes: .max, maximumDepth: JSONLimits.deepest))
        reader.sought = pointer
        _ = reader.readDocument()
        return reader.foundAt.map { TextPosition(offset: $0, in: bytes) }
    }
}
