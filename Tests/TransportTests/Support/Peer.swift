// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
import Glibc

/// The server's end of one connection. Used by the connection's own thread only.
final class Peer {
    private let descriptor: Int32
    private var tls: OpaquePointer?
    private var buffer: [UInt8] = []
    let note: (String) -> Void

    init(_ descriptor: Int32, note: @escaping (String) -> Void) {
        self.descriptor = descriptor
        self.note = note
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit {
        if let tls {
            SSL_shutdown(tls)
            SSL_free(tls)
        }
        close(descriptor)
    }

    func startTLS(_ settings: ServerTLS) -> Bool {
        buffer = []
        guard let tls = SSL_new(settings.context) else { return false }
        self.tls = tls
        SSL_set_fd(tls, descriptor)
        guard SSL_accept(tls) == 1 else {
            note("handshake failed")
            ERR_clear_error()
            SSL_free(tls)
            self.tls = nil
            // As a careful server does: the alert must not be lost because we close with something unread.
            shutdown(descriptor, Int32(SHUT_WR))
            while receive() != nil {}
            return false
        }
        return true
    }

    /// Whatever comes next; nothing when the other side has ended.
    private func receive() -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = tls.map { Int(SSL_read($0, &piece, Int32(piece.count))) } ?? read(descriptor, &piece, piece.count)
        return count > 0 ? Array(piece.prefix(count)) : nil
    }

    func write(_ text: String) {
        write(Array(text.utf8))
    }

    func write(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { raw in
                tls.map { Int(SSL_write($0, raw.baseAddress, Int32(raw.count))) }
                    ?? send(descriptor, raw.baseAddress, raw.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Ends the connection with a reset instead of a close.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        if let tls { SSL_free(tls) }
        tls = nil
    }

    /// Reads and answers nothing until the other side goes away.
    func hang() {
        while receive() != nil {}
        note("other side left")
    }

    /// One line without its end; nothing when the other side has ended.
    func readLine() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = buffer[..<end]
                buffer.removeSubrange(...end)
                return String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            }
            guard let more = receive() else { return nil }
            buffer += more
        }
    }

    func readBytes(_ count: Int) -> [UInt8]? {
        while buffer.count < count {
            guard let more = receive() else { return nil }
            buffer += more
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    /// A whole request: its head's lines and its body.
    func readRequest() -> RawRequest? {
        var head: [String] = []
        while let line = readLine() {
            if !line.isEmpty {
                head.append(line)
                continue
            }
            let length = head.first { $0.lowercased().hasPrefix("content-length:") }
            let count = length.flatMap { Int($0.dropFirst("content-length:".count).filter { $0 != " " }) } ?? 0
            return readBytes(count).map { RawRequest(head: head, body: $0) }
        }
        return nil
    }

    /// Answers every request with the same text until the other side goes.
    func serve(_ answer: String) {
        while let request = readRequest() {
            note(request.head.first ?? "")
            write(answer)
        }
    }
}

struct RawRequest: Sendable {
    let head: [String]
    let body: [UInt8]
}

/// How a test server does TLS.
final class ServerTLS: @unchecked Sendable {
    let context: OpaquePointer

    /// - Parameters:
    ///   - version: `TLS1_2_VERSION` or `TLS1_3_VERSION`; any when nothing is given.
    ///   - clientAuthority: When given, a client certificate from this authority is demanded.
    init(_ certificates: TestCertificates, version: Int32? = nil, clientAuthority: String? = nil) throws {
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw TestTrouble("no TLS context") }
        self.context = context
        SSL_CTX_use_certificate_file(context, certificates.path("server.pem"), SSL_FILETYPE_PEM)
        SSL_CTX_use_PrivateKey_file(context, certificates.path("server.key"), SSL_FILETYPE_PEM)
        if let version { _ = meldpoort_set_only_version(context, version) }
        if let clientAuthority {
            SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
            SSL_CTX_load_verify_locations(context, clientAuthority, nil)
            // Sessions of clients with certificates need a name.
            SSL_CTX_set_session_id_context(context, [1], 1)
        }
    }

    deinit {
        SSL_CTX_free(context)
    }
}
