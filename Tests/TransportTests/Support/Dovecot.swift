// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Foundation
import Glibc
import Transport

/// Debian's own IMAP server on 127.0.0.1, with a configuration, mail and certificates in a temporary folder; started once per test
/// run. Every user name has a mailbox of its own, and one password opens them all.
final class Dovecot: Sendable {
    static let shared: Result<Dovecot, any Error> = Result {
        atexit {
            guard case .success(let server) = Dovecot.shared else { return }
            kill(server.process, SIGTERM)
            var status: Int32 = 0
            waitpid(server.process, &status, 0)
            try? FileManager.default.removeItem(atPath: server.folder)
        }
        return try Dovecot(TestCertificates.shared.get())
    }

    static let password = "geheim"

    let certificates: TestCertificates
    let implicitPort: Int
    let startTLSPort: Int
    private let folder: String
    private let process: pid_t
    private let tokenChecker: LoopbackServer

    private static let program = "/usr/sbin/dovecot"

    private init(_ certificates: TestCertificates) throws {
        guard access(Self.program, X_OK) == 0 else {
            throw TestTrouble("dovecot is not installed: run apt-get install dovecot-imapd")
        }
        self.certificates = certificates
        folder =
            FileManager.default.temporaryDirectory.appendingPathComponent("dovecot-\(UUID().uuidString.prefix(8))")
            .path
        implicitPort = try LoopbackServer.closedPort()
        startTLSPort = try LoopbackServer.closedPort()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        chmod(folder, 0o755)
        // A token opens the mailbox that it names.
        tokenChecker = try LoopbackServer { peer in
            while let request = peer.readRequest() {
                let token = request.head[0].split(separator: " ")[1].split(separator: "=").last ?? ""
                peer.write(answer("200 OK", body: #"{"username":"\#(token.dropFirst("voor-".count))"}"#))
            }
        }
        try "tokeninfo_url = http://127.0.0.1:\(tokenChecker.port)/?token=\nusername_attribute = username\n"
            .write(toFile: "\(folder)/oauth2.conf", atomically: true, encoding: .utf8)
        let configuration = Self.configuration(folder, certificates, implicitPort, startTLSPort)
        try configuration.write(toFile: "\(folder)/dovecot.conf", atomically: true, encoding: .utf8)
        process = try Self.start([Self.program, "-F", "-c", "\(folder)/dovecot.conf"])
        try waitUntilItListens()
    }

    /// An empty mailbox with a folder `Verwerkt`.
    func account(_ name: String = "post-\(UUID().uuidString.prefix(8).lowercased())") throws -> Account {
        let account = Account(server: self, name: name, folder: "\(folder)/\(name)")
        try account.make("")
        try account.make("/.Verwerkt")
        return account
    }

    /// Runs `doveadm` with the server's configuration.
    func administer(_ arguments: String...) throws {
        let tool = Process()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/doveadm")
        tool.arguments = ["-c", "\(folder)/dovecot.conf"] + arguments
        try tool.run()
        tool.waitUntilExit()
        guard tool.terminationStatus == 0 else { throw TestTrouble("doveadm \(arguments) failed: \(log)") }
    }

    private static func start(_ command: [String]) throws -> pid_t {
        var process = pid_t()
        var arguments = command.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        // A test's thread may have blocked the signals by which dovecot hears of its children and of its own end.
        var attributes = posix_spawnattr_t()
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        guard posix_spawn(&process, command[0], nil, &attributes, &arguments, environ) == 0 else {
            throw TestTrouble("\(command[0]) does not start")
        }
        return process
    }

    private func waitUntilItListens() throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if LoopbackServer.isListening(implicitPort), LoopbackServer.isListening(startTLSPort) { return }
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process { break }
            usleep(10_000)
        }
        throw TestTrouble("dovecot does not listen: \(log)")
    }

    private var log: String {
        (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? "it wrote no log"
    }

    /// As root it runs as Debian set it up; as anybody else all its parts run as that user.
    private static func configuration(
        _ folder: String, _ certificates: TestCertificates, _ implicitPort: Int, _ startTLSPort: Int
    ) -> String {
        let own = (
            user: getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) },
            group: getgrgid(getgid()).map { String(cString: $0.pointee.gr_name) }
        )
        let user = getuid() == 0 ? "dovecot" : own.user ?? String(getuid())
        let group = getuid() == 0 ? "dovecot" : own.group ?? String(getgid())
        let unprivileged = """
            default_internal_user = \(user)
            default_internal_group = \(group)
            default_login_user = \(user)
            """
        return """
            base_dir = \(folder)/run
            state_dir = \(folder)/run
            log_path = \(folder)/log
            protocols = imap
            listen = 127.0.0.1
            ssl = required
            ssl_cert = <\(certificates.path("server.pem"))
            ssl_key = <\(certificates.path("server.key"))
            mail_location = maildir:~/Maildir
            first_valid_uid = 1
            auth_failure_delay = 0
            auth_mechanisms = plain xoauth2
            passdb {
              driver = oauth2
              mechanisms = xoauth2
              args = \(folder)/oauth2.conf
            }
            passdb {
              driver = static
              mechanisms = plain
              args = password=\(password)
            }
            userdb {
              driver = static
              args = uid=\(user) gid=\(group) home=\(folder)/%u allow_all_users=yes
            }
            service anvil {
              \(getuid() == 0 ? "" : "chroot =")
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = \(startTLSPort)
              }
              inet_listener imaps {
                port = \(implicitPort)
                ssl = yes
              }
            }
            \(getuid() == 0 ? "" : unprivileged)

            """
    }

    /// One mailbox.
    struct Account: Sendable {
        let server: Dovecot
        let name: String
        fileprivate let folder: String

        /// Settings that reach it.
        var settings: IMAPAccount {
            var account = IMAPAccount(
                host: "127.0.0.1", port: server.implicitPort, username: name,
                credential: .password(Secret(Dovecot.password)))
            account.trust = .authorities(file: server.certificates.authority)
            account.totalTimeout = .seconds(20)
            return account
        }

        /// Puts a message into a folder, as a mail server would.
        func deliver(_ message: some Collection<UInt8>) throws {
            let name = UUID().uuidString
            let temporary = "\(folder)/Maildir/tmp/\(name)"
            try Data(message).write(to: URL(fileURLWithPath: temporary))
            try own(temporary)
            guard rename(temporary, "\(folder)/Maildir/new/\(name)") == 0 else { throw TestTrouble("cannot deliver") }
        }

        /// The messages that lie in `Verwerkt`, as the server stored them.
        func processed() throws -> [[UInt8]] {
            try ["cur", "new"].flatMap { part -> [[UInt8]] in
                let folder = "\(folder)/Maildir/.Verwerkt/\(part)"
                return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                    .map { Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)"))) }
            }
        }

        fileprivate func make(_ name: String) throws {
            for part in ["cur", "new", "tmp"] {
                let path = "\(folder)/Maildir\(name)/\(part)"
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                try own(path)
            }
            for path in [folder, "\(folder)/Maildir", "\(folder)/Maildir\(name)"] { try own(path) }
        }

        private func own(_ path: String) throws {
            guard getuid() == 0, let user = getpwnam("dovecot") else { return }
            guard chown(path, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else { throw TestTrouble("chown failed") }
        }
    }
}

extension LoopbackServer {
    /// Whether somebody answers at a port.
    static func isListening(_ port: Int) -> Bool {
        guard let descriptor = connected(port) else { return false }
        close(descriptor)
        return true
    }

    /// A connection to 127.0.0.1.
    static func connected(_ port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let answer = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard answer == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}
