// SPDX-License-Identifier: EUPL-1.2
import Crypto
import Foundation
import Glibc

/// The one secret of a store: 32 random bytes from which every other key is derived.
///
/// It lives outside the store, in a file of 44 base64 characters that only its owner may read, or in an environment
/// variable with the same text. Without it the store cannot be opened; a copy in a safe place is part of every backup.
public struct MasterKey: Sendable {
    /// The length in bytes.
    public static let length = 32

    let key: SymmetricKey

    /// Reads the key from a file that belongs to this user and gives nothing to group and others.
    public init(file path: String) throws(MasterKeyError) {
        let status: PrivateFile.Status
        let bytes: [UInt8]
        do {
            (status, bytes) = try PrivateFile.read(path, limit: 256)
        } catch {
            throw error.number == ENOENT ? .missing(path: path) : .unreadable(path: path, reason: error.reason)
        }
        guard status.isRegularFile else { throw .notAFile(path: path) }
        guard status.owner == geteuid() else { throw .notOurs(path: path, owner: status.owner) }
        guard !status.isOpenToOthers else { throw .openToOthers(path: path, mode: status.mode) }
        try self.init(base64: String(decoding: bytes, as: UTF8.self), source: path)
    }

    /// Reads the key from an environment variable.
    /// - Parameter environment: Nil for that of this process.
    public init(variable name: String, in environment: [String: String]? = nil) throws(MasterKeyError) {
        guard let text = (environment ?? ProcessInfo.processInfo.environment)[name] else {
            throw .variableMissing(name: name)
        }
        try self.init(base64: text, source: name)
    }

    /// Makes a new key and writes it to a new file with mode 0600; file and folder are on disk when it returns.
    public static func create(at path: String) throws(MasterKeyError) {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        do {
            try PrivateFile.create(at: path, content: Array(bytes.base64EncodedString().utf8) + [0x0A])
        } catch {
            throw error.number == EEXIST ? .alreadyThere(path: path) : .unreadable(path: path, reason: error.reason)
        }
    }

    private init(base64 text: String, source: String) throws(MasterKeyError) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Data(base64Encoded: trimmed), bytes.count == Self.length else {
            throw .malformed(source: source)
        }
        key = SymmetricKey(data: bytes)
    }
}

/// Why there is no master key: what is wrong, where, and how to fix it. Never holds any part of the key.
public enum MasterKeyError: Error, Sendable, Hashable, CustomStringConvertible {
    case missing(path: String)
    /// A key that is in use is never written over.
    case alreadyThere(path: String)
    case notAFile(path: String)
    case notOurs(path: String, owner: UInt32)
    case openToOthers(path: String, mode: UInt32)
    case unreadable(path: String, reason: String)
    /// Not the base64 text of 32 bytes.
    case malformed(source: String)
    case variableMissing(name: String)

    public var description: String {
        switch self {
        case .missing(let path):
            "master key: no file at \(path). Restore it from your backup, or make one for a new store with `init`."
        case .alreadyThere(let path):
            "master key: \(path) exists and is not written over. Keep it: without it its store cannot be opened."
        case .notAFile(let path):
            "master key: \(path) is not a regular file. Point the setting at the key file itself."
        case .notOurs(let path, let owner):
            "master key: \(path) belongs to user \(owner), the gateway runs as user \(geteuid()). Use `chown`."
        case .openToOthers(let path, let mode):
            "master key: \(path) has mode \(String(mode, radix: 8)), so others may read it. Use `chmod 600 \(path)`."
        case .unreadable(let path, let reason):
            "master key: \(path) cannot be used: \(reason). Check the path and the rights of its folder."
        case .malformed(let source):
            "master key: \(source) does not hold the base64 text of \(MasterKey.length) bytes. Restore it from backup."
        case .variableMissing(let name):
            "master key: the environment variable \(name) is not set. Set it, or configure a key file."
        }
    }
}
