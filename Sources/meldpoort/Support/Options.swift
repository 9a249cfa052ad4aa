// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import BoardConfiguration
import Foundation
import Gateway
import Ledger
import Values

/// Where the configuration is.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: "The configuration file (default: $MELDPOORT_CONFIG, or meldpoort.yaml here).",
        completion: .file(extensions: ["yaml"]))
    var config: String?

    var path: String {
        config ?? ProcessInfo.processInfo.environment["MELDPOORT_CONFIG"] ?? "meldpoort.yaml"
    }

    /// Loads as `run` does; problems go to standard error with file, line and column.
    func load(showingWarnings: Bool = false) throws -> Configuration {
        do {
            let loaded = try loader.load(path)
            if showingWarnings { loaded.warnings.forEach { Output.error($0.description) } }
            return loaded.configuration
        } catch {
            error.problems.forEach { Output.error($0.description) }
            throw ExitCode.failure
        }
    }

    var loader: ConfigurationLoader {
        ConfigurationLoader(
            adapters: Adapters.all, environment: ProcessInfo.processInfo.environment,
            today: Surroundings.system.now().calendarDateInAmsterdam)
    }
}

/// How to print.
struct OutputOption: ParsableArguments {
    @Flag(help: "Print JSON instead of text.")
    var json = false
}

/// Printing. Nothing about a case is ever printed here but references, states and names of fields.
enum Output {
    static func line(_ text: String = "") {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    static func error(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    static func json(_ value: JSONValue) {
        line(value.prettyString)
    }

    /// Says what failed and ends with status 1.
    static func fail(_ text: String) -> ExitCode {
        error("meldpoort: \(text)")
        return .failure
    }
}

extension Configuration {
    /// The store, opened beside a gateway that may be running; made when there is none yet.
    func openStore(creating: Bool) throws -> SQLiteStore {
        let keys = KeyRing(try Assembly.masterKey(store.masterKey))
        if creating, !FileManager.default.fileExists(atPath: store.path) {
            return try SQLiteStore.open(store.path, ring: keys)
        }
        return try SQLiteStore.openShared(store.path, ring: keys)
    }
}
