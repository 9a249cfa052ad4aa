// SPDX-License-Identifier: EUPL-1.2
public import Foundation

/// How a made-up board is set up.
public struct BoardOptions: Sendable {
    /// Whether the index is spoken to over plain HTTP: for measuring without TLS.
    public var isIndexPlaintext = false
    /// What the index remembers of requests.
    public var isIndexCountingOnly = false
    public var maxInFlight = 16
    /// The YAML of `retry:`.
    public var retry = "{first_delay_seconds: 1, factor: 2, longest_delay_seconds: 5, maximum_attempts: 4}"
    public var tellAfterMinutes = 15
    /// Where the store lies; nil for the gateway's own folder.
    public var storePath: String?
    /// Whether the door speaks TLS, with the certificate of the counterparts.
    public var isDoorSecure = false
    /// Whether notices go over a relay of their own, so that they arrive while the relay for reports is down.
    public var hasNoticesRelay = false
    /// Where reports go: `veilig-thuis` (by mail), `veilig-thuis-telefoon` (a person passes them on).
    public var reportRecipients = ["veilig-thuis"]
    /// Whether the board has a second school, 02CD, with an aandachtsfunctionaris and a meldingsbevoegde of its own.
    public var hasSecondSchool = false
    /// Whether the board knows `raad`, `politie`, `gi`, `hulp`, `hulp-twee` and `lvs`, to which persons pass things on.
    public var hasPartners = false
    /// Whether the board has the systems of `ChainSite` as well.
    public var hasChain = false
    /// Whether the gateway finds the program that makes PDFs. Each costs a second or two: a load of hundreds goes without.
    public var makesPapers = false

    public init() {}
}

/// A made-up school board on this machine: counterparts, configuration and tokens, ready for a gateway to be started.
public struct BoardSite: Sendable {
    public let folder: String
    public let cli: CommandLineTool
    public let index: IndexCounterpart
    public let relay: RelayCounterpart
    /// The relay for notices; the same one unless `BoardOptions.hasNoticesRelay`.
    public let noticesRelay: RelayCounterpart
    public let certificates: Certificates
    /// The school's own systems; nil unless `BoardOptions.hasChain`.
    public let chain: ChainSite?
    /// The store's file.
    public let storePath: String
    /// Files with tokens: a system's and two persons'.
    public let systemToken: String
    public let aandachtsfunctionaris: String
    public let meldingsbevoegde: String

    /// The password that the relay demands.
    static let relayPassword = "sandbox-relay-password"

    /// Starts the counterparts, runs `meldpoort init`, writes the configuration and makes the tokens.
    /// - Parameter folder: removed first if it is there.
    public static func build(
        in folder: String, options: BoardOptions = BoardOptions(), program: URL? = nil
    ) async throws -> BoardSite {
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let certificates = try CertificateWorkshop.prepare(in: "\(folder)/certificates")
        let index = IndexCounterpart(
            security: options.isIndexPlaintext ? .plaintext : .mutual(certificates.server, clientCA: certificates.ca),
            recording: options.isIndexCountingOnly ? .countOnly : .everything, behaviour: .index)
        try await index.start()
        let relay = try await startRelay(certificates)
        let noticesRelay = options.hasNoticesRelay ? try await startRelay(certificates) : relay
        let chain = options.hasChain ? try await ChainSite.start(in: folder, certificates) : nil
        var cli = try CommandLineTool(configuration: "\(folder)/gateway/meldpoort.yaml", program: program)
        cli.makesPapers = options.makesPapers
        _ = try cli.run(["init", "\(folder)/gateway"])
        let url = options.isIndexPlaintext ? "http://127.0.0.1:\(index.port)" : "https://localhost:\(index.port)"
        try BoardFiles.write(
            to: "\(folder)/gateway", certificates: certificates, indexURL: url, relayPort: relay.port,
            noticesPort: noticesRelay.port, chain: chain, options: options)
        let secrets = "\(folder)/gateway/secrets"
        return BoardSite(
            folder: folder, cli: cli, index: index, relay: relay, noticesRelay: noticesRelay,
            certificates: certificates, chain: chain,
            storePath: options.storePath ?? "\(folder)/gateway/data/meldpoort.db",
            systemToken: try token("lvs", ["--kind", "systeem", "--label", "LVS"], with: cli, in: secrets),
            aandachtsfunctionaris: try token(
                "af", ["--kind", "persoon", "--person", "af-wilg"], with: cli, in: secrets),
            meldingsbevoegde: try token("mb", ["--kind", "persoon", "--person", "mb-wilg"], with: cli, in: secrets))
    }

    /// The persons file; the gateway reads it again on SIGHUP.
    public var personsFile: String { "\(folder)/gateway/personen.yaml" }

    /// Makes a token of a person for all schools, and answers the file it stands in.
    public func makeToken(person: String) throws -> String {
        try Self.token(
            person, ["--kind", "persoon", "--person", person], with: cli, in: "\(folder)/gateway/secrets")
    }

    /// Stops the counterparts.
    public func tearDown() async {
        await index.stop()
        await relay.stop()
        await noticesRelay.stop()
        await chain?.stop()
    }

    private static func startRelay(_ certificates: Certificates) async throws -> RelayCounterpart {
        let relay = RelayCounterpart(
            identity: certificates.server,
            rules: RelayRules(credentials: .init(user: "meldpoort", password: relayPassword)))
        try await relay.start()
        return relay
    }

    private static func token(
        _ name: String, _ arguments: [String], with cli: CommandLineTool, in folder: String
    ) throws -> String {
        let file = "\(folder)/\(name).token"
        _ = try cli.run(["token", "create", "--out", file] + arguments)
        return file
    }
}
