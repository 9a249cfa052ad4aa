// SPDX-License-Identifier: EUPL-1.2
import Crypto

/// A name for a row that has none of its own: the same fields give the same name, and the name tells nothing of the fields.
public enum RowDigest {
    /// SHA-256 over the fields, each with its length before it; 64 hexadecimal digits.
    public static func hexadecimal(of fields: [String]) -> String {
        let bytes = fields.flatMap { field in
            withUnsafeBytes(of: UInt64(field.utf8.count).bigEndian, Array.init) + Array(field.utf8)
        }
        return SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
