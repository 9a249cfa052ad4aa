// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import COpenSSL
import Values

/// Opens certificate files the way a connection would, without one.
enum CertificateFiles {
    static func problems(trust: ServerTrust, now: Timestamp) -> [EndpointProblem] {
        guard case .authorities(let path) = trust else { return [] }
        guard let file = OpenFile(path) else { return [unreadable(.caFile, path)] }
        let certificates = file.pemCertificates()
        guard !certificates.isEmpty else {
            return [
                EndpointProblem(
                    .caFile, "\(path) holds no certificate in PEM form",
                    suggestion: "openssl x509 -inform DER -in ca.cer -out ca.pem")
            ]
        }
        return certificates.flatMap { $0.expiry(.caFile, path, now: now) }
    }

    static func problems(identity: ClientIdentity?, now: Timestamp) -> [EndpointProblem] {
        switch identity {
        case nil: []
        case .pem(let certificate, let key, let password): pem(certificate, key, password, now)
        case .pkcs12(let file, let password): pkcs12(file, password, now)
        }
    }

    private static func pem(_ path: String, _ keyPath: String, _ password: Secret?, _ now: Timestamp)
        -> [EndpointProblem]
    {
        var problems: [EndpointProblem] = []
        let certificate = OpenFile(path)?.pemCertificates().first
        if let certificate {
            problems += certificate.expiry(.certificateFile, path, now: now)
        } else if OpenFile(path) == nil {
            problems.append(unreadable(.certificateFile, path))
        } else {
            problems.append(EndpointProblem(.certificateFile, "\(path) holds no certificate in PEM form"))
        }
        guard let file = OpenFile(keyPath) else { return problems + [unreadable(.keyFile, keyPath)] }
        guard let key = file.pemKey(password: password ?? Secret("")) else {
            let message = "\(keyPath) holds no private key in PEM form that opens with the configured password"
            return problems + [EndpointProblem(.keyFile, message)]
        }
        defer { EVP_PKEY_free(key) }
        if let certificate, !certificate.matches(key) {
            problems.append(
                EndpointProblem(.keyFile, "the private key in \(keyPath) does not belong to the certificate in \(path)")
            )
        }
        return problems
    }

    private static func pkcs12(_ path: String, _ password: Secret, _ now: Timestamp) -> [EndpointProblem] {
        guard let file = OpenFile(path) else { return [unreadable(.pkcs12File, path)] }
        guard let store = d2i_PKCS12_bio(file.bio, nil) else {
            ERR_clear_error()
            return [EndpointProblem(.pkcs12File, "\(path) is not a PKCS#12 file")]
        }
        defer { PKCS12_free(store) }
        ERR_clear_error()
        var key: OpaquePointer?
        var leaf: OpaquePointer?
        let opened = password.exposed { PKCS12_parse(store, $0, &key, &leaf, nil) == 1 }
        defer { EVP_PKEY_free(key) }
        guard opened else { return [notOpened(path, unsupported: meldpoort_errors_name_unsupported() == 1)] }
        guard let leaf, key != nil else {
            X509_free(leaf)
            return [EndpointProblem(.pkcs12File, "\(path) does not hold both a certificate and its private key")]
        }
        return Certificate(owning: leaf).expiry(.pkcs12File, path, now: now)
    }

    private static func notOpened(_ path: String, unsupported: Bool) -> EndpointProblem {
        guard unsupported else {
            return EndpointProblem(.pkcs12File, "\(path) does not open with the configured password")
        }
        return EndpointProblem(
            .pkcs12File, "\(path) is encrypted with an algorithm that OpenSSL 3 no longer offers (RC2-40 or the like)",
            suggestion:
                "export it again: openssl pkcs12 -in old.p12 -nodes -legacy | openssl pkcs12 -export -out new.p12")
    }

    private static func unreadable(_ setting: EndpointProblem.Setting, _ path: String) -> EndpointProblem {
        EndpointProblem(
            setting, "\(path) cannot be read", suggestion: "check the path, and that the service's user may read it")
    }
}

/// One X.509 certificate.
final class Certificate {
    private let x509: OpaquePointer

    init(owning x509: OpaquePointer) {
        self.x509 = x509
    }

    deinit {
        X509_free(x509)
    }

    func matches(_ key: OpaquePointer) -> Bool {
        defer { ERR_clear_error() }
        return X509_check_private_key(x509, key) == 1
    }

    func expiry(_ setting: EndpointProblem.Setting, _ path: String, now: Timestamp) -> [EndpointProblem] {
        guard let days = daysLeft(now) else {
            return [EndpointProblem(setting, "the certificate in \(path) has no readable expiry date")]
        }
        if days < 0 { return [EndpointProblem(setting, "the certificate in \(path) has expired")] }
        guard days < 30 else { return [] }
        return [EndpointProblem(setting, "the certificate in \(path) expires in \(days) days", severity: .warning)]
    }

    private func daysLeft(_ now: Timestamp) -> Int? {
        guard let moment = ASN1_TIME_set(nil, Int(now.millisecondsSince1970 / 1000)) else { return nil }
        defer { ASN1_TIME_free(moment) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard ASN1_TIME_diff(&days, &seconds, moment, X509_get0_notAfter(x509)) == 1 else { return nil }
        return seconds < 0 && days == 0 ? -1 : Int(days)
    }
}

/// A file opened for OpenSSL.
private final class OpenFile {
    let bio: OpaquePointer

    init?(_ path: String) {
        defer { ERR_clear_error() }
        guard let bio = BIO_new_file(path, "r") else { return nil }
        self.bio = bio
    }

    deinit {
        BIO_free(bio)
    }

    func pemCertificates() -> [Certificate] {
        defer { ERR_clear_error() }
        var found: [Certificate] = []
        while let next = PEM_read_bio_X509(bio, nil, nil, nil) { found.append(Certificate(owning: next)) }
        return found
    }

    /// The caller frees the key.
    func pemKey(password: Secret) -> OpaquePointer? {
        defer { ERR_clear_error() }
        return password.exposed { text in
            // Without a callback OpenSSL takes its argument for the password, and asks nobody.
            text.withCString { PEM_read_bio_PrivateKey(bio, nil, nil, UnsafeMutableRawPointer(mutating: $0)) }
        }
    }
}
