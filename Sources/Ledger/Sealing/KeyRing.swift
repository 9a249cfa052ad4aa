// SPDX-License-Identifier: EUPL-1.2
import Crypto
import Delivery
import Foundation

/// The keys of a store, each derived from the master key with a label of its own (HKDF-SHA256), so that what one of them
/// reveals says nothing about another.
public struct KeyRing: Sendable {
    // Each primed with its key, so that no use has to begin with that.
    private let pseudonymPrimed: HMAC<SHA256>
    private let contentPrimed: HMAC<SHA256>
    private let dedupePrimed: HMAC<SHA256>
    private let checkPrimed: HMAC<SHA256>
    let wrapKey: SymmetricKey
    /// For received mail that is not placed with a case yet.
    let mailKey: SymmetricKey

    public init(_ master: MasterKey) {
        func derived(_ label: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: master.key, info: Data("meldpoort/1/\(label)".utf8), outputByteCount: 32)
        }
        pseudonymPrimed = HMAC(key: derived("pseudonym"))
        contentPrimed = HMAC(key: derived("content-mac"))
        dedupePrimed = HMAC(key: derived("dedupe"))
        checkPrimed = HMAC(key: derived("key-check"))
        wrapKey = derived("wrap")
        mailKey = derived("mail")
    }

    /// A stable stand-in for what must be looked up or counted but never shown: 32 lower-case hexadecimal digits.
    /// - Parameters:
    ///   - domain: What kind of thing it stands for; the same parts in another domain give another pseudonym.
    ///   - parts: Taken apart by length, so that `["a", "bc"]` and `["ab", "c"]` differ.
    public func pseudonym(_ domain: String, _ parts: [String]) -> String {
        Hexadecimal.text(pseudonymBytes(domain, parts))
    }

    /// The pseudonym of a case: of the school and the school's own reference of it.
    public func casePseudonym(school: String, reference: String) -> String {
        Hexadecimal.text(casePseudonymBytes(school: school, reference: reference))
    }

    /// HMAC-SHA256 (32 bytes) over the salt and the bytes, to prove later what was sent without keeping it.
    public func contentMAC(salt: [UInt8], bytes: [UInt8]) -> [UInt8] {
        Self.mac(contentPrimed, [salt, bytes])
    }

    func casePseudonymBytes(school: String, reference: String) -> [UInt8] {
        pseudonymBytes("zaak", [school, reference])
    }

    /// 16 bytes that are the same for, and only for, the same CloudEvents source and id.
    func dedupeHash(source: String, id: String) -> [UInt8] {
        Array(Self.mac(dedupePrimed, [[0x01], Array(source.utf8), Array(id.utf8)]).prefix(16))
    }

    /// 16 bytes that tell whether an event with a known source and id has the same body.
    func bodyMAC(_ body: [UInt8]) -> [UInt8] {
        Array(Self.mac(dedupePrimed, [[0x02], body]).prefix(16))
    }

    /// 32 bytes that stand in the store and say whether this is its key, without revealing anything of it.
    var checkValue: [UInt8] { Self.mac(checkPrimed, [Array("key-check".utf8)]) }

    /// For a name by which an event can mean an owed item of its case.
    func owedName(school: String, caseReference: String, _ name: String) -> [UInt8] {
        pseudonymBytes("verplichting", [school, caseReference, name])
    }

    /// For a reference, or the identifier of a message, that may come back with an answer.
    func mailReference(_ text: String) -> [UInt8] { pseudonymBytes("postkenmerk", [text]) }

    /// 16 bytes that are the same for, and only for, the same message.
    func mailIdentity(_ bytes: [UInt8]) -> [UInt8] {
        Array(Self.mac(dedupePrimed, [[0x03], bytes]).prefix(16))
    }

    /// The same for a message of which only the place is known.
    func mailPlace(_ position: MailPosition) -> [UInt8] {
        let numbers = Int64(position.uidValidity).bigEndianBytes + Int64(position.uid).bigEndianBytes
        return Array(Self.mac(dedupePrimed, [[0x04], Array(position.mailbox.utf8), numbers]).prefix(16))
    }

    private func pseudonymBytes(_ domain: String, _ parts: [String]) -> [UInt8] {
        Array(Self.mac(pseudonymPrimed, [Array(domain.utf8)] + parts.map { Array($0.utf8) }).prefix(16))
    }

    /// Every part goes in behind its length (8 bytes, big-endian), so that no two lists of parts read the same.
    private static func mac(_ primed: HMAC<SHA256>, _ parts: [[UInt8]]) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(parts.reduce(0) { $0 + $1.count + 8 })
        for part in parts {
            withUnsafeBytes(of: UInt64(part.count).bigEndian) { message.append(contentsOf: $0) }
            message.append(contentsOf: part)
        }
        var mac = primed
        mac.update(data: message)
        return mac.finalize().withUnsafeBytes { Array($0) }
    }
}

extension FixedWidthInteger {
    /// The bytes of the number, most significant first.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

/// Lower-case hexadecimal text.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }, as: UTF8.self)
    }
}
