// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import BoardConfiguration
import Disclosures
import Documents
import Gateway
import Ledger
import Transport
import Values

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the whole configuration, offline, as `run` would.",
        discussion: "Shows every problem with file, line and column. Warnings do not fail the check; errors do.")

    @OptionGroup var configuration: ConfigurationOption
    @OptionGroup var output: OutputOption

    func run() throws {
        var problems: [ConfigurationProblem] = []
        do {
            let loaded = try configuration.loader.load(configuration.path)
            problems = loaded.warnings + Self.problems(of: loaded.configuration, file: configuration.path)
        } catch {
            problems = error.problems
        }
        let errors = problems.count { $0.severity == .error }
        if output.json {
            Output.json(["ok": .bool(errors == 0), "problems": .array(problems.map(\.json))])
        } else {
            problems.forEach { Output.error($0.description) }
            let warnings = problems.count - errors
            Output.line("\(configuration.path): \(Self.count(errors, "error")), \(Self.count(warnings, "warning"))")
        }
        if errors > 0 { throw ExitCode.failure }
    }

    /// What only the parts themselves can tell: certificates, keys, the master key.
    private static func problems(of configuration: Configuration, file: String) -> [ConfigurationProblem] {
        let now = Surroundings.system.now()
        var problems: [ConfigurationProblem] = []
        for recipient in configuration.recipients {
            switch recipient.connection {
            case .api(let connection):
                problems += HTTPEndpoint(connection).problems(now: now).map { problem($0, connection.places) }
            case .mail(let connection):
                problems += SMTPRelay(connection).problems(now: now).map { problem($0, connection.places) }
                problems += missingRenderer(recipient, connection.places)
            case .handover, .folder: break
            }
        }
        for mailbox in configuration.mailboxes {
            problems += IMAPAccount(mailbox).problems(now: now).map { problem($0, mailbox.places) }
        }
        if let relay = configuration.notices.relay {
            problems += SMTPRelay(relay).problems(now: now).map { problem($0, relay.places) }
        }
        do {
            _ = try Assembly.masterKey(configuration.store.masterKey)
        } catch {
            problems.append(ConfigurationProblem(at: SourcePlace(file: file), "store.master_key: \(error)"))
        }
        return problems
    }

    /// A mail goes without its PDF then, with the same as plain text.
    private static func missingRenderer(
        _ recipient: ConfiguredRecipient, _ places: ConnectionPlaces
    ) -> [ConfigurationProblem] {
        let documents = type(of: recipient.adapter).specification.messages(over: .mail)
            .subtracting([.kennisgeving, .opschaling, .procesopmerking])
        guard !documents.isEmpty, !WeasyPrintRenderer().isInstalled else { return [] }
        return [
            ConfigurationProblem(
                .warning, at: places["host"],
                "mails to “\(recipient.recipient.id)” go with plain text only: no program to make a PDF is installed",
                suggestion: "Install the Debian package weasyprint.")
        ]
    }

    private static func problem(_ found: EndpointProblem, _ places: ConnectionPlaces) -> ConfigurationProblem {
        let key = key(of: found.setting)
        return ConfigurationProblem(
            found.severity == .error ? .error : .warning, at: places[key], "\(key) \(found.message)",
            suggestion: found.suggestion)
    }

    /// The key in the configuration under which the setting stands.
    private static func key(of setting: EndpointProblem.Setting) -> String {
        switch setting {
        case .maximumAnswerBytes: "max_response_bytes"
        case .maximumConnections: "max_connections"
        case .certificateFile, .pkcs12File: "client_certificate.file"
        case .keyFile: "client_certificate.key"
        default: setting.rawValue
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
