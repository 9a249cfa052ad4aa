// SPDX-License-Identifier: EUPL-1.2
#if canImport(Glibc)
    import Glibc
#else
    import Foundation
#endif

/// The room on the disk that holds the store.
public struct DiskRoom: Sendable {
    /// What must be free, in bytes.
    public let needed: Int64
    private let free: @Sendable () -> Int64?

    /// The largest body goes into SQLite's log and from there into the file; as much again is for what its deliveries write.
    private static let bodies: Int64 = 4

    /// - Parameters:
    ///   - path: The store, or anything else on its disk.
    ///   - maximumBodyBytes: The largest body that the door takes in.
    public init(of path: String, maximumBodyBytes: Int) {
        self.init(maximumBodyBytes: maximumBodyBytes) { Self.free(at: path) }
    }

    /// - Parameter free: The bytes that this program may still use; nil when that cannot be found out.
    public init(maximumBodyBytes: Int, free: @escaping @Sendable () -> Int64?) {
        needed = Int64(maximumBodyBytes) * Self.bodies
        self.free = free
    }

    /// What is short, in Dutch; nil when there is room enough.
    var shortage: String? {
        guard let free = free() else { return "Hoeveel ruimte de schijf van de opslag nog heeft is niet te bepalen." }
        guard free < needed else { return nil }
        return "De schijf van de opslag is bijna vol: nog \(free / 1_024) KiB vrij, nodig is \(needed / 1_024) KiB."
    }

    private static func free(at path: String) -> Int64? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, isHuge) = Int64(clamping: status.f_bavail).multipliedReportingOverflow(
            by: Int64(clamping: status.f_frsize))
        return isHuge ? .max : bytes
    }
}
