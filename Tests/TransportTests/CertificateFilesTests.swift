// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Foundation
import Testing
import Transport
import Values

/// What `check` says about certificate files, without a connection.
struct CertificateFilesTests {
    private let certificates: TestCertificates
    private let now = SystemTime.now()

    init() throws {
        certificates = try TestCertificates.shared.get()
    }

    private func problems(
        _ identity: ClientIdentity?, trust: ServerTrust = .systemStore, later days: Int = 0
    ) -> [EndpointProblem] {
        var endpoint = HTTPEndpoint(baseURL: "https://voorbeeld.nl")
        endpoint.trust = trust
        endpoint.identity = identity
        return endpoint.problems(now: now.adding(seconds: days * 86_400))
    }

    private func pem(_ certificate: String, _ key: String, _ password: String? = nil) -> ClientIdentity {
        .pem(
            certificateFile: certificates.path(certificate), keyFile: certificates.path(key),
            password: password.map { Secret($0) })
    }

    private func pkcs12(_ file: String, _ password: String) -> ClientIdentity {
        .pkcs12(file: certificates.path(file), password: Secret(password))
    }

    @Test func `Good files have no problems`() {
        let trust = ServerTrust.authorities(file: certificates.authority)
        #expect(problems(pem("client.pem", "client.key"), trust: trust).isEmpty)
        #expect(problems(pem("client.pem", "client-locked.key", "geheim")).isEmpty)
        #expect(problems(pkcs12("client.p12", "geheim")).isEmpty)
    }

    @Test func `Files that are missing or something else are named`() throws {
        #expect(problems(pem("weg.pem", "weg.key")).map(\.setting) == [.certificateFile, .keyFile])
        #expect(problems(pem("client.key", "client.pem")).map(\.setting) == [.certificateFile, .keyFile])
        #expect(problems(pkcs12("weg.p12", "geheim")).map(\.setting) == [.pkcs12File])
        #expect(problems(pkcs12("client.pem", "geheim")).map(\.setting) == [.pkcs12File])
        #expect(problems(nil, trust: .authorities(file: certificates.path("weg.pem"))).map(\.setting) == [.caFile])
        #expect(problems(nil, trust: .authorities(file: certificates.path("client.key"))).map(\.setting) == [.caFile])
    }

    @Test func `A key that is locked or belongs elsewhere is told apart`() throws {
        let locked = try #require(problems(pem("client.pem", "client-locked.key")).first)
        #expect(locked.setting == .keyFile && locked.message.contains("password"))
        #expect(problems(pem("client.pem", "client-locked.key", "fout")).map(\.setting) == [.keyFile])
        let other = try #require(problems(pem("client.pem", "stranger.key")).first)
        #expect(other.setting == .keyFile && other.message.contains("does not belong"))
    }

    @Test func `A PKCS12 file with a wrong password or an old algorithm says what to do`() throws {
        let wrong = try #require(problems(pkcs12("client.p12", "fout")).first)
        #expect(wrong.message.contains("does not open with the configured password"))
        let old = try #require(problems(pkcs12("old.p12", "geheim")).first)
        #expect(old.message.contains("RC2-40"))
        #expect(old.suggestion?.contains("openssl pkcs12 -in old.p12 -nodes -legacy") == true)
    }

    @Test func `Certificates that expire soon are a warning, expired ones an error`() throws {
        #expect(problems(pem("expiring.pem", "expiring.key")).map(\.severity) == [.warning])
        #expect(problems(pem("expiring.pem", "expiring.key"), later: 11).map(\.severity) == [.error])
        #expect(problems(pkcs12("client.p12", "geheim"), later: 380).map(\.severity) == [.warning])
        #expect(
            problems(nil, trust: .authorities(file: certificates.authority), later: 401).map(\.severity) == [.error])
    }
}
