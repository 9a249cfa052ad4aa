// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import BoardConfiguration
import CaseEvents
import Delivery
import Documents
import Foundation
public import Ledger
public import Logging
import Mail
public import Transport

/// Puts a gateway together from its configuration: opens the key and the store, binds every adapter to its own transport.
public struct Assembly: Sendable {
    public let configuration: Configuration
    public let model: GatewayModel
    public let keys: KeyRing
    public let store: SQLiteStore
    public let gateway: MeldpoortGateway
    /// The owner of all connections to counterparts; shut it down after the gateway and before the store.
    public let engine: CurlEngine
    /// Makes the PDFs that go with mails, and those of released texts.
    public let renderer: any DocumentRenderer

    /// - Throws: `MasterKeyError`, `LedgerError`, `StoreError`, `EndpointProblems`; nothing is left open then.
    public static func assemble(
        _ configuration: Configuration, surroundings: Surroundings = .system, logger: Logger
    ) async throws -> Assembly {
        let keys = KeyRing(try masterKey(configuration.store.masterKey))
        let engine = CurlEngine()
        let renderer = WeasyPrintRenderer()
        let model = try GatewayModel(configuration, engine: engine, renderer: renderer)
        let mailer = try configuration.notices.relay.map {
            NoticeMailer(transport: try SMTPTransport(SMTPRelay($0), engine: engine), ict: configuration.notices.ict)
        }
        let postBoxes = try configuration.mailboxes.map { try PostBox($0, engine: engine) }
        let store = try SQLiteStore.open(configuration.store.path, ring: keys, clock: surroundings.now)
        do {
            let gateway = MeldpoortGateway(
                model: model, store: store, keys: keys, mailer: mailer, troubles: try await store.troubles(),
                postBoxes: postBoxes, concernFolders: configuration.readableConcernFolders,
                surroundings: surroundings, logger: logger)
            return Assembly(
                configuration: configuration, model: model, keys: keys, store: store, gateway: gateway, engine: engine,
                renderer: renderer)
        } catch {
            await store.close()
            throw error
        }
    }

    /// Opens the master key where the configuration says it is.
    public static func masterKey(_ reference: SecretReference) throws(MasterKeyError) -> MasterKey {
        switch reference {
        case .file(let path): try MasterKey(file: path)
        case .environment(let variable):
            try MasterKey(variable: variable, in: ProcessInfo.processInfo.environment)
        }
    }
}

extension Configuration {
    /// The folders with the adapters that read them.
    fileprivate var readableConcernFolders: [ConcernFolder] {
        concernFolders.compactMap { folder in
            (recipient(folder.recipient)?.adapter as? any ConcernSource).map {
                ConcernFolder(id: folder.id, path: folder.folder, source: $0, pollSeconds: folder.pollSeconds)
            }
        }
    }
}

extension GatewayModel {
    /// Makes every recipient ready. Opens no connection.
    /// - Parameter renderer: Makes the PDFs that go with mails; without it they go without.
    public convenience init(
        _ configuration: Configuration, engine: CurlEngine, renderer: (any DocumentRenderer)? = nil
    ) throws(EndpointProblems) {
        var runtimes: [RecipientRuntime] = []
        for recipient in configuration.recipients {
            runtimes.append(
                RecipientRuntime(
                    recipient: recipient.recipient, agreements: recipient.agreements, adapter: recipient.adapter,
                    transport: try recipient.connection.transport(engine, renderer: renderer),
                    maxInFlight: recipient.maximumInFlight,
                    retry: recipient.retry))
        }
        self.init(
            boardName: configuration.board.name, schools: configuration.schools,
            reader: .init(sources: configuration.sources + PersonSource.sources), recipients: runtimes,
            routes: configuration.routing, policy: configuration.policy, tracks: configuration.tracks,
            tellAfterSeconds: configuration.terms.tellAfterMinutes * 60,
            holds: HoldClock(
                remindAfterSeconds: configuration.terms.remindAfterDays * 86_400,
                expireAfterSeconds: configuration.terms.expireAfterDays * 86_400), owed: configuration.owed,
            schoolHolidays: configuration.schoolHolidays, directory: configuration.directory)
    }
}

extension Connection {
    /// The way out to this recipient and to no other; nil for `handover`.
    public func transport(
        _ engine: CurlEngine, renderer: (any DocumentRenderer)? = nil
    ) throws(EndpointProblems) -> (any OutboundTransport)? {
        switch self {
        case .api(let connection): try HTTPTransport(HTTPEndpoint(connection), engine: engine)
        case .mail(let connection):
            try SMTPTransport(SMTPRelay(connection), engine: engine, renderer: renderer)
        case .handover: nil
        case .folder(let path): FolderTransport(path: path)
        }
    }
}

extension HTTPEndpoint {
    /// The endpoint as configured.
    public init(_ connection: HTTPSConnection) {
        self.init(baseURL: connection.baseURL)
        trust = connection.caFile.map { .authorities(file: $0) } ?? .systemStore
        identity = connection.clientCertificate.map { certificate in
            switch certificate {
            case .pem(let file, let key, let password): .pem(certificateFile: file, keyFile: key, password: password)
            case .pkcs12(let file, let password): .pkcs12(file: file, password: password)
            }
        }
        connectTimeout = .seconds(connection.connectTimeoutSeconds)
        totalTimeout = .seconds(connection.totalTimeoutSeconds)
        maximumAnswerBytes = connection.maximumResponseBytes
        maximumConnections = connection.maximumConnections
        requestsPerMinute = connection.requestsPerMinute
        oauth = connection.oauth.map { OAuthClient($0, allowPlaintextLoopback: connection.isPlaintextLoopback) }
        headers = connection.headers.map { FixedHeader($0.name, $0.value) }
        allowPlaintextLoopback = connection.isPlaintextLoopback
    }
}

extension OAuthClient {
    /// The source of tokens as configured.
    public init(_ connection: OAuthConnection, allowPlaintextLoopback: Bool = false) {
        self.init(
            tokenURL: connection.tokenURL, clientID: connection.clientID, clientSecret: connection.clientSecret)
        scope = connection.scope
        audience = connection.audience
        credentialsInBody = connection.credentialPlace == .body
        extraParameters = connection.extraParameters
        trust = connection.caFile.map { .authorities(file: $0) } ?? .systemStore
        self.allowPlaintextLoopback = allowPlaintextLoopback
    }
}

extension IMAPAccount {
    /// The mailbox as configured.
    public init(_ mailbox: ConfiguredMailbox) {
        let credential: Credential =
            switch mailbox.credential {
            case .password(let password): .password(password)
            case .oauth(let connection): .oauth(OAuthClient(connection))
            }
        self.init(host: mailbox.host, port: mailbox.port, username: mailbox.username, credential: credential)
        security = mailbox.security == .startTLS ? .startTLS : .implicitTLS
        folder = mailbox.folder
        trust = mailbox.caFile.map { .authorities(file: $0) } ?? .systemStore
        maximumMessageBytes = mailbox.maximumMessageBytes
        connectTimeout = .seconds(mailbox.connectTimeoutSeconds)
        totalTimeout = .seconds(mailbox.totalTimeoutSeconds)
    }
}

extension PostBox {
    /// The mailbox as configured. Opens no connection.
    public init(_ mailbox: ConfiguredMailbox, engine: CurlEngine) throws(EndpointProblems) {
        var limits = MailLimits()
        limits.allowedKinds = Set(mailbox.attachmentTypes.compactMap(AttachmentKind.init(rawValue:)))
        limits.maximumAttachmentBytes = mailbox.maximumAttachmentBytes
        self.init(
            id: mailbox.id, mailbox: try IMAPMailbox(IMAPAccount(mailbox), engine: engine),
            processedFolder: mailbox.processedFolder, pollSeconds: mailbox.pollSeconds,
            sorting: MailSorting(portalSenders: mailbox.portalSenders, matchSenders: mailbox.matchSenders),
            reader: MailReader(limits: limits, trusting: mailbox.checkedBy))
    }
}

extension SMTPRelay {
    /// The relay as configured.
    public init(_ connection: MailConnection) {
        self.init(
            host: connection.host, port: connection.port, username: connection.username, password: connection.password,
            sender: connection.sender)
        security = connection.security == .startTLS ? .startTLS : .implicitTLS
        helloName = connection.helloName
        trust = connection.caFile.map { .authorities(file: $0) } ?? .systemStore
        connectTimeout = .seconds(connection.connectTimeoutSeconds)
        totalTimeout = .seconds(connection.totalTimeoutSeconds)
        maximumConnections = connection.maximumConnections
    }
}
