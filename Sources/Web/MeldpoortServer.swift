// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Gateway
import HTTPTypes
import HummingbirdCore
import HummingbirdTLS
public import Logging
import NIOCore
import NIOPosix
import NIOSSL
public import ServiceLifecycle
import Synchronization

/// The HTTP door: CloudEvents in, the state of deliveries out, and the acts of persons.
///
/// Answers until graceful shutdown; then it takes no new connections and ends when the requests under way are answered.
public final class MeldpoortServer: Service {
    private let configuration: WebConfiguration
    private let door: Door
    private let server: HTTPServerBuilder
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void
    private let isStopping: StopFlag

    /// Reads the certificate and its key, and binds nothing yet.
    /// - Parameters:
    ///   - renderer: makes PDFs of released texts.
    ///   - readiness: why the gateway cannot do its work now, in Dutch without anything personal; empty when it can.
    ///   - onListening: called with the port once connections are taken.
    /// - Throws: `NIOSSLError` and the like when the certificate or the key cannot be used.
    public init(
        configuration: WebConfiguration, gateway: MeldpoortGateway, authenticator: Authenticator,
        renderer: (any DocumentRenderer)? = nil, readiness: @escaping @Sendable () async -> [String], logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        let flag = StopFlag()
        let services = WebServices(
            gateway: gateway, configuration: configuration,
            readiness: { flag.isSet ? ["Meldpoort wordt gestopt."] : await readiness() },
            documents: Documents(configuration: configuration), renderer: renderer)
        let log = AccessLog(logger)
        let door = Door(services: services, authenticator: authenticator, routes: Routes.all, log: log)
        let http = Self.http(configuration, door: door, log: log)
        server = try configuration.tls.map { try .tls(http, tlsConfiguration: Self.tls($0)) } ?? http
        self.configuration = configuration
        self.door = door
        self.logger = logger
        self.onListening = onListening
        isStopping = flag
    }

    /// Listens and answers until graceful shutdown.
    /// - Throws: `IOError` when the address cannot be bound.
    public func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.eventLoops))
        let result: Result<Void, any Error>
        do {
            let listener = try server.buildServer(
                configuration: ServerConfiguration(
                    address: .hostname(configuration.host, port: configuration.port),
                    availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)),
                eventLoopGroup: group, logger: logger,
                responder: { [door] request, writer, _ in
                    let response = await door.respond(to: request)
                    try await writer.write(response: response.head, body: response.body)
                },
                onServerRunning: { [onListening] channel in
                    if let port = channel.localAddress?.port { await onListening(port) }
                })
            try await withGracefulShutdownHandler {
                try await listener.run()
            } onGracefulShutdown: {
                self.isStopping.set()
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await group.shutdownGracefully()
        try result.get()
    }

    private static func http(_ configuration: WebConfiguration, door: Door, log: AccessLog) -> HTTPServerBuilder {
        let headers = door.headers
        let settings = ConnectionGuard.Settings(
            requestTimeout: .seconds(Int64(configuration.requestTimeoutSeconds)),
            maximumBodyBytes: configuration.maximumBodyBytes,
            answer: { problem in
                log.write(problem)
                var fields = headers.fields(for: problem.answer)
                fields[.connection] = "close"
                return (
                    HTTPResponse(status: problem.kind.status, headerFields: fields),
                    ByteBuffer(bytes: problem.answer.body)
                )
            })
        return .http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(settings)],
                idleTimeout: .seconds(Int64(configuration.idleTimeoutSeconds)),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 8_192, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)))
    }

    /// TLS 1.2 with forward secrecy and authenticated encryption, or 1.3.
    private static func tls(_ files: WebConfiguration.TLS) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMFile(files.certificateFile).map {
            NIOSSLCertificateSource.certificate($0)
        }
        let key = try NIOSSLPrivateKey(file: files.keyFile, format: .pem)
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        return configuration
    }
}

/// Set once, when the server begins to stop.
private final class StopFlag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }

    func set() {
        value.store(true, ordering: .relaxed)
    }
}
