// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// Certificates for 127.0.0.1, made once per test run by the `openssl` command, in a temporary folder.
struct TestCertificates: Sendable {
    static let shared: Result<TestCertificates, any Error> = Result {
        atexit {
            guard case .success(let made) = TestCertificates.shared else { return }
            try? FileManager.default.removeItem(atPath: made.folder)
        }
        return try TestCertificates()
    }

    let folder: String

    var authority: String { path("ca.pem") }
    var otherAuthority: String { path("other-ca.pem") }

    func path(_ name: String) -> String { folder + "/" + name }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("transport-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try makeAuthority("ca")
        try makeAuthority("other-ca")
        try issue("server", by: "ca", days: 400)
        try issue("client", by: "ca", days: 400)
        try issue("stranger", by: "other-ca", days: 400)
        try issue("expiring", by: "ca", days: 10)
        try run(
            "pkey", "-in", path("client.key"), "-aes256", "-passout", "pass:geheim", "-out", path("client-locked.key"))
        let pair = ["-in", path("client.pem"), "-inkey", path("client.key"), "-passout", "pass:geheim"]
        try run(["pkcs12", "-export", "-out", path("client.p12")] + pair)
        try run(["pkcs12", "-export", "-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-out", path("old.p12")] + pair)
    }

    private func makeAuthority(_ name: String) throws {
        try run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "400",
            "-subj", "/CN=\(name)", "-keyout", path("\(name).key"), "-out", path("\(name).pem"))
    }

    private func issue(_ name: String, by authority: String, days: Int) throws {
        try run(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=\(name)",
            "-keyout", path("\(name).key"), "-out", path("\(name).csr"))
        try "subjectAltName=IP:127.0.0.1,DNS:localhost\n"
            .write(toFile: path("\(name).ext"), atomically: true, encoding: .utf8)
        try run(
            "x509", "-req", "-in", path("\(name).csr"), "-CA", path("\(authority).pem"), "-CAkey",
            path("\(authority).key"), "-CAcreateserial", "-days", "\(days)", "-extfile", path("\(name).ext"), "-out",
            path("\(name).pem"))
    }

    private func run(_ arguments: String...) throws {
        try run(arguments)
    }

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw TestTrouble("openssl \(arguments.first ?? "") failed") }
    }
}

struct TestTrouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
