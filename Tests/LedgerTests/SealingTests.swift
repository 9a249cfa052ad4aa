// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Foundation
import GRDB
import Glibc
import Ledger
import Testing

@Suite struct MasterKeyTests {
    @Test func isMadePrivateAndReadAgain() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("master.key")
        try MasterKey.create(at: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(Data(base64Encoded: text.trimmingCharacters(in: .newlines))?.count == 32)
        let fromFile = KeyRing(try MasterKey(file: path))
        let fromVariable = KeyRing(try MasterKey(variable: "KEY", in: ["KEY": text]))
        #expect(fromFile.pseudonym("proef", ["a"]) == fromVariable.pseudonym("proef", ["a"]))
    }

    @Test func isNeverWrittenOver() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("master.key")
        try MasterKey.create(at: path)
        #expect(throws: MasterKeyError.alreadyThere(path: path)) { try MasterKey.create(at: path) }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o644])
    func isRefusedWhenOthersMayReadIt(_ mode: Int) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("master.key")
        try MasterKey.create(at: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let error = #expect(throws: MasterKeyError.self) { try MasterKey(file: path) }
        #expect(error == .openToOthers(path: path, mode: UInt32(mode)))
        #expect(error?.description.contains("chmod 600") == true)
    }

    @Test(.enabled(if: geteuid() == 0)) func isRefusedWhenItIsSomebodyElses() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("master.key")
        try MasterKey.create(at: path)
        #expect(chown(path, 65534, 65534) == 0)
        #expect(throws: MasterKeyError.notOurs(path: path, owner: 65534)) { try MasterKey(file: path) }
    }

    @Test(arguments: [
        "", "AAAA", "niet base64 maar wel lang genoeg om het te lijken", String(repeating: "A", count: 88),
    ])
    func isRefusedWhenItIsNot32Bytes(_ text: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("master.key")
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
        #expect(throws: MasterKeyError.malformed(source: path)) { try MasterKey(file: path) }
        #expect(throws: MasterKeyError.malformed(source: "KEY")) { try MasterKey(variable: "KEY", in: ["KEY": text]) }
    }

    @Test func saysWhatIsMissing() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("none")
        #expect(throws: MasterKeyError.missing(path: path)) { try MasterKey(file: path) }
        #expect(throws: MasterKeyError.notAFile(path: folder.path)) { try MasterKey(file: folder.path) }
        #expect(throws: MasterKeyError.variableMissing(name: "KEY")) { try MasterKey(variable: "KEY", in: [:]) }
    }
}

@Suite struct KeyRingTests {
    @Test func pseudonymsTellPartsAndDomainsApart() throws {
        let ring = try TemporaryFolder().newRing()
        let pseudonyms = [
            ring.pseudonym("persoon", ["01AB", "12"]), ring.pseudonym("persoon", ["01A", "B12"]),
            ring.pseudonym("persoon", ["01AB12"]), ring.pseudonym("zaak", ["01AB", "12"]),
            ring.pseudonym("persoon", ["01AB", "12", ""]),
            try TemporaryFolder().newRing().pseudonym("persoon", ["01AB", "12"]),
        ]
        #expect(Set(pseudonyms).count == pseudonyms.count)
        #expect(pseudonyms.allSatisfy { $0.count == 32 && $0.allSatisfy { "0123456789abcdef".contains($0) } })
        #expect(ring.pseudonym("zaak", ["01AB", "12"]) == ring.casePseudonym(school: "01AB", reference: "12"))
    }

    @Test func contentMACsDependOnSaltAndContent() throws {
        let ring = try TemporaryFolder().newRing()
        let macs = [
            ring.contentMAC(salt: [1], bytes: [2, 3]), ring.contentMAC(salt: [1, 2], bytes: [3]),
            ring.contentMAC(salt: [2], bytes: [2, 3]), ring.contentMAC(salt: [1], bytes: [2, 4]),
        ]
        #expect(Set(macs).count == 4)
        #expect(macs.allSatisfy { $0.count == 32 })
        #expect(ring.contentMAC(salt: [1], bytes: [2, 3]) == macs[0])
    }
}

@Suite struct SealedContentTests {
    static let canaries = ["KANARIE-INHOUD-71", "KANARIE-ZAAK-72", "KANARIE-KENMERK-73", "KANARIE-ID-74"]

    @Test func nothingOfACaseLiesReadableOnDisk() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let event = Sample.event(
                Self.canaries[3], caseReference: Self.canaries[1],
                body: Array(#"{"tekst":"\#(Self.canaries[0])"}"#.utf8))
            try await store.deliverOne(event, receipt: Array(Self.canaries[2].utf8))
            try await search(temporary, has: "store.db-wal")
            await store.close()
            try await search(temporary, has: "store.db")
        }
    }

    private func search(_ temporary: TemporaryStore, has name: String) async throws {
        let files = try RawAccess.files(in: temporary.folder.path)
        #expect(files.contains { $0.name == name })
        // The search itself must be able to find something.
        #expect(files.contains { $0.bytes.range(of: Data("veilig-thuis-proef".utf8)) != nil })
        for (name, bytes) in files {
            for canary in Self.canaries { #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(canary) in \(name)") }
        }
    }

    @Test func sealedBodiesOpenOnlyInTheirOwnPlace() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            _ = try await store.commit(Sample.change(Sample.event("1", body: Array("een".utf8))))
            _ = try await store.commit(Sample.change(Sample.event("2", body: Array("twee".utf8))))
            try RawAccess.tamper(
                temporary.path, "UPDATE event SET body = (SELECT body FROM event WHERE id = 2) WHERE id = 1")
            await #expect(throws: StoreError.self) { try await store.body(of: 1) }
            #expect(try await store.body(of: 2) == Array("twee".utf8))
        }
    }

    @Test func sealedReceiptsOpenOnlyAtTheirOwnDelivery() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.deliverOne(Sample.event("1"), receipt: Array("een".utf8))
            try await store.deliverOne(Sample.event("2"), receipt: Array("twee".utf8))
            try RawAccess.tamper(
                temporary.path, "UPDATE delivery SET receipt = (SELECT receipt FROM delivery WHERE id = 2) WHERE id = 1"
            )
            await #expect(throws: StoreError.self) { try await store.delivery(1) }
            #expect(try await store.delivery(2)?.receipt == Array("twee".utf8))
        }
    }

    @Test func aReopenedStoreOpensWhatItSealed() async throws {
        try await TemporaryStore.with { temporary in
            let delivery = try await temporary.store.stored(Sample.change(Sample.event("1"), [Sample.delivery()]))
                .deliveries[0]
            await temporary.store.close()
            let again = try SQLiteStore.open(temporary.path, ring: temporary.ring)
            // Neither key is in memory now: one is found before the change is queued, the other by the writing thread.
            _ = try await again.commit(Sample.sending(delivery))
            _ = try await again.commit(Sample.outcome(delivery, receipt: Array("kenmerk".utf8)))
            let second = try await again.stored(Sample.change(Sample.event("2", body: Array("twee".utf8))))
            #expect(try await again.delivery(delivery)?.receipt == Array("kenmerk".utf8))
            #expect(try await again.body(of: second.event) == Array("twee".utf8))
            #expect(try await again.verify(deep: true).isClean)
            await again.close()
        }
    }
}
