// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import BoardConfiguration
import Foundation
import Gateway
import Ledger
import Logging
import ServiceLifecycle
import Transport
import UnixSignals
import Values
import Web

struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the gateway until it is told to stop.",
        discussion: "SIGTERM or Ctrl-C ends it gracefully; SIGHUP reads the persons file again.")

    @OptionGroup var configuration: ConfigurationOption

    @Option(help: "Log level: trace, debug, info, notice, warning, error.")
    var logLevel = "info"

    func run() async throws {
        guard let level = Logger.Level(rawValue: logLevel) else {
            throw ValidationError("--log-level \(logLevel) is no level.")
        }
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "meldpoort")
        logger.logLevel = level
        let loaded = try configuration.load(showingWarnings: true)
        let assembly: Assembly
        do {
            assembly = try await Assembly.assemble(loaded, logger: logger)
        } catch {
            throw Output.fail("cannot start: \(error)")
        }
        assembly.store.notes.forEach { logger.notice("\($0)") }
        let failure = await serve(assembly, logger: logger)
        await assembly.engine.shutdown(grace: .seconds(1))
        // The store stops last: whatever was under way has its outcome on disk by now.
        await assembly.store.close()
        if let failure { throw Output.fail("\(failure)") }
        logger.info("stopped")
    }

    private func serve(_ assembly: Assembly, logger: Logger) async -> (any Error)? {
        let server: MeldpoortServer
        do {
            server = try Self.server(for: assembly, logger: logger)
        } catch {
            return error
        }
        let reload = PersonsReload(assembly: assembly, logger: logger)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: assembly.gateway), .init(service: reload), .init(service: server)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = .seconds(assembly.configuration.shutdownGraceSeconds)
        do {
            try await ServiceGroup(configuration: configuration).run()
            return nil
        } catch {
            return error
        }
    }
}

extension Run {
    /// The door as configured. Says on standard output where it listens, once it does.
    private static func server(for assembly: Assembly, logger: Logger) throws -> MeldpoortServer {
        let settings = assembly.configuration.server
        var web = WebConfiguration(
            host: settings.host, port: settings.port,
            tls: settings.tls.map { .init(certificateFile: $0.certificateFile, keyFile: $0.keyFile) },
            maximumBodyBytes: settings.maximumBodyBytes, maximumBatchEvents: settings.maximumBatchEvents,
            publicURL: settings.publicURL)
        web.contact = .init(name: "ICT-beheer van \(assembly.configuration.board.name)")
        let scheme = settings.tls == nil ? "http" : "https"
        let readiness = Readiness(
            store: assembly.store,
            disk: DiskRoom(of: assembly.configuration.store.path, maximumBodyBytes: settings.maximumBodyBytes),
            now: Surroundings.system.now)
        return try MeldpoortServer(
            configuration: web, gateway: assembly.gateway,
            authenticator: Authenticator(store: assembly.store, now: Surroundings.system.now),
            renderer: assembly.renderer,
            readiness: { await readiness.reasons() },
            logger: logger,
            onListening: { port in Output.line("meldpoort listens on \(scheme)://\(settings.host):\(port)") })
    }
}

/// Reads the persons file again on SIGHUP, alone: a mistake in it leaves the persons as they were.
struct PersonsReload: Service, CustomStringConvertible {
    /// The service group logs its services: without this the whole configuration, with its persons, would stand in the log.
    var description: String { "PersonsReload" }

    let assembly: Assembly
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            let today = Surroundings.system.now().calendarDateInAmsterdam
            do {
                let loaded = try PersonsLoader(schools: assembly.configuration.schools)
                    .load(assembly.configuration.personsFile, today: today)
                loaded.warnings.forEach { logger.warning("\($0)") }
                assembly.model.replaceDirectory(loaded.directory)
                logger.info("persons read again")
            } catch {
                error.problems.forEach { logger.error("\($0)") }
                logger.error("the persons file has errors: the persons stay as they were")
            }
        }
    }
}
