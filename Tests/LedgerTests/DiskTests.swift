// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import Glibc
import Ledger
import Testing

/// A disk of its own that really is full. Needs the right to mount one.
@Suite(.enabled(if: SmallDisk.isPossible)) struct DiskTests {
    @Test func aFullDiskRefusesEverythingAndRecoversByItself() async throws {
        let disk = try SmallDisk(megabytes: 3)
        let ring = try TemporaryFolder().newRing()
        let store = try SQLiteStore.open(disk.path + "/store.db", ring: ring)
        let ballast = disk.path + "/ballast"
        let body = [UInt8](repeating: 0x61, count: 20_000)
        _ = try await store.commit(Sample.change(Sample.event("before", body: body)))
        try disk.fill(ballast)
        let failures = await withTaskGroup(of: StoreError?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    do {
                        _ = try await store.commit(
                            Sample.change(Sample.event("full-\(number)", body: body), [Sample.delivery()]))
                        return nil
                    } catch let error as StoreError {
                        return error
                    } catch {
                        return .corrupt("not an error of the store")
                    }
                }
            }
            return await group.reduce(into: [StoreError?]()) { $0.append($1) }
        }
        let stored = failures.count { $0 == nil }
        #expect(stored < 40)
        for case .some(let failure) in failures {
            guard case .unavailable = failure else {
                Issue.record("\(failure)")
                continue
            }
        }
        // Reading goes on, and nothing is there by half.
        #expect(try await store.body(of: 1) == body)
        #expect(try await store.deliveries(DeliveryFilter()).count == stored)
        try FileManager.default.removeItem(atPath: ballast)
        let later = try await store.stored(Sample.change(Sample.event("after", body: body)))
        #expect(try await store.body(of: later.event) == body)
        let report = try await store.verify(deep: true)
        #expect(report.problems == [])
        #expect(report.bodies == Int64(stored + 2))
        await store.close()
        await (try SQLiteStore.open(disk.path + "/store.db", ring: ring)).close()
    }

    @Test func aReadOnlyDiskIsNamedAtOpening() async throws {
        let disk = try SmallDisk(megabytes: 3)
        let ring = try TemporaryFolder().newRing()
        let path = disk.path + "/store.db"
        await (try SQLiteStore.open(path, ring: ring)).close()
        try disk.remount(readOnly: true)
        #expect(throws: LedgerError.self) { try SQLiteStore.open(path, ring: ring) }
        try disk.remount(readOnly: false)
        let store = try SQLiteStore.open(path, ring: ring)
        _ = try await store.commit(Sample.change())
        await store.close()
    }
}

/// A file system of a few megabytes in memory, for one test.
final class SmallDisk: Sendable {
    let path: String
    private let folder: TemporaryFolder
    private let size: String

    static let isPossible = (try? SmallDisk(megabytes: 1)) != nil

    struct NotAllowed: Error {}

    init(megabytes: Int) throws {
        folder = try TemporaryFolder()
        path = folder.file("disk")
        size = "size=\(megabytes)m,mode=0700"
        guard mkdir(path, 0o700) == 0, mount("tmpfs", path, "tmpfs", 0, size) == 0 else { throw NotAllowed() }
    }

    deinit { _ = umount2(path, Int32(MNT_DETACH)) }

    func remount(readOnly: Bool) throws {
        let flags = MS_REMOUNT | (readOnly ? MS_RDONLY : 0)
        guard mount("tmpfs", path, "tmpfs", UInt(flags), size) == 0 else { throw NotAllowed() }
    }

    /// Writes zeroes until nothing fits any more.
    func fill(_ file: String) throws {
        let descriptor = open(file, O_CREAT | O_WRONLY, 0o600)
        guard descriptor >= 0 else { throw NotAllowed() }
        defer { close(descriptor) }
        let zeroes = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, zeroes, zeroes.count) > 0 {}
    }
}
