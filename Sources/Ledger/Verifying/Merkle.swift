// SPDX-License-Identifier: EUPL-1.2
import Crypto

/// Hashes of RFC 9162, section 2.1.1.
enum Merkle {
    /// SHA-256(0x00 ‖ entry).
    static func leafHash(_ entry: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: [0x00])
        hash.update(data: entry)
        return Array(hash.finalize())
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: [0x01])
        hash.update(data: left)
        hash.update(data: right)
        return Array(hash.finalize())
    }
}

/// The Merkle tree hash over leaves that come one by one, with one hash per height in memory.
struct MerkleRoot {
    /// Roots of the complete subtrees so far, the largest first, each with its height.
    private var peaks: [(height: Int, hash: [UInt8])] = []

    mutating func append(leafHash: [UInt8]) {
        var peak = (height: 0, hash: leafHash)
        while let last = peaks.last, last.height == peak.height {
            peak = (height: last.height + 1, hash: Merkle.nodeHash(last.hash, peak.hash))
            peaks.removeLast()
        }
        peaks.append(peak)
    }

    /// MTH of all leaves so far; of none, the hash of nothing.
    var hash: [UInt8] {
        guard let last = peaks.last else { return Array(SHA256.hash(data: [UInt8]())) }
        return peaks.dropLast().reversed().reduce(last.hash) { Merkle.nodeHash($1.hash, $0) }
    }
}
