// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The systems of the school beside the partners of the chain: a leerlingvolgsysteem to read pupils from, a folder into which it
/// exports concerns, one for what is written back, a mailbox in which answers arrive, and an intranet of plain pages.
public struct ChainSite: Sendable {
    public let register: SomtodayCounterpart
    public let mailbox: MailboxCounterpart
    /// Into which concerns are exported.
    public let concernFolder: String
    /// Into which registrations for the LVS are dropped.
    public let registrationFolder: String
    /// In which the pages of the intranet lie.
    public let intranetFolder: String

    static let mailboxPassword = "sandbox-mailbox-password"
    /// Where the mailbox keeps what was taken over.
    public static let processedFolder = "Verwerkt"

    static func start(in folder: String, _ certificates: Certificates) async throws -> ChainSite {
        let register = SomtodayCounterpart(
            security: .server(certificates.server), register: MadeUpRegister(brin: "01AB"))
        let mailbox = MailboxCounterpart(
            identity: certificates.server, user: "meldcode", password: mailboxPassword,
            folders: ["INBOX", processedFolder])
        try await register.site.start()
        try await mailbox.start()
        let site = ChainSite(
            register: register, mailbox: mailbox, concernFolder: "\(folder)/lvs-export",
            registrationFolder: "\(folder)/lvs-import", intranetFolder: "\(folder)/intranet")
        for path in [site.concernFolder, site.registrationFolder, site.intranetFolder] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        return site
    }

    func stop() async {
        await register.site.stop()
        await mailbox.stop()
    }

    /// The recipients, in the notation of the configuration.
    func recipients(relay: String, ca: String) -> String {
        """
          - id: lvs-lezen
            kind: leerlingvolgsysteem
            name: Somtoday (lezen)
            adapter: leerlingvolgsysteem
            channel: api
            connection:
              base_url: https://localhost:\(register.site.port)/rest/v1
              ca_file: \(ca)
              max_response_bytes: 4194304
              oauth:
                token_url: https://localhost:\(register.site.port)/oauth2/token?organisation=\(SomtodayCounterpart.organisation)
                client_id: \(TokenEndpoint.Client.standard().id)
                client_secret: {file: secrets/lvs-client-secret}
            settings: {dialect: somtoday}
          - id: lvs
            kind: leerlingvolgsysteem
            name: Leerlingvolgsysteem
            adapter: leerlingvolgsysteem
            channel: folder
            connection: {folder: "\(Self.absolute(registrationFolder))"}
            settings: {hidden_section: Zorgdossier}
          - id: directie
            kind: directie
            name: Directie De Wilg
            adapter: bestuur
            channel: mail
            connection:
              \(relay)
            settings: {to_addresses: [directie@dewilg.example], contact: de aandachtsfunctionaris}
          - id: intranet
            kind: intranet
            name: Intranet Voorbeeldbestuur
            adapter: intranet
            channel: folder
            connection: {folder: "\(Self.absolute(intranetFolder))"}
            settings: {target: html}
        """
    }

    static let routes = """
        - {event: nl.meldcode.stap-gezet.v1, recipients: [lvs]}
          - {event: nl.meldcode.publicatie-aangeboden.v1, recipients: [intranet]}
          - {event: nl.meldcode.publicatie-ingetrokken.v1, recipients: [intranet]}
        """

    func sections(ca: String) -> String {
        """
        mailboxes:
          - id: meldcode
            host: localhost
            port: \(mailbox.port)
            username: meldcode
            password: {file: secrets/mailbox-password}
            ca_file: \(ca)
            processed_folder: \(Self.processedFolder)
            poll_seconds: 10
            recipients: [veilig-thuis]
        concern_folders:
          - {id: lvs, recipient: lvs, folder: "\(Self.absolute(concernFolder))", poll_seconds: 5}
        """
    }

    func writeSecrets(in folder: String) throws {
        let client = TokenEndpoint.Client.standard()
        let secrets = [
            "lvs-client-secret": client.secret, "mailbox-password": Self.mailboxPassword,
        ]
        for (name, value) in secrets {
            let file = "\(folder)/secrets/\(name)"
            try Data("\(value)\n".utf8).write(to: URL(fileURLWithPath: file))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }

    private static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).path }
}
