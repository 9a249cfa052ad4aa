// SPDX-License-Identifier: EUPL-1.2
import Foundation
import GRDB
import Synchronization

/// Takes the files of a store as a power cut would leave them, right before one of its commits. What runs on after that runs in a
/// world that is thrown away.
final class CrashTrap: Sendable {
    private struct State {
        var commits = 0
        var springsAt: Int?
        var hasSprung = false
    }

    private let state = Mutex(State())
    private let isTaken = Mutex(false)
    private let store: String
    private let image: String
    private let post: String

    /// - Parameters:
    ///   - store: The folder of the store.
    ///   - image: The folder, not there yet, into which its files go.
    ///   - post: What the counterparts get under this name counts no longer once the power is lost.
    init(store: String, image: String, post: String) {
        self.store = store
        self.image = image
        self.post = post
    }

    var hasSprung: Bool { state.withLock { $0.hasSprung } }

    /// Springs before this commit from now on, the first being 1.
    func arm(at commit: Int) { state.withLock { $0.springsAt = $0.commits + commit } }

    func disarm() { state.withLock { $0.springsAt = nil } }

    /// A commit is about to be made.
    func tick() {
        let springs = state.withLock { state in
            state.commits += 1
            guard state.commits == state.springsAt, !state.hasSprung else { return false }
            state.hasSprung = true
            return true
        }
        // What goes wrong here goes wrong once more for who comes back on these files.
        if springs { try? take() }
    }

    /// Takes the files, unless they were taken already; returns when they are there.
    func take() throws {
        try isTaken.withLock { isTaken in
            guard !isTaken else { return }
            try copy()
            isTaken = true
        }
    }

    /// Under the lock of writers, so that both files are of one moment: a checkpoint that runs meanwhile leaves the log as it is.
    private func copy() throws {
        var configuration = GRDB.Configuration()
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: "\(store)/meldpoort.db", configuration: configuration)
        defer { try? queue.close() }
        try queue.inDatabase { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            defer { try? db.execute(sql: "ROLLBACK") }
            // Nothing can be sent any more that this image knows to be on its way, and nothing else counts.
            LadderPost.close(post, true)
            let files = FileManager.default
            try files.createDirectory(
                atPath: image, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            for name in ["meldpoort.db", "meldpoort.db-wal"] where files.fileExists(atPath: "\(store)/\(name)") {
                try files.copyItem(atPath: "\(store)/\(name)", toPath: "\(image)/\(name)")
            }
        }
    }
}
