// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import BoardConfiguration
import CaseEvents
import Delivery
import Foundation
public import Ledger
public import Logging
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

    /// - Throws: `MasterKeyError`, `LedgerError`, `StoreError`, `EndpointProblems`; nothing is left open then.
    public static func assemble(
        _ configuration: Configuration, surroundings: Surroundings = .system, logger: Logger
    ) async throws -> Assembly {
        let keys = KeyRing(try masterKey(configuration.store.masterKey))
        let engine = CurlEngine()
        let model = try GatewayModel(configuration, engine: engine)
        let mailer = try configuration.notices.relay.map {
            NoticeMailer(transport: try SMTPTransport(SMTPRelay($0), engine: engine), ict: configuration.notices.ict)
        }
        let store = try SQLiteStore.open(configuration.store.path, ring: keys, clock: surroundings.now)
        do {
            let gateway = MeldpoortGateway(
                model: model, store: store, keys: keys, mailer: mailer, troubles: try await store.troubles(),
                surroundings: surroundings, logger: logger)
            return Assembly(
                configuration: configuration, model: model, keys: keys, store: store, gateway: gateway, engine: engine)
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

extension GatewayModel {
    /// Makes every recipient ready. Opens no connection.
    public convenience init(_ configuration: Configuration, engine: CurlEngine) throws(EndpointProblems) {
        var runtimes: [RecipientRuntime] = []
        for recipient in configuration.recipients {
            runtimes.append(
                RecipientRuntime(
                    recipient: recipient.recipient, agreements: recipient.agreements, adapter: recipient.adapter,
                    transport: try recipient.connection.transport(engine), maxInFlight: recipient.maximumInFlight,
                    retry: recipient.retry))
        }
        self.init(
            schools: configuration.schools, reader: .init(sources: configuration.sources), recipients: runtimes,
            routes: configuration.routing, policy: configuration.policy, tracks: configuration.tracks,
            tellAfterSeconds: configuration.terms.tellAfterMinutes * 60,
            holds: HoldClock(
                remindAfterSeconds: configuration.terms.remindAfterDays * 86_400,
                expireAfterSeconds: configuration.terms.expireAfterDays * 86_400), directory: configuration.directory)
    }
}

extension Connection {
    /// The way out to this recipient and to no other; nil for `handover`.
    public func transport(_ engine: CurlEngine) throws(EndpointProblems) -> (any OutboundTransport)? {
        switch self {
        case .api(let connection): try HTTPTransport(HTTPEndpoint(connection), engine: engine)
        case .mail(let connection): try SMTPTransport(SMTPRelay(connection), engine: engine)
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
        headers = connection.headers.map { FixedHeader($0.name, $0.value) }
        allowPlaintextLoopback = connection.isPlaintextLoopback
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
