// SPDX-License-Identifier: EUPL-1.2
import NIOSSL

/// The certificate a counterpart shows, and its private key: PEM files.
public struct ServerIdentity: Sendable, Hashable {
    /// Path of the certificate, PEM.
    public let certificate: String
    /// Path of the unencrypted private key, PEM.
    public let key: String

    /// An identity from two PEM files; they are read when the counterpart starts.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// How a counterpart secures its connections.
public enum ServerSecurity: Sendable, Hashable {
    /// No TLS at all: for the bench.
    case plaintext
    /// TLS 1.2 or newer; asks no certificate of the client.
    case server(ServerIdentity)
    /// TLS 1.2 or newer; demands a client certificate issued by the CA in this PEM file.
    case mutual(ServerIdentity, clientCA: String)
    /// TLS 1.1 at most: a sound client refuses it.
    case outdated(ServerIdentity)

    /// The TLS context, or nil for plaintext.
    func makeContext() throws -> NIOSSLContext? {
        do {
            switch self {
            case .plaintext:
                return nil
            case .server(let identity):
                return try NIOSSLContext(configuration: identity.configuration())
            case .mutual(let identity, let clientCA):
                var configuration = try identity.configuration()
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(clientCA))
                configuration.certificateVerification = .noHostnameVerification
                return try NIOSSLContext(configuration: configuration)
            case .outdated(let identity):
                var configuration = try identity.configuration()
                configuration.minimumTLSVersion = .tlsv1
                configuration.maximumTLSVersion = .tlsv11
                return try NIOSSLContext(configuration: configuration)
            }
        } catch {
            throw SandboxError.unusableIdentity(reason: String(describing: error))
        }
    }
}

extension ServerIdentity {
    fileprivate func configuration() throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(certificate).map { NIOSSLCertificateSource.certificate($0) }
        let privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }
}
