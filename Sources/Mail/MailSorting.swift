// SPDX-License-Identifier: EUPL-1.2
public import Delivery

/// Tells kinds of mail apart. Pure; when in doubt it is for a person.
public struct MailSorting: Sendable, Hashable {
    private let portals: [SenderPattern]
    private let matches: [SenderPattern]

    /// - Parameters:
    ///   - portalSenders: addresses (`noreply@portaal.example`) or domains (`portaal.example`) of secure-mail portals.
    ///   - matchSenders: the same of the verwijsindex.
    public init(portalSenders: [String], matchSenders: [String]) {
        portals = portalSenders.map(SenderPattern.init)
        matches = matchSenders.map(SenderPattern.init)
    }

    /// The kind of a mail that could be read.
    public func kind(of mail: ReceivedMail) -> MailKind {
        let signs = mail.signs
        if signs.isDeliveryReport { return signs.reportsFailure ? .bezorgfout : .automatisch }
        // In somebody else's name it is no notice of the portal or the index: a person looks, and sees that.
        if mail.sender.check != .gezakt, let address = mail.sender.address,
            signs.autoSubmitted != "auto-replied"
        {
            if portals.contains(where: { $0.fits(address) }) { return .portaalbericht }
            if matches.contains(where: { $0.fits(address) }) { return .matchbericht }
        }
        return isAutomatic(mail) ? .automatisch : .bericht
    }

    private static let machinePrecedences: Set<String> = ["bulk", "junk", "auto_reply", "list"]

    /// RFC 3834 and what Exchange and others write instead. A document makes it a letter, whatever machine sent it.
    private func isAutomatic(_ mail: ReceivedMail) -> Bool {
        let brings = mail.attachments.contains { attachment in
            switch attachment.content {
            case .kept(let kind, _), .stored(let kind): [.pdf, .docx, .odt].contains(kind)
            case .notKept: false
            }
        }
        guard !brings else { return false }
        let signs = mail.signs
        if let keyword = signs.autoSubmitted { return keyword != "no" }
        return signs.suppressesResponses || signs.isMarkedAutoreply || signs.hasNullReturnPath
            || signs.precedence.map(Self.machinePrecedences.contains) ?? false
    }
}

/// An address, or a domain with everything below it.
struct SenderPattern: Sendable, Hashable {
    private let text: String

    init(_ text: String) {
        let lowered = text.lowercased()
        self.text = lowered.hasPrefix("@") ? String(lowered.dropFirst()) : lowered
    }

    func fits(_ address: String) -> Bool {
        let address = address.lowercased()
        if text.contains("@") { return address == text }
        guard let at = address.lastIndex(of: "@") else { return false }
        let domain = address[address.index(after: at)...]
        return domain == text || domain.hasSuffix(".\(text)")
    }
}
