// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Foundation

/// Files in the one folder of a configuration: written beside, synced and then renamed, so that who reads there never sees half a file.
public struct FolderTransport: OutboundTransport {
    private let path: String

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
        access(path, W_OK | X_OK) == 0 ? .reachable : .failed(OutcomeReason(.notSent))
    }

    public func write(_ file: DroppedFile) async -> Exchange<FileReceipt> {
        guard Self.isPlain(file.name) else { return .notSent(OutcomeReason(.contentNotRepresentable)) }
        let temporary = "\(path)/.\(file.name).deel"
        guard Self.store(file.bytes, at: temporary) else {
            unlink(temporary)
            return .notSent(OutcomeReason(.notSent))
        }
        guard rename(temporary, "\(path)/\(file.name)") == 0 else {
            unlink(temporary)
            return .notSent(OutcomeReason(.notSent))
        }
        return syncFolder() ? .answered(FileReceipt()) : .uncertain(OutcomeReason(.interrupted))
    }

    public func remove(fileNamed name: String) async -> Exchange<FileReceipt> {
        guard Self.isPlain(name) else { return .notSent(OutcomeReason(.contentNotRepresentable)) }
        guard unlink("\(path)/\(name)") == 0 || errno == ENOENT else { return .notSent(OutcomeReason(.notSent)) }
        return syncFolder() ? .answered(FileReceipt()) : .uncertain(OutcomeReason(.interrupted))
    }

    /// A name that cannot leave the folder or hide in it.
    private static func isPlain(_ name: String) -> Bool {
        (1...120).contains(name.utf8.count) && !name.hasPrefix(".")
            && name.utf8.allSatisfy { RequestRules.isAlphanumeric($0) || "._-".utf8.contains($0) }
    }

    private static func store(_ bytes: [UInt8], at file: String) -> Bool {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o640)
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

    private func syncFolder() -> Bool {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }
}
