// SPDX-License-Identifier: EUPL-1.2
public import Mail
public import Transport

/// A mailbox with everything needed to take over what arrives in it.
public struct PostBox: Sendable {
    /// As configured.
    public let id: String
    public let mailbox: any Mailbox
    /// The existing folder that what was taken over is moved to; nil when it stays where it is.
    public let processedFolder: String?
    public let pollSeconds: Int
    public let sorting: MailSorting
    public let reader: MailReader

    public init(
        id: String, mailbox: any Mailbox, processedFolder: String?, pollSeconds: Int, sorting: MailSorting,
        reader: MailReader = MailReader()
    ) {
        self.id = id
        self.mailbox = mailbox
        self.processedFolder = processedFolder
        self.pollSeconds = pollSeconds
        self.sorting = sorting
        self.reader = reader
    }

    /// In the table of troubles. No recipient can have this name: identifiers hold no colon.
    static func troubleKey(_ id: String) -> String { "postbus:\(id)" }
}
