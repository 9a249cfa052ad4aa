// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import Sandbox
import Synchronization
import Transport

/// A real folder. It knows no refusals: a folder takes a file, or cannot for now.
final class FolderStage: Stage {
    let refusals = 0
    let delays = 1
    let tellsDelay = false
    private let path: String
    private let porch: Porch

    init(isMessageFile: @escaping @Sendable (String) -> Bool) throws {
        path = FileManager.default.temporaryDirectory.path + "/meldpoort-map-\(UUID().uuidString)"
        porch = Porch(folder: FolderTransport(path: path), isMessageFile: isMessageFile)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    func transport(total: Duration) -> any OutboundTransport { porch }
    func set(_ mood: Mood) { porch.mood.withLock { $0 = mood } }
    var arrivals: [Arrival] { porch.arrivals.withLock { $0 } }
    var conversation: [String] { [] }
    var connections: Int { porch.visits.withLock { $0 } }

    /// The names of all that lies there, hidden ones too.
    var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }

    /// What is written arrives before the call returns: there is nothing to wait for.
    func wait(for count: Int) async throws {}

    func goDown() async { rename(path, path + ".weg") }
    func comeBack() async throws { rename(path + ".weg", path) }

    func finish() async {
        for folder in [path, path + ".weg"] { try? FileManager.default.removeItem(atPath: folder) }
    }
}

/// The way into the folder: notes what comes, and fails when it is told to.
private final class Porch: OutboundTransport {
    let mood = Mutex(Mood.accepts)
    let arrivals = Mutex<[Arrival]>([])
    let visits = Mutex(0)
    private let folder: FolderTransport
    private let isMessageFile: @Sendable (String) -> Bool

    init(folder: FolderTransport, isMessageFile: @escaping @Sendable (String) -> Bool) {
        self.folder = folder
        self.isMessageFile = isMessageFile
    }

    func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> { await folder.send(request) }
    func send(_ mail: MailMessage) async -> Exchange<MailReceipt> { await folder.send(mail) }

    func probe() async -> ProbeResult {
        visits.withLock { $0 += 1 }
        return await folder.probe()
    }

    func write(_ file: DroppedFile) async -> Exchange<FileReceipt> {
        note(file.name, file.bytes)
        return await exchange(for: file.name) { await self.folder.write(file) }
    }

    func remove(fileNamed name: String) async -> Exchange<FileReceipt> {
        note(name, [])
        return await exchange(for: name) { await self.folder.remove(fileNamed: name) }
    }

    private func exchange(for name: String, _ work: () async -> Exchange<FileReceipt>) async -> Exchange<FileReceipt> {
        guard isMessageFile(name) else { return await work() }
        switch mood.withLock({ $0 }) {
        case .accepts: return await work()
        case .refuses, .isBusy: return .notSent(OutcomeReason(.notSent))
        case .hangsUp, .staysSilent, .staysSilentOnce: return .uncertain(OutcomeReason(.interrupted))
        }
    }

    private func note(_ name: String, _ bytes: [UInt8]) {
        let all = Array(name.utf8) + [10] + bytes
        let arrival = Arrival(
            openPlaces: [("file name", name)], content: bytes, raw: all, identity: all, isMessage: isMessageFile(name))
        visits.withLock { $0 += 1 }
        arrivals.withLock { $0.append(arrival) }
    }
}
