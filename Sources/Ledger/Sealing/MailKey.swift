// SPDX-License-Identifier: EUPL-1.2
import Crypto
import Foundation

/// The key under which one received mail is sealed. It lies in the store wrapped by the key of the case with which the mail is placed, or
/// by the store's own: so destroying the key of a case destroys its mail, and placing a mail moves a key and not its content.
struct MailKey: Sendable {
    /// The identity of the message, as a keyed digest: what is sealed opens nowhere else.
    let place: [UInt8]
    private let key: SymmetricKey

    /// A new random key.
    init(place: [UInt8]) {
        self.place = place
        key = SymmetricKey(size: .bits256)
    }

    /// Opens a wrapped key.
    /// - Parameter owner: The key of the case with which the mail is placed; nil for one that is not placed.
    /// - Throws: When the wrapped bytes were changed, or wrapped for another mail or by another key.
    init(place: [UInt8], wrapped: [UInt8], by owner: CaseKey?, _ ring: KeyRing) throws {
        self.place = place
        let bytes =
            try owner?.open(wrapped, for: .mailKey(place: place))
            ?? Seal.open(wrapped, ring.mailKey, authenticated: Self.authenticated("mail-key/1", place))
        key = SymmetricKey(data: bytes)
    }

    /// The key as it may lie in the store: 60 bytes.
    func wrapped(by owner: CaseKey?, _ ring: KeyRing) throws -> [UInt8] {
        let bytes = key.withUnsafeBytes { Array($0) }
        return try owner?.seal(bytes, for: .mailKey(place: place))
            ?? Seal.seal(bytes, ring.mailKey, authenticated: Self.authenticated("mail-key/1", place))
    }

    /// - Parameter attachment: Its number; nil for the words.
    func seal(_ bytes: [UInt8], attachment: Int?) throws -> [UInt8] {
        try Seal.seal(bytes, key, authenticated: content(attachment))
    }

    func open(_ sealed: [UInt8], attachment: Int?) throws -> [UInt8] {
        try Seal.open(sealed, key, authenticated: content(attachment))
    }

    private func content(_ attachment: Int?) -> [UInt8] {
        Self.authenticated("mail/1", place) + Int64(attachment ?? 0).bigEndianBytes
    }

    private static func authenticated(_ label: String, _ place: [UInt8]) -> [UInt8] { Array(label.utf8) + place }
}
