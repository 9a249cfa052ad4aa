// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import BoardConfiguration
import CaseEvents
import Delivery
import Foundation
import Gateway
import Ledger
import Values

struct Token: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make, list and revoke bearer tokens.",
        discussion: """
            A `systeem` token submits events and reads its own. A `persoon` token is bound to one configured person, who alone
            can confirm, release and decide. Only a hash is stored: a token is shown once.
            """,
        subcommands: [Create.self, List.self, Revoke.self],
        defaultSubcommand: List.self)

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a token and print it once.")

        @Option(help: "systeem or persoon.") var kind: String
        @Option(help: "The configured person, for a persoon token.") var person: String?
        @Option(help: "A school's BRIN; repeat for more (default: all configured schools).") var school: [String] = []
        @Option(help: "An event type; repeat for more (default: all types).") var type: [String] = []
        @Option(help: "What it is for, in your own words.") var label = ""
        @Option(help: "Write the token to this new file (0600) instead of printing it.", completion: .file()) var out:
            String?
        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let loaded = try configuration.load()
            let (kind, schools, types) = try validated(loaded)
            let issued = Authenticator.issue(
                kind: kind, personID: person, schools: schools, eventTypes: types, label: label,
                at: Surroundings.system.now())
            var change = Change()
            change.newTokens = [issued.record]
            try await Token.commit(change, to: loaded)
            try show(issued.text, id: issued.record.id)
        }

        private func validated(_ loaded: Configuration) throws -> (NewToken.Kind, [String], [String]) {
            guard let kind = NewToken.Kind(rawValue: kind) else {
                throw ValidationError("--kind is systeem or persoon.")
            }
            guard (kind == .persoon) == (person != nil) else {
                throw ValidationError("A persoon token needs --person; a systeem token takes none.")
            }
            if let person, loaded.directory.person(person) == nil {
                throw ValidationError("There is no person \(person) in the persons file.")
            }
            let known = loaded.schools.map(\.brin.description)
            for brin in school where !known.contains(brin) {
                throw ValidationError("School \(brin) is not configured.")
            }
            for name in type where EventType(rawValue: name) == nil {
                let near = Suggestion.nearest(to: name, among: EventType.allCases.map(\.rawValue))
                throw ValidationError("There is no type \(name).\(near.map { " Did you mean \($0)?" } ?? "")")
            }
            return (kind, school.isEmpty ? known : school, type.isEmpty ? EventType.allCases.map(\.rawValue) : type)
        }

        private func show(_ text: String, id: String) throws {
            if let out {
                let made = FileManager.default.createFile(
                    atPath: out, contents: Data((text + "\n").utf8), attributes: [.posixPermissions: 0o600])
                guard made else {
                    throw Output.fail("\(out) cannot be written; the token \(id) was made: revoke it and try again.")
                }
            }
            if output.json {
                Output.json(["id": .string(id), "token": out == nil ? .string(text) : .null])
            } else {
                Output.line(out.map { "token \(id) written to \($0)" } ?? text)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List tokens; never the tokens themselves.")

        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let tokens = try await configuration.reading { try await $0.tokens() }
            if output.json { return Output.json(.array(tokens.map(Self.json))) }
            for stored in tokens {
                let who = stored.token.personID ?? stored.token.label
                let state = stored.revokedAt.map { "revoked \($0)" } ?? "valid"
                Output.line("\(stored.token.id)\t\(stored.token.kind.rawValue)\t\(state)\t\(who)")
            }
        }

        private static func json(_ stored: StoredToken) -> JSONValue {
            [
                "id": .string(stored.token.id), "kind": .string(stored.token.kind.rawValue),
                "person": stored.token.personID.map(JSONValue.string) ?? .null, "label": .string(stored.token.label),
                "schools": .array(stored.token.schools.map(JSONValue.string)),
                "revokedAt": stored.revokedAt.map { .string($0.description) } ?? .null,
            ]
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Revoke a token. A running gateway refuses it within \(Authenticator.revocationDelaySeconds) second.")

        @Argument(help: "The token's identifier, as `token list` shows it.") var id: String
        @OptionGroup var configuration: ConfigurationOption

        func run() async throws {
            let loaded = try configuration.load()
            let id = id
            let known = try await configuration.reading { try await $0.tokens() }
            guard known.contains(where: { $0.token.id == id }) else {
                throw Output.fail("there is no token with that identifier.")
            }
            var change = Change()
            change.revokedTokens = [TokenRevocation(id: id, at: Surroundings.system.now())]
            try await Token.commit(change, to: loaded)
            Output.line("revoked \(id)")
        }
    }

    static func commit(_ change: Change, to configuration: Configuration) async throws {
        do {
            let store = try configuration.openStore(creating: true)
            do {
                _ = try await store.commit(change)
                await store.close()
            } catch {
                await store.close()
                throw error
            }
        } catch {
            throw Output.fail("\(error)")
        }
    }
}
