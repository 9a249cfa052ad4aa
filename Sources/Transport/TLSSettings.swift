// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import CCurl

/// Whom we believe to be the counterpart.
public enum ServerTrust: Sendable, Hashable {
    /// The certificate authorities that the operating system trusts.
    case systemStore
    /// Only the authorities in this PEM file: a private CA.
    case authorities(file: String)
}

/// How we show who we are.
public enum ClientIdentity: Sendable, Hashable {
    /// A certificate (with its intermediates behind it) and its private key, as PEM files.
    case pem(certificateFile: String, keyFile: String, password: Secret?)
    /// Both in one PKCS#12 file.
    case pkcs12(file: String, password: Secret)
}

extension EasyHandle {
    /// What holds for every counterpart: only the configured host, over TLS 1.2 or newer, nothing taken from the environment.
    func setUpSafely(protocols: String, trust: ServerTrust, connect: Duration, total: Duration) {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_PROTOCOLS_STR, protocols)
        set(CURLOPT_REDIR_PROTOCOLS_STR, protocols)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOPROXY, "*")
        set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // A name that does not resolve must not hold the thread that asked for it.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds: connect)
        set(CURLOPT_TIMEOUT_MS, milliseconds: total)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        if case .authorities(let file) = trust {
            set(CURLOPT_CAINFO, file)
            // Otherwise libcurl goes on trusting the system's directory beside the file.
            set(CURLOPT_CAPATH, nil)
        }
    }

    func setUp(identity: ClientIdentity) {
        switch identity {
        case .pem(let certificate, let key, let password):
            set(CURLOPT_SSLCERTTYPE, "PEM")
            set(CURLOPT_SSLCERT, certificate)
            set(CURLOPT_SSLKEY, key)
            // Without any password OpenSSL would ask for one on the terminal.
            (password ?? Secret("")).exposed { set(CURLOPT_KEYPASSWD, $0) }
        case .pkcs12(let file, let password):
            set(CURLOPT_SSLCERTTYPE, "P12")
            set(CURLOPT_SSLCERT, file)
            password.exposed { set(CURLOPT_KEYPASSWD, $0) }
        }
    }
}
