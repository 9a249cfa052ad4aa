// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Synchronization

/// An exclusive lock on a store, held by the one gateway that runs on it. The system lets go of it when the process ends,
/// however it ends.
final class StoreLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock of the store at `path`, in a file of its own beside it.
    /// - Throws: `LedgerError.inUse`, `.unusable`.
    init(storeAt path: String) throws(LedgerError) {
        let lockPath = path + ".lock"
        let opened = open(lockPath, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw .unusable(path: lockPath, reason: SystemFailure("open", lockPath).reason) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let failure = SystemFailure("flock", lockPath)
            close(opened)
            throw failure.number == EWOULDBLOCK ? .inUse(path: path) : .unusable(path: path, reason: failure.reason)
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    /// Lets go; again is nothing.
    func release() {
        descriptor.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }
}
