// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Testing
import Web

@Suite struct TLSTests {
    private static func run(_ program: String, _ arguments: [String]) async throws -> (status: Int32, text: String) {
        try await Wire.offPool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
            process.arguments = arguments
            let output = Pipe()
            process.standardOutput = output
            process.standardError = output
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: data, as: UTF8.self))
        }
    }

    private static func certificate() async throws -> (file: String, key: String, folder: String) {
        let folder = NSTemporaryDirectory() + "meldpoort-tls-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let made = try await run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", "\(folder)/server.key", "-out",
                "\(folder)/server.pem",
            ])
        #expect(made.status == 0, "\(made.text)")
        return ("\(folder)/server.pem", "\(folder)/server.key", folder)
    }

    @Test func tls12AndNewerWithForwardSecrecy() async throws {
        let made = try await Self.certificate()
        defer { try? FileManager.default.removeItem(atPath: made.folder) }
        try await TestDoor.open({ configuration, _ in
            configuration.tls = .init(certificateFile: made.file, keyFile: made.key)
        }) { door in
            let url = "https://localhost:\(door.port)/health/live"
            let base = ["-sS", "-i", "--cacert", made.file, "--resolve", "localhost:\(door.port):127.0.0.1"]
            for version in [["--tlsv1.2", "--tls-max", "1.2"], ["--tlsv1.3"]] {
                let reply = try await Self.run("curl", base + version + [url])
                #expect(reply.status == 0, "\(version): \(reply.text)")
                #expect(reply.text.contains("200 OK"))
                #expect(reply.text.lowercased().contains("strict-transport-security: max-age=31536000"))
            }
            let old = try await Self.run(
                "curl", base + ["--tlsv1.0", "--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0", url])
            #expect(old.status != 0)
            let noForwardSecrecy = try await Self.run(
                "curl", base + ["--tls-max", "1.2", "--ciphers", "AES128-GCM-SHA256", url])
            #expect(noForwardSecrecy.status != 0)
            let plain = try await Self.run("curl", ["-sS", "http://127.0.0.1:\(door.port)/health/live"])
            #expect(plain.status != 0)
        }
    }

    @Test func aKeyThatIsNotThereStopsTheStart() async throws {
        let made = try await Self.certificate()
        defer { try? FileManager.default.removeItem(atPath: made.folder) }
        await #expect(throws: (any Error).self) {
            try await TestDoor.open({ configuration, _ in
                configuration.tls = .init(certificateFile: made.file, keyFile: "\(made.folder)/niet-hier.key")
            }) { _ in }
        }
    }
}
