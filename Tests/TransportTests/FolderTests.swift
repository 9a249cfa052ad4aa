// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import Testing
import Transport

/// Files in real folders.
@Suite(.timeLimit(.minutes(5)))
final class FolderTests: Sendable {
    private let root: String
    private let folder: String
    private let transport: FolderTransport
    private let failed = Exchange<FileReceipt>.notSent(OutcomeReason(.notSent))

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("folder-\(UUID().uuidString)").path
        folder = "\(root)/uit"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        transport = FolderTransport(path: folder)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    private func file(_ name: String = "melding-1.csv", _ text: String = "inhoud") -> DroppedFile {
        DroppedFile(name: name, bytes: Array(text.utf8))
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func `A file appears whole, is replaced, and is taken out`() async throws {
        #expect(await transport.probe() == .reachable)
        #expect(await transport.write(file()) == .answered(FileReceipt()))
        let large = String(repeating: "0123456789", count: 500_000)
        #expect(await transport.write(file("melding-1.csv", large)) == .answered(FileReceipt()))
        #expect(try names() == ["melding-1.csv"])
        #expect(try text("\(folder)/melding-1.csv") == large)
        let mode =
            try FileManager.default.attributesOfItem(atPath: "\(folder)/melding-1.csv")[.posixPermissions] as? Int
        #expect((mode ?? 0o777) & 0o007 == 0, "nobody else may read it")
        for _ in 0..<2 { #expect(await transport.remove(fileNamed: "melding-1.csv") == .answered(FileReceipt())) }
        #expect(try names().isEmpty)
    }

    @Test(arguments: [
        "", ".", "..", "../weg.csv", "/etc/weg", "a/b", ".verborgen", "a b", "a\0b", "é.csv", "a\n",
        String(repeating: "a", count: 121),
    ])
    func `A name that could leave the folder or hide in it is refused`(name: String) async throws {
        let refused = Exchange<FileReceipt>.notSent(OutcomeReason(.contentNotRepresentable))
        #expect(await transport.write(file(name)) == refused)
        #expect(await transport.remove(fileNamed: name) == refused)
        #expect(try names().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["uit"])
    }

    /// What stands beside the file while it is written has a name that others could have taken.
    @Test func `Links are replaced and never followed`() async throws {
        try Data("oud".utf8).write(to: URL(fileURLWithPath: "\(root)/doel"))
        for link in ["melding-1.csv", ".melding-1.csv.deel"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/\(link)", withDestinationPath: "\(root)/doel")
        }
        #expect(await transport.write(file()) == .answered(FileReceipt()))
        #expect(try text("\(root)/doel") == "oud")
        #expect(try text("\(folder)/melding-1.csv") == "inhoud")
        let kind = try FileManager.default.attributesOfItem(atPath: "\(folder)/melding-1.csv")[.type]
        #expect(kind as? FileAttributeType == .typeRegular)
        #expect(try names() == ["melding-1.csv"])
    }

    @Test func `A pipe or a folder in the way stops neither us nor others`() async throws {
        mkfifo("\(folder)/.melding-1.csv.deel", 0o600)
        #expect(await transport.write(file()) == .answered(FileReceipt()))
        try FileManager.default.createDirectory(atPath: "\(folder)/map", withIntermediateDirectories: true)
        #expect(await transport.write(file("map")) == failed)
        #expect(await transport.remove(fileNamed: "map") == failed)
        #expect(try names() == ["map", "melding-1.csv"])
    }

    @Test func `Without the folder nothing is written and nothing is said to be gone`() async throws {
        let absent = FolderTransport(path: "\(root)/bestaat-niet")
        #expect(await absent.probe() == .failed(OutcomeReason(.notSent)))
        #expect(await absent.write(file()) == failed)
        #expect(await absent.remove(fileNamed: "melding-1.csv") == failed)
        #expect(!FileManager.default.fileExists(atPath: "\(root)/bestaat-niet"))
    }

    /// Every write to this device fails as on a full disk. (A full file system of its own would need rights to mount one.)
    @Test func `On a full disk the file that was there stays, and nothing half does`() async throws {
        #expect(await transport.write(file("melding-1.csv", "eerste")) == .answered(FileReceipt()))
        let fileSize = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
        var limit = rlimit()
        getrlimit(fileSize, &limit)
        let before = limit
        // Beyond this size a write fails with an error, as it would with no room left.
        limit.rlim_cur = 4_096
        signal(SIGXFSZ, SIG_IGN)
        setrlimit(fileSize, &limit)
        let outcome = await transport.write(file("melding-1.csv", String(repeating: "x", count: 100_000)))
        var restored = before
        setrlimit(fileSize, &restored)
        #expect(outcome == failed)
        #expect(try names() == ["melding-1.csv"])
        #expect(try text("\(folder)/melding-1.csv") == "eerste")
        #expect(await transport.remove(fileNamed: "melding-1.csv") == .answered(FileReceipt()))
    }

    @Test func `Many writers of one name leave one whole file`() async throws {
        let texts = (0..<20).map { String(repeating: "\($0)", count: 50_000) }
        await withTaskGroup(of: Void.self) { group in
            for text in texts {
                group.addTask { [transport] in
                    let file = DroppedFile(name: "een.csv", bytes: Array(text.utf8))
                    #expect(await transport.write(file) == .answered(FileReceipt()))
                }
            }
        }
        #expect(try names() == ["een.csv"])
        #expect(texts.contains(try text("\(folder)/een.csv")))
    }
}
