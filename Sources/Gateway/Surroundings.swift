// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Ledger
public import Values

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The time and the chance that the gateway runs by: injected, so that tests own them.
public struct Surroundings: Sendable {
    public let now: @Sendable () -> Timestamp
    /// Returns at the given time, or when the task is cancelled.
    public let sleepUntil: @Sendable (Timestamp) async -> Void
    /// From 0 to 1.
    public let jitter: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Timestamp, sleepUntil: @escaping @Sendable (Timestamp) async -> Void,
        jitter: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleepUntil = sleepUntil
        self.jitter = jitter
    }

    /// The machine's clock and random numbers.
    public static let system = Surroundings(
        now: { Timestamp(millisecondsSince1970: Int64((Date().timeIntervalSince1970 * 1_000).rounded(.down))) },
        sleepUntil: { time in
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
            try? await Task.sleep(for: .milliseconds(max(0, time.millisecondsSince1970 - now)))
        },
        jitter: { Double.random(in: 0...1) })
}

/// Fresh identifiers. None says anything about a person.
enum Fresh {
    /// A random UUID in lower case.
    static func uuid() -> String {
        let bytes = uuidBytes()
        return [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { KeyedPseudonyms.hexadecimal(Array(bytes[$0])) }
            .joined(separator: "-")
    }

    /// 32 hexadecimal digits, not all zero.
    static func traceID() -> String {
        KeyedPseudonyms.hexadecimal(uuidBytes())
    }

    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        // Eight at a time: every number costs a call to the system.
        var bytes: [UInt8] = []
        while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes += $0 } }
        return Array(bytes.prefix(count))
    }

    /// RFC 9562, version 4. Foundation's own opens a file for each.
    private static func uuidBytes() -> [UInt8] {
        var bytes = bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return bytes
    }
}

/// The key ring as the log's one-way functions.
struct KeyedPseudonyms: Pseudonyms {
    let keys: KeyRing

    func pseudonym(_ domain: String, _ parts: [String]) -> String {
        keys.pseudonym(domain, parts)
    }

    func contentMAC(salt: [UInt8], content: [UInt8]) -> String {
        Self.hexadecimal(keys.contentMAC(salt: salt, bytes: content))
    }

    /// The reference that goes to a counterpart: it can be quoted back and looked up, and says nothing.
    func reference(school: String, caseReference: String, recipient: String) -> String {
        let digits = pseudonym("kenmerk", [school, caseReference, recipient]).uppercased().prefix(12)
        let groups = stride(from: 0, to: 12, by: 4).map { digits.dropFirst($0).prefix(4) }
        return "MP-" + groups.joined(separator: "-")
    }
}
