// SPDX-License-Identifier: EUPL-1.2
import Foundation
public import RunningGateway
public import Sandbox

/// A real postfix on 127.0.0.1 that takes mail of those who log in, after STARTTLS or over TLS, and delivers it to a dovecot beside it.
/// Nothing leaves the machine.
public final class Postfix: Sendable {
    /// Takes a login only after STARTTLS.
    public let port: Int
    /// TLS from the first byte.
    public let implicitTLSPort: Int
    /// What it writes: a line with `status=sent` for each delivery.
    public let log = ProcessLog()
    private let folder: WorkFolder
    private let process: ServerProcess

    /// Runs with a server that is gone afterwards.
    /// - Parameters:
    ///   - dovecot: Knows the passwords and takes the mail.
    ///   - certificate: By default one that holds for 127.0.0.1, of `dovecot.certificates.ca`.
    ///   - offersSTARTTLS: False for a relay that would take passwords and mail in the open.
    /// - Throws: `ServerProblem`, or what the body throws.
    public static func run<Value>(
        for dovecot: Dovecot, certificate: (Certificates) -> ServerIdentity = { $0.server },
        offersSTARTTLS: Bool = true, _ body: (Postfix) async throws -> Value
    ) async throws -> Value {
        try DebianProgram.requireRoot()
        let folder = try WorkFolder("postfix")
        defer { folder.remove() }
        let server = try Postfix(
            dovecot, in: folder, identity: certificate(dovecot.certificates), offersSTARTTLS: offersSTARTTLS)
        let result: Result<Value, any Error>
        do {
            try await server.log.waitUntilReady("postfix", says: "daemon started")
            result = .success(try await body(server))
        } catch {
            result = .failure(error)
        }
        // The program in the foreground is a script; it ends with the master, whose number postfix knows by its own lock.
        _ = try? DebianProgram.run("postfix", ["-c", folder("etc"), "stop"])
        await server.process.waitForEnd()
        return try result.get()
    }

    private init(_ dovecot: Dovecot, in folder: WorkFolder, identity: ServerIdentity, offersSTARTTLS: Bool) throws {
        self.folder = folder
        let ports = try FreePort.take(2)
        (port, implicitTLSPort) = (ports[0], ports[1])
        for name in ["etc", "queue"] { try folder.make(name) }
        try folder.make("data", owner: "postfix", mode: 0o700)
        let domains = Set(dovecot.accounts.compactMap { $0.address.split(separator: "@").last.map(String.init) })
        try folder.write(Self.main(folder, dovecot, domains, identity, offersSTARTTLS), to: "etc/main.cf")
        try folder.write(
            Self.services(port: port, implicitTLSPort: implicitTLSPort, offersSTARTTLS), to: "etc/master.cf")
        process = try ServerProcess("postfix", ["-c", folder("etc"), "start-fg"], log: log)
    }

    /// Where its log stands now, to wait for a delivery after it.
    public var position: Int { log.position }

    /// Returns when a mail went into a mailbox after that position of the log.
    public func waitForDelivery(after position: Int) async throws {
        try await log.wait(for: "status=sent", from: position)
    }

    private static func main(
        _ folder: WorkFolder, _ dovecot: Dovecot, _ domains: Set<String>, _ identity: ServerIdentity,
        _ offersSTARTTLS: Bool
    ) -> String {
        """
        compatibility_level = 3.6
        queue_directory = \(folder("queue"))
        data_directory = \(folder("data"))
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        meta_directory = /etc/postfix
        shlib_directory = /usr/lib/postfix
        mail_owner = postfix
        setgid_group = postdrop
        maillog_file = /dev/stdout
        myhostname = relay.voorbeeld.example
        mydestination =
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mynetworks =
        alias_maps =
        alias_database =
        local_recipient_maps =
        default_transport = error:5.7.1 nothing leaves this machine
        relay_transport = error:5.7.1 nothing leaves this machine
        virtual_mailbox_domains = \(domains.sorted().joined(separator: " "))
        virtual_transport = lmtp:unix:\(dovecot.folder("run/lmtp"))
        smtpd_tls_cert_file = \(identity.certificate)
        smtpd_tls_key_file = \(identity.key)
        smtpd_tls_auth_only = \(offersSTARTTLS ? "yes" : "no")
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = \(dovecot.folder("run/auth-postfix"))
        smtpd_relay_restrictions = permit_sasl_authenticated, reject
        smtpd_recipient_restrictions = check_policy_service unix:\(dovecot.folder("run/quota-status")), permit_sasl_authenticated, reject
        smtpd_client_connection_rate_limit = 0
        smtpd_error_sleep_time = 0
        message_size_limit = 20000000

        """
    }

    private static func services(port: Int, implicitTLSPort: Int, _ offersSTARTTLS: Bool) -> String {
        """
        127.0.0.1:\(port) inet n - n - - smtpd
          -o smtpd_tls_security_level=\(offersSTARTTLS ? "encrypt" : "none")
          -o smtpd_sasl_auth_enable=yes
        127.0.0.1:\(implicitTLSPort) inet n - n - - smtpd
          -o smtpd_tls_wrappermode=yes
          -o smtpd_sasl_auth_enable=yes
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        flush unix n - n 1000? 0 flush
        proxymap unix - - n - - proxymap
        error unix - - n - - error
        retry unix - - n - - error
        lmtp unix - - n - - lmtp
        anvil unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd

        """
    }
}
