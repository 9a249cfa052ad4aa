// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

extension ConfigurationReader {
    private static let mailboxKeys = [
        "id", "host", "port", "security", "username", "password", "oauth", "ca_file", "folder", "processed_folder",
        "poll_seconds", "max_message_bytes", "recipients", "portal_senders", "match_senders",
        "attachment_types", "max_attachment_bytes", "checked_by",
        "connect_timeout_seconds", "total_timeout_seconds",
    ]

    func mailboxes(_ node: YAMLNode, recipients: [RecipientDraft]) -> [ConfiguredMailbox]? {
        guard let mailboxes = node.list(log, of: { mailbox($0, recipients: recipients) }) else { return nil }
        log.reportRepeats("the mailbox", mailboxes.map { (key: $0.id, place: $0.places["id"]) })
        return mailboxes
    }

    private func mailbox(_ node: YAMLNode, recipients: [RecipientDraft]) -> ConfiguredMailbox? {
        guard let section = Section(node, keys: Self.mailboxKeys, log) else { return nil }
        let id = section.required("id") { $0.identifier(log) }
        let host = section.required("host", hostName)
        let security =
            section.optional("security") {
                $0.choice(rawChoices(MailConnection.Security.self), "way to begin TLS", log)
            } ?? .implicitTLS
        let username = section.text("username")
        let caFile = section.optional("ca_file") { surroundings.file($0) }
        let credential = mailboxCredential(section, caFile: caFile)
        let folder = section.optional("folder", mailFolder) ?? "INBOX"
        let processed = section.optional("processed_folder", mailFolder)
        if let processed, processed == folder {
            log.error(
                section.place(of: "processed_folder"), "what is taken over would be moved to where it is",
                suggestion: "Name another existing folder, or remove the key.")
        }
        let mine = section.optional("recipients") { $0.set(log) { self.recipient($0, among: recipients) } }
        let portals = section.optional("portal_senders") { $0.set(log, of: domain) }
        let matches = section.optional("match_senders") { $0.set(log, of: domainOrAddress) }
        let kinds = ConfiguredMailbox.attachmentKinds.map { (name: $0, value: $0) }
        let attachments = section.optional("attachment_types") { node in
            node.set(log) { $0.choice(kinds, "kind of attachment", log) }
        }
        let attachmentBytes = section.integer("max_attachment_bytes", in: 1_024...104_857_600, default: 10_485_760)
        let checkedBy = section.optional("checked_by", hostName)
        let bytes = section.integer("max_message_bytes", in: 65_536...157_286_400, default: 26_214_400)
        let port = section.integer("port", in: 1...65_535, default: security == .startTLS ? 143 : 993)
        let poll = section.integer("poll_seconds", in: 10...3_600, default: 60)
        let connect = section.integer("connect_timeout_seconds", in: 1...3_600, default: 15)
        let total = section.integer("total_timeout_seconds", in: 1...3_600, default: 120)
        guard let id, let host, let username, let credential else { return nil }
        return ConfiguredMailbox(
            id: id, host: host, port: port, security: security, username: username, credential: credential,
            caFile: caFile, folder: folder, processedFolder: processed, pollSeconds: poll, maximumMessageBytes: bytes,
            recipients: mine ?? [], portalSenders: portals ?? [], matchSenders: matches ?? [],
            attachmentTypes: attachments ?? ConfiguredMailbox.attachmentKinds,
            maximumAttachmentBytes: attachmentBytes, checkedBy: checkedBy,
            connectTimeoutSeconds: connect, totalTimeoutSeconds: total, place: section.place,
            places: places(of: section))
    }

    private func mailboxCredential(_ section: Section, caFile: String?) -> ConfiguredMailbox.Credential? {
        switch (section["password"], section["oauth"]) {
        case (let password?, nil): return surroundings.secret(password).map { .password($0) }
        case (nil, let node?): return oauth(node, caFile: caFile).map { .oauth($0) }
        default:
            log.error(
                section.place, "a mailbox has either a password or oauth",
                suggestion: "Write password: {file: secrets/name}, or oauth: {token_url: …}.")
            return nil
        }
    }

    /// A folder's name that needs no escaping anywhere on its way: letters outside ASCII have a notation of their own in IMAP.
    private func mailFolder(_ node: YAMLNode) -> String? {
        guard let text = node.text(log) else { return nil }
        let isFine =
            text.utf8.count <= 200 && !text.hasSuffix("/")
            && text.utf8.allSatisfy { (0x20...0x7E).contains($0) && !#""\%*&"#.utf8.contains($0) }
        guard isFine else {
            log.error(
                node.place, "“\(text)” cannot be the name of a folder here",
                suggestion: #"Use ASCII without “"”, “\”, “%”, “*” and “&”, such as INBOX/Verwerkt."#)
            return nil
        }
        return text
    }

    private func domain(_ node: YAMLNode) -> String? {
        guard let text = node.text(log) else { return nil }
        guard Addresses.isHost(text), text.contains(".") else {
            log.error(
                node.place, "“\(text)” is no domain",
                suggestion: "Write only what stands after the “@”, such as portaal.example.")
            return nil
        }
        return text.lowercased()
    }

    private func domainOrAddress(_ node: YAMLNode) -> String? {
        guard let text = node.text(log), text.contains("@") else { return domain(node) }
        return node.mailAddress(log)?.lowercased()
    }
}
