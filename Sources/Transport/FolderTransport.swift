// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Foundation

/// Files in the one folder of a configuration: written beside, synced and then renamed, so that who reads there never sees half a file.
public struct FolderTransport: OutboundTransport {
    private let path: String
    /// One file at a time: two writers of the same name would share what is written beside it.
    private let gate = Gate(limit: 1)

    /// - Parameter path: The folder; it must exist.
    public init(path: String) {
        self.path = path
    }

    /// This counterpart takes no HTTPS requests.
    public func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> { .notSent(OutcomeReason(.notSent)) }

    /// This counterpart takes no mail.
    public func send(_ mail: MailMessage) async -> Exchange<MailReceipt> { .notSent(OutcomeReason(.notSent)) }

    /// Whether files can be written there.
    public func probe() async -> ProbeResult {
        let failed = ProbeResult.failed(OutcomeReason(.notSent))
        return await onOwnThread(orElse: failed) { [path] in
            access(path, W_OK | X_OK) == 0 ? .reachable : failed
        }
    }

    public func write(_ file: DroppedFile) async -> Exchange<FileReceipt> {
        guard Self.isPlain(file.name) else { return .notSent(OutcomeReason(.contentNotRepresentable)) }
        return await inFolder { folder in
            let beside = ".\(file.name).deel"
            // What was left there, whatever it is, must not be written into.
            unlinkat(folder, beside, 0)
            guard Self.store(file.bytes, as: beside, in: folder), renameat(folder, beside, folder, file.name) == 0
            else {
                unlinkat(folder, beside, 0)
                return .notSent(OutcomeReason(.notSent))
            }
            return fsync(folder) == 0 ? .answered(FileReceipt()) : .uncertain(OutcomeReason(.interrupted))
        }
    }

    public func remove(fileNamed name: String) async -> Exchange<FileReceipt> {
        guard Self.isPlain(name) else { return .notSent(OutcomeReason(.contentNotRepresentable)) }
        return await inFolder { folder in
            guard unlinkat(folder, name, 0) == 0 || errno == ENOENT else { return .notSent(OutcomeReason(.notSent)) }
            return fsync(folder) == 0 ? .answered(FileReceipt()) : .uncertain(OutcomeReason(.interrupted))
        }
    }

    /// A name that cannot leave the folder or hide in it.
    private static func isPlain(_ name: String) -> Bool {
        (1...120).contains(name.utf8.count) && !name.hasPrefix(".")
            && name.utf8.allSatisfy { RequestRules.isAlphanumeric($0) || "._-".utf8.contains($0) }
    }

    private static func store(_ bytes: [UInt8], as name: String, in folder: Int32) -> Bool {
        let descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0
    }

    /// Opens the folder for one piece of work. Without a folder nothing was done: that a file is not there says nothing then.
    private func inFolder(_ work: @escaping @Sendable (Int32) -> Exchange<FileReceipt>) async -> Exchange<FileReceipt> {
        let notSent = Exchange<FileReceipt>.notSent(OutcomeReason(.notSent))
        guard await gate.enter() else { return .notSent(OutcomeReason(.cancelled)) }
        defer { gate.leave() }
        return await onOwnThread(orElse: notSent) { [path] in
            let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { return notSent }
            defer { close(folder) }
            return work(folder)
        }
    }

    /// A folder can be a share of another machine: when that hangs, only this recipient waits.
    private func onOwnThread<Result: Sendable>(
        orElse failure: Result, _ work: @escaping @Sendable () -> Result
    ) async -> Result {
        await withCheckedContinuation { continuation in
            let started = OwnThread.start { continuation.resume(returning: work()) }
            if !started { continuation.resume(returning: failure) }
        }
    }
}
