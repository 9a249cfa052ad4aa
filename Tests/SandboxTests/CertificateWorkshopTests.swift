// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox
import Testing

@Suite struct CertificateWorkshopTests {
    private static let openssl = "/usr/bin/openssl"

    @Test func keysAreForTheOwnerOnly() throws {
        let folder = try Tools.certificates().folder
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        let secret = names.filter { $0.hasSuffix(".key") || $0.hasSuffix(".p12") || $0.hasSuffix(".password") }
        #expect(secret.count == 9)
        for name in secret {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func madeOnceAndThenReused() throws {
        let folder = try Tools.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = try CertificateWorkshop.prepare(in: folder)
        let before = try Data(contentsOf: URL(fileURLWithPath: first.client.certificate))
        let second = try CertificateWorkshop.prepare(in: folder)
        #expect(try Data(contentsOf: URL(fileURLWithPath: second.client.certificate)) == before)

        try FileManager.default.removeItem(atPath: first.clientPKCS12)
        let third = try CertificateWorkshop.prepare(in: folder)
        #expect(try Data(contentsOf: URL(fileURLWithPath: third.client.certificate)) != before)
    }

    @Test func aFolderThatCannotBeWrittenIsAClearError() {
        #expect(throws: SandboxError.self) { try CertificateWorkshop.prepare(in: "/proc/meldpoort") }
    }

    @Test func theTwoAuthoritiesDoNotKnowEachOther() async throws {
        let made = try Tools.certificates()
        func verify(_ authority: String, _ certificate: String) async throws -> Int32 {
            try await Tools.run(Self.openssl, ["verify", "-x509_strict", "-CAfile", authority, certificate]).status
        }
        #expect(try await verify(made.ca, made.client.certificate) == 0)
        #expect(try await verify(made.foreignCA, made.foreignClient.certificate) == 0)
        #expect(try await verify(made.ca, made.foreignClient.certificate) != 0)
        #expect(try await verify(made.foreignCA, made.client.certificate) != 0)
    }

    @Test func thePKCS12OpensAndItsOldFormDoesNot() async throws {
        let made = try Tools.certificates()
        let folder = try Tools.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func open(_ file: String) async throws -> CommandResult {
            let password = "pass:\(Certificates.clientPKCS12Password)"
            return try await Tools.run(Self.openssl, ["pkcs12", "-in", file, "-nodes", "-passin", password])
        }
        let opened = try await open(made.clientPKCS12)
        #expect(opened.status == 0)
        #expect(opened.text.contains("BEGIN PRIVATE KEY"))

        let old = "\(folder)/oud.p12"
        try CertificateWorkshop.exportLegacyPKCS12(of: made, to: old)
        #expect(try await open(old).status != 0)
    }
}
