// SPDX-License-Identifier: EUPL-1.2
import Foundation
public import Sandbox
import Synchronization

/// A made-up board with its counterparts and a gateway that runs, is killed and is started again.
public final class RunningSite: Sendable {
    /// Who asks, with which token.
    public enum Asker: Sendable {
        case system, aandachtsfunctionaris, meldingsbevoegde
        /// A person of the persons file, by identifier; `RunningSite.admit` first.
        case person(String)
    }

    public let board: BoardSite
    /// What every gateway of this site wrote to its standard error.
    public let log = ProcessLog()
    /// Counts the starts.
    public let starts = Tally()
    private let logLevel: String
    private let tokens: Mutex<[String: String]>
    private let running = Mutex<GatewayProcess?>(nil)
    private let lastAddress = Mutex("")
    private let launch = Mutex<(launcher: [String], environment: [String: String])>(([], [:]))

    /// Tests run side by side; a machine of two cores carries this many gateways without missing a term.
    private static let turnstile = Turnstile(4)

    private init(_ board: BoardSite, logLevel: String) throws {
        self.board = board
        self.logLevel = logLevel
        let files = [
            "system": board.systemToken, "af-wilg": board.aandachtsfunctionaris, "mb-wilg": board.meldingsbevoegde,
        ]
        tokens = Mutex(try files.mapValues(Self.token))
    }

    /// Builds a site in a folder of its own, lets `body` use it, and removes everything again, whatever happens.
    public static func with(
        _ options: BoardOptions = BoardOptions(), logLevel: String = "info", isStarted: Bool = true,
        _ body: (RunningSite) async throws -> Void
    ) async throws {
        await turnstile.enter()
        defer { turnstile.leave() }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("meldpoort-\(UUID().uuidString)")
            .path
        let board = try await BoardSite.build(in: folder, options: options, program: Program.find())
        let site: RunningSite
        do {
            site = try RunningSite(board, logLevel: logLevel)
            if isStarted { try await site.start() }
        } catch {
            await board.tearDown()
            try? FileManager.default.removeItem(atPath: folder)
            throw error
        }
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(site))
        } catch {
            result = .failure(error)
            print("the gateway's log ends with:\n\(site.log.text.suffix(2_000))")
        }
        await site.kill()
        await board.tearDown()
        try? FileManager.default.removeItem(atPath: folder)
        try result.get()
    }

    // MARK: - The process

    /// Starts a gateway on the site's store.
    /// - Throws: `SandboxError.program` when it does not come up; its log says why.
    public func start() async throws {
        let end = log.newEnd()
        defer { try? end.close() }
        let process = try await GatewayProcess.start(tool, logLevel: logLevel, errors: end)
        lastAddress.withLock { $0 = process.address }
        running.withLock { $0 = process }
        starts.step()
    }

    /// Launches the gateways that are started from now on, and commands, by way of a program and with these variables.
    public func use(_ launcher: [String], _ environment: [String: String]) {
        launch.withLock { $0 = (launcher, environment) }
    }

    private var tool: CommandLineTool {
        var tool = board.cli
        (tool.launcher, tool.environment) = launch.withLock { $0 }
        return tool
    }

    /// SIGKILL, as a power cut would.
    public func kill() async {
        await running.withLock { process in
            defer { process = nil }
            return process
        }?.kill()
    }

    /// SIGTERM; true when it ended with status 0.
    public func stop() async -> Bool {
        await running.withLock { process in
            defer { process = nil }
            return process
        }?.stop() ?? false
    }

    /// Puts another persons file in force in the running gateway, and returns when it is.
    public func replacePersons(_ change: (String) -> String) async throws {
        let persons = try String(contentsOfFile: board.personsFile, encoding: .utf8)
        try change(persons).write(toFile: board.personsFile, atomically: true, encoding: .utf8)
        let position = log.position
        reloadPersons()
        try await log.wait(for: "persons read again", from: position)
    }

    /// Lets the gateway read its persons file again; its log says what came of it.
    public func reloadPersons() { running.withLock { $0 }?.reloadPersons() }

    public var processNumber: Int32? { running.withLock { $0 }?.identifier }

    /// Where the gateway listens, or where the last one did.
    public var address: String { lastAddress.withLock { $0 } }

    /// The program, with the site's configuration.
    public func cli(
        _ arguments: [String], as asker: Asker? = nil, input: String? = nil, mayFail: Bool = false
    ) async throws -> CommandLineTool.Answer {
        let tool = tool.at(address)
        let file = asker.map(tokenFile)
        return try await offPool { try tool.run(arguments, token: file, input: input, mayFail: mayFail) }
    }

    // MARK: - Tokens

    /// Makes a token for a person, so that they can ask.
    public func admit(_ person: String) async throws {
        let file = try await offPool { [board] in try board.makeToken(person: person) }
        let token = try Self.token(file)
        tokens.withLock { $0[person] = token }
    }

    public func token(of asker: Asker) -> String {
        tokens.withLock { $0[name(asker)] } ?? ""
    }

    private func tokenFile(_ asker: Asker) -> String {
        switch asker {
        case .system: board.systemToken
        case .aandachtsfunctionaris: board.aandachtsfunctionaris
        case .meldingsbevoegde: board.meldingsbevoegde
        case .person(let id): "\(board.folder)/gateway/secrets/\(id).token"
        }
    }

    private func name(_ asker: Asker) -> String {
        switch asker {
        case .system: "system"
        case .aandachtsfunctionaris: "af-wilg"
        case .meldingsbevoegde: "mb-wilg"
        case .person(let id): id
        }
    }

    private static func token(_ file: String) throws -> String {
        try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
