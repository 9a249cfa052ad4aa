// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import COpenSSL
import Disclosures
import Testing
import Transport

/// Real TLS on 127.0.0.1, with certificates made for this run.
@Suite(.timeLimit(.minutes(5)))
struct HTTPSTests {
    private let engine = CurlEngine()
    private let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
    }

    private func server(_ version: Int32?, demandsCertificate: Bool = false) throws -> LoopbackServer {
        let authority = demandsCertificate ? certificates.authority : nil
        let tls = try ServerTLS(certificates, version: version, clientAuthority: authority)
        return try LoopbackServer(tls: tls) { $0.serve(answer("200 OK", body: "goed")) }
    }

    private func pem(_ name: String) -> ClientIdentity {
        .pem(
            certificateFile: certificates.path("\(name).pem"), keyFile: certificates.path("\(name).key"), password: nil)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `Requests over TLS share one connection`(version: Int32) async throws {
        let server = try server(version)
        let transport = try HTTPTransport(encrypted(server, certificates), engine: engine)
        #expect(await transport.probe() == .reachable)
        let before = server.connections
        for _ in 0..<20 { #expect(await transport.send(post()).status == 200) }
        #expect(server.connections == before + 1)
    }

    @Test func `A server from another authority gets nothing`() async throws {
        let server = try server(nil)
        var endpoint = encrypted(server, certificates)
        endpoint.trust = .authorities(file: certificates.otherAuthority)
        let transport = try HTTPTransport(endpoint, engine: engine)
        #expect(await transport.send(post()) == .notSent(OutcomeReason(.tlsFailed)))
        #expect(await transport.probe() == .failed(OutcomeReason(.tlsFailed)))
        endpoint.trust = .systemStore
        #expect(await (try HTTPTransport(endpoint, engine: engine)).send(post()) == .notSent(OutcomeReason(.tlsFailed)))
        endpoint.trust = .authorities(file: certificates.path("bestaat-niet.pem"))
        #expect(await (try HTTPTransport(endpoint, engine: engine)).send(post()) == .notSent(OutcomeReason(.tlsFailed)))
        #expect(server.notes.filter { $0.hasPrefix("POST") }.isEmpty)
    }

    @Test func `A server under another name gets nothing`() async throws {
        let server = try server(nil)
        var endpoint = encrypted(server, certificates)
        endpoint.baseURL = "https://127.0.0.2:\(server.port)"
        let transport = try HTTPTransport(endpoint, engine: engine)
        // Either nobody listens at that address or the certificate does not name it.
        guard case .notSent = await transport.send(post()) else { return #expect(Bool(false)) }
        #expect(server.notes.filter { $0.hasPrefix("POST") }.isEmpty)
    }

    @Test func `TLS 1 point 1 is not spoken`() async throws {
        let server = try server(TLS1_1_VERSION)
        let transport = try HTTPTransport(encrypted(server, certificates), engine: engine)
        #expect(await transport.send(post()) == .notSent(OutcomeReason(.tlsFailed)))
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `A client certificate is shown, from PEM and from PKCS#12`(version: Int32) async throws {
        let server = try server(version, demandsCertificate: true)
        let identities: [ClientIdentity] = [
            pem("client"), .pkcs12(file: certificates.path("client.p12"), password: Secret("geheim")),
            .pem(
                certificateFile: certificates.path("client.pem"), keyFile: certificates.path("client-locked.key"),
                password: Secret("geheim")),
        ]
        for identity in identities {
            var endpoint = encrypted(server, certificates)
            endpoint.identity = identity
            let transport = try HTTPTransport(endpoint, engine: engine)
            #expect(await transport.send(post()).status == 200)
            #expect(await transport.probe() == .reachable)
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `A refused client certificate is not sent, and the probe finds it`(version: Int32) async throws {
        let server = try server(version, demandsCertificate: true)
        var endpoint = encrypted(server, certificates)
        endpoint.identity = pem("stranger")
        let transport = try HTTPTransport(endpoint, engine: engine)
        for _ in 0..<5 {
            #expect(await transport.send(post()) == .notSent(OutcomeReason(.clientCertificateRefused)))
        }
        #expect(await transport.probe() == .failed(OutcomeReason(.clientCertificateRefused)))
        #expect(Set(server.notes) == ["handshake failed"])
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `A missing client certificate is not sent, and the probe finds it`(version: Int32) async throws {
        let server = try server(version, demandsCertificate: true)
        let transport = try HTTPTransport(encrypted(server, certificates), engine: engine)
        // TLS 1.2 has no alert of its own for this.
        let label = version == TLS1_3_VERSION ? OutcomeLabel.clientCertificateRefused : .tlsFailed
        #expect(await transport.send(post()) == .notSent(OutcomeReason(label)))
        #expect(await transport.probe() == .failed(OutcomeReason(label)))
    }

    @Test func `An unreadable or locked identity is not sent`() async throws {
        let server = try server(nil, demandsCertificate: true)
        for identity: ClientIdentity in [
            .pkcs12(file: certificates.path("client.p12"), password: Secret("fout")),
            .pkcs12(file: certificates.path("old.p12"), password: Secret("geheim")),
            .pem(
                certificateFile: certificates.path("client.pem"), keyFile: certificates.path("client-locked.key"),
                password: nil),
            .pem(
                certificateFile: certificates.path("weg.pem"), keyFile: certificates.path("client.key"), password: nil),
        ] {
            var endpoint = encrypted(server, certificates)
            endpoint.identity = identity
            let transport = try HTTPTransport(endpoint, engine: engine)
            #expect(await transport.send(post()) == .notSent(OutcomeReason(.tlsFailed)))
        }
        #expect(server.notes.filter { $0.hasPrefix("POST") }.isEmpty)
    }

    @Test func `A server that accepts and never negotiates ends at the connect timeout`() async throws {
        let server = try LoopbackServer { $0.hang() }
        var endpoint = encrypted(server, certificates)
        endpoint.connectTimeout = .milliseconds(200)
        let transport = try HTTPTransport(endpoint, engine: engine)
        #expect(await transport.send(post()) == .notSent(OutcomeReason(.connectTimeout)))
        #expect(await transport.probe() == .failed(OutcomeReason(.connectTimeout)))
    }

    @Test func `A server that hangs up in the handshake gets nothing`() async throws {
        let server = try LoopbackServer { _ in }
        let transport = try HTTPTransport(encrypted(server, certificates), engine: engine)
        #expect(await transport.send(post()) == .notSent(OutcomeReason(.tlsFailed)))
    }

    @Test func `A whole request over TLS on a reused connection is seen once when the server hangs up`() async throws {
        let server = try LoopbackServer(tls: ServerTLS(certificates)) { peer in
            for number in 1... {
                guard let request = peer.readRequest() else { return }
                peer.note(String(decoding: request.body, as: UTF8.self))
                if number == 2 { return }
                peer.write(answer("200 OK"))
            }
        }
        let transport = try HTTPTransport(encrypted(server, certificates), engine: engine)
        #expect(await transport.send(post("/a", "eerste")).status == 200)
        #expect(await transport.send(post("/a", "tweede")) == .uncertain(OutcomeReason(.connectionLostAfterSending)))
        #expect(await transport.send(post("/a", "derde")).status == 200)
        #expect(server.notes == ["eerste", "tweede", "derde"])
    }
}
