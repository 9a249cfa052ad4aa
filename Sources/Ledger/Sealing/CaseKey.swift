// SPDX-License-Identifier: EUPL-1.2
import Crypto
import Foundation

/// The key under which everything of one case is sealed. Destroying it destroys the content of the case.
struct CaseKey: Sendable {
    /// 16 bytes, the keyed pseudonym of the case.
    let pseudonym: [UInt8]
    private let key: SymmetricKey

    /// What a sealed text belongs to: it opens nowhere else.
    enum Place {
        /// The body of the event with this dedupe hash.
        case body(dedupe: [UInt8])
        case receipt(delivery: Int64)
        /// The key of the received mail of this identity.
        case mailKey(place: [UInt8])

        fileprivate var authenticated: [UInt8] {
            switch self {
            case .body(let dedupe): Array("body/1".utf8) + dedupe
            case .receipt(let delivery): Array("receipt/1".utf8) + delivery.bigEndianBytes
            case .mailKey(let place): Array("mail-key/1".utf8) + place
            }
        }
    }

    /// A new random key.
    init(pseudonym: [UInt8]) {
        self.pseudonym = pseudonym
        key = SymmetricKey(size: .bits256)
    }

    /// Opens a wrapped key.
    /// - Throws: When the wrapped bytes were changed, or wrapped for another case or by another master key.
    init(pseudonym: [UInt8], wrapped: [UInt8], by ring: KeyRing) throws {
        self.pseudonym = pseudonym
        key = SymmetricKey(data: try Seal.open(wrapped, ring.wrapKey, authenticated: pseudonym))
    }

    /// The key as it may lie in the store: 60 bytes, bound to the pseudonym of the case.
    func wrapped(by ring: KeyRing) throws -> [UInt8] {
        try Seal.seal(key.withUnsafeBytes { Array($0) }, ring.wrapKey, authenticated: pseudonym)
    }

    func seal(_ bytes: [UInt8], for place: Place) throws -> [UInt8] {
        try Seal.seal(bytes, key, authenticated: place.authenticated)
    }

    func open(_ sealed: [UInt8], for place: Place) throws -> [UInt8] {
        try Seal.open(sealed, key, authenticated: place.authenticated)
    }
}

/// AES-256-GCM with a random nonce: nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes).
enum Seal {
    static func seal(_ bytes: [UInt8], _ key: SymmetricKey, authenticated: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, authenticating: authenticated)
        // There is no combined form only for nonces of another length, which are not made here.
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Array(combined)
    }

    static func open(_ sealed: [UInt8], _ key: SymmetricKey, authenticated: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.SealedBox(combined: sealed)
        return Array(try AES.GCM.open(box, using: key, authenticating: authenticated))
    }
}
