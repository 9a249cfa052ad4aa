// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import Ledger

/// A folder of its own for one test, gone when the test lets go of it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "ledger-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    /// A key ring of a new master key in this folder.
    func newRing(_ name: String = "master.key") throws -> KeyRing {
        try MasterKey.create(at: file(name))
        return KeyRing(try MasterKey(file: file(name)))
    }
}

/// A store on a real file, with its folder and its key.
struct TemporaryStore {
    let folder: TemporaryFolder
    let ring: KeyRing
    let store: SQLiteStore

    var path: String { folder.file("store.db") }

    init() throws {
        folder = try TemporaryFolder()
        ring = try folder.newRing()
        store = try SQLiteStore.open(folder.file("store.db"), ring: ring, clock: { Sample.now })
    }

    /// Runs the test and closes the store after it, also when it fails.
    static func with<T>(_ body: (TemporaryStore) async throws -> T) async throws -> T {
        let temporary = try TemporaryStore()
        do {
            let value = try await body(temporary)
            await temporary.store.close()
            return value
        } catch {
            await temporary.store.close()
            throw error
        }
    }
}
