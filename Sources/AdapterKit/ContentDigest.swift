// SPDX-License-Identifier: EUPL-1.2
import Crypto

/// A short name for content: the same for the same bytes, another for others.
public enum ContentDigest {
    /// The first 64 bits of SHA-256, in 16 hexadecimal digits: enough to tell versions apart, not to prove anything.
    public static func short(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: bytes).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
