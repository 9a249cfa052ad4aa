// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Synchronization

/// Makes the certificates of the sandbox with the `openssl` command (Debian package openssl).
public enum CertificateWorkshop {
    // Two tests that ask for the same folder must not write it at the same time.
    private static let oneAtATime = Mutex(())

    /// The certificates in `folder`: those already there when all are present and valid for another day, new ones otherwise.
    ///
    /// Blocks for about 0.1 s when it makes them. The folder is created when missing.
    /// - Throws: `SandboxError.certificates`.
    public static func prepare(in folder: String) throws -> Certificates {
        try oneAtATime.withLock { _ in
            let certificates = Certificates(folder: folder)
            if isUsable(certificates) { return certificates }
            try make(certificates)
            return certificates
        }
    }

    /// Writes the client identity once more, as PKCS#12 in the RC2-40 form of old programs, which OpenSSL 3 refuses to
    /// read: to test the advice given to who has such a file. The password is `Certificates.clientPKCS12Password`.
    ///
    /// - Throws: `SandboxError.certificates`, also when OpenSSL's legacy provider is not installed.
    public static func exportLegacyPKCS12(of certificates: Certificates, to file: String) throws {
        try exportPKCS12(of: certificates, to: file, extra: ["-legacy"])
    }

    private static let files = [
        "ca.pem", "server.pem", "server.key", "client.pem", "client.key", "client.p12", "client.p12.password",
        "misnamed-server.pem", "misnamed-server.key", "foreign-ca.pem", "foreign-client.pem", "foreign-client.key",
        "foreign-server.pem", "foreign-server.key",
    ]

    private static func isUsable(_ certificates: Certificates) -> Bool {
        let manager = FileManager.default
        guard files.allSatisfy({ manager.fileExists(atPath: certificates.path($0)) }) else { return false }
        let own = ["server.pem", "client.pem", "misnamed-server.pem"].map(certificates.path)
        let foreign = ["foreign-client.pem", "foreign-server.pem"].map(certificates.path)
        do {
            try openssl(["verify", "-CAfile", certificates.ca] + own)
            try openssl(["verify", "-CAfile", certificates.foreignCA] + foreign)
            // All were made in one go: what holds for one holds for all.
            try openssl(["x509", "-in", own[0], "-noout", "-checkend", "86400"])
            return true
        } catch {
            return false
        }
    }

    private static func make(_ certificates: Certificates) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: certificates.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // Without a configuration of our own the system's would add its extensions to ours.
            let configuration = "[req]\ndistinguished_name = dn\n[dn]\n"
            try configuration.write(toFile: certificates.path("openssl.cnf"), atomically: true, encoding: .utf8)
        } catch {
            throw SandboxError.certificates(command: "req", reason: "cannot write in \(certificates.folder)")
        }
        for prefix in ["", "foreign-"] { try makeAuthority(prefix, certificates) }
        let here = "subjectAltName=IP:127.0.0.1,DNS:localhost"
        try issue("server", by: "ca", ["extendedKeyUsage=serverAuth", here], certificates)
        try issue("client", by: "ca", ["extendedKeyUsage=clientAuth"], certificates)
        let elsewhere = "subjectAltName=DNS:elders.invalid"
        try issue("misnamed-server", by: "ca", ["extendedKeyUsage=serverAuth", elsewhere], certificates)
        try issue("foreign-client", by: "foreign-ca", ["extendedKeyUsage=clientAuth"], certificates)
        try issue("foreign-server", by: "foreign-ca", ["extendedKeyUsage=serverAuth", here], certificates)
        try write(Certificates.clientPKCS12Password, to: certificates.clientPKCS12PasswordFile)
        try exportPKCS12(of: certificates, to: certificates.clientPKCS12, extra: [])
    }

    private static func makeAuthority(_ prefix: String, _ certificates: Certificates) throws {
        try openssl(
            request("\(prefix)ca", certificates)
                + ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"])
        try restrict(certificates.path("\(prefix)ca.key"))
    }

    private static func issue(
        _ name: String, by authority: String, _ extensions: [String], _ certificates: Certificates
    ) throws {
        let signer = ["-CA", certificates.path("\(authority).pem"), "-CAkey", certificates.path("\(authority).key")]
        let all = ["basicConstraints=critical,CA:FALSE", "keyUsage=critical,digitalSignature"] + extensions
        try openssl(request(name, certificates) + signer + all.flatMap { ["-addext", $0] })
        try restrict(certificates.path("\(name).key"))
    }

    private static func request(_ name: String, _ certificates: Certificates) -> [String] {
        [
            "req", "-x509", "-config", certificates.path("openssl.cnf"), "-newkey", "ec",
            "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-sha256", "-days", "397",
            "-subj", "/O=Meldpoort zandbak/CN=\(name)",
            "-keyout", certificates.path("\(name).key"), "-out", certificates.path("\(name).pem"),
        ]
    }

    private static func exportPKCS12(of certificates: Certificates, to file: String, extra: [String]) throws {
        let client = certificates.client
        try openssl(
            ["pkcs12", "-export", "-inkey", client.key, "-in", client.certificate, "-certfile", certificates.ca]
                + ["-out", file, "-passout", "file:\(certificates.clientPKCS12PasswordFile)"] + extra)
        try restrict(file)
    }

    private static func write(_ text: String, to file: String) throws {
        guard
            FileManager.default.createFile(
                atPath: file, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw SandboxError.certificates(command: "pkcs12", reason: "cannot write \(file)") }
    }

    private static func restrict(_ file: String) throws {
        do {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        } catch {
            throw SandboxError.certificates(command: "req", reason: "cannot set the mode of \(file)")
        }
    }

    private static func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        process.standardError = errors
        let command = arguments.first ?? ""
        do {
            try process.run()
        } catch {
            throw SandboxError.certificates(command: command, reason: "/usr/bin/openssl cannot be run")
        }
        let said = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let reason =
                String(decoding: said, as: UTF8.self).split(separator: "\n").last.map(String.init) ?? "no reason given"
            throw SandboxError.certificates(command: command, reason: reason)
        }
    }
}
