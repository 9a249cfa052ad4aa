// SPDX-License-Identifier: EUPL-1.2

/// A client's certificate and private key: PEM files.
public struct ClientIdentity: Sendable, Hashable {
    /// Path of the certificate, PEM.
    public let certificate: String
    /// Path of the unencrypted private key, PEM, mode 0600.
    public let key: String

    /// An identity from two PEM files.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}

/// What `CertificateWorkshop` keeps in one folder. All paths; all keys EC P-256 with mode 0600.
public struct Certificates: Sendable, Hashable {
    /// The folder, mode 0700.
    public let folder: String

    init(folder: String) {
        self.folder = folder
    }

    /// The private CA that client and server trust, PEM.
    public var ca: String { path("ca.pem") }
    /// The server's identity; its certificate holds for 127.0.0.1 and localhost.
    public var server: ServerIdentity { ServerIdentity(certificate: path("server.pem"), key: path("server.key")) }
    /// The client's identity, issued by the private CA.
    public var client: ClientIdentity { ClientIdentity(certificate: path("client.pem"), key: path("client.key")) }
    /// The client's identity again, as PKCS#12 under `clientPKCS12Password`.
    public var clientPKCS12: String { path("client.p12") }
    /// A file that holds the PKCS#12's password, without a newline.
    public var clientPKCS12PasswordFile: String { path("client.p12.password") }
    /// The password of `clientPKCS12`: made up, and the same everywhere.
    public static let clientPKCS12Password = "zandbak-wachtwoord"

    /// Another CA, which neither side trusts: for negative tests.
    public var foreignCA: String { path("foreign-ca.pem") }
    /// A client identity issued by the foreign CA.
    public var foreignClient: ClientIdentity {
        ClientIdentity(certificate: path("foreign-client.pem"), key: path("foreign-client.key"))
    }
    /// A server identity for 127.0.0.1 issued by the foreign CA.
    public var foreignServer: ServerIdentity {
        ServerIdentity(certificate: path("foreign-server.pem"), key: path("foreign-server.key"))
    }
    /// A server identity issued by the private CA, but for another name than 127.0.0.1.
    public var misnamedServer: ServerIdentity {
        ServerIdentity(certificate: path("misnamed-server.pem"), key: path("misnamed-server.key"))
    }

    func path(_ name: String) -> String { "\(folder)/\(name)" }
}
