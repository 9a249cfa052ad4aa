// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import BoardConfiguration
import Delivery
import Gateway
import Ledger
import Values

struct Disclosures: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read and verify the disclosure log, straight from the store.",
        discussion: "Entries hold pseudonyms, roles, names of fields, grounds and outcomes; never personal values.",
        subcommands: [List.self, Show.self, Verify.self],
        defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List entries in the order of the log.")

        @Option(help: "Only entries of this delivery.") var delivery: Int64?
        @Option(help: "Start at this entry.") var from: Int64 = 0
        @Option(help: "At most this many.") var limit = 100
        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            var filter = DisclosureFilter()
            filter.delivery = delivery
            filter.from = from
            filter.limit = limit
            let wanted = filter
            let entries = try await configuration.reading { try await $0.disclosures(wanted) }
            let views = entries.map(MeldpoortGateway.view)
            if output.json { return Output.json(.array(views)) }
            if views.isEmpty { Output.line("De verstrekkingenlog is leeg.") }
            views.forEach { Output.line(EntryText.line($0)) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show one entry whole.")

        @Argument(help: "The entry's number in the log, from 0.") var index: Int64
        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            var filter = DisclosureFilter()
            filter.from = index
            filter.limit = 1
            let wanted = filter
            guard let entry = try await configuration.reading({ try await $0.disclosures(wanted) }).first,
                entry.index == index
            else { throw Output.fail("there is no entry \(index).") }
            Output.json(MeldpoortGateway.view(entry))
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Walk the whole log and name the first bad entry.",
            discussion:
                "Fails with status 1 when anything is not as it was written. --deep also opens every sealed body.")

        @Flag(help: "Also open every sealed body and let SQLite check its file.") var deep = false
        @OptionGroup var configuration: ConfigurationOption
        @OptionGroup var output: OutputOption

        func run() async throws {
            let isDeep = deep
            let report = try await configuration.reading { try await $0.verify(deep: isDeep) }
            if output.json {
                Output.json(report.json)
            } else {
                Output.line(
                    "\(report.entries) entries (\(report.intents) voornemen, \(report.outcomes) uitkomst, \(report.recordedAfterwards) achteraf), \(report.deliveries) deliveries"
                )
                report.problems.forEach { Output.error($0.reason) }
                Output.line(report.isClean ? "in orde" : "NIET in orde: \(report.problemCount)")
            }
            if !report.isClean { throw ExitCode.failure }
        }
    }
}

extension ConfigurationOption {
    /// Opens the store for reading, beside a gateway that may be running, and closes it.
    func reading<Answer: Sendable>(_ read: (SQLiteStore) async throws -> Answer) async throws -> Answer {
        let configuration = try load()
        do {
            let keys = KeyRing(try Assembly.masterKey(configuration.store.masterKey))
            let store = try SQLiteStore.openReadOnly(configuration.store.path, ring: keys)
            do {
                let answer = try await read(store)
                await store.close()
                return answer
            } catch {
                await store.close()
                throw error
            }
        } catch let error as ExitCode {
            throw error
        } catch {
            throw Output.fail("\(error)")
        }
    }
}

/// One line per entry.
enum EntryText {
    static func line(_ entry: JSONValue) -> String {
        let number = entry["volgnummer"]?.integer ?? 0
        let delivery = entry["afleveringsnummer"]?.integer ?? 0
        let kind = entry["soort"]?.string ?? ""
        let time = entry["tijdstip"]?.string ?? ""
        let rest: String
        if kind == "uitkomst" || kind == "opheldering" {
            rest = entry["uitkomst"]?.string ?? ""
        } else {
            let persons = entry["personen"]?.array?.count ?? 0
            rest =
                "\(entry["ontvanger"]?["id"]?.string ?? "") \(entry["grondslag"]?["artikel"]?.string ?? "") (\(persons) \(persons == 1 ? "persoon" : "personen"))"
        }
        return "\(number)\t\(time)\taflevering \(delivery)\t\(kind)\t\(rest)"
    }
}

extension VerificationReport {
    fileprivate var json: JSONValue {
        [
            "clean": .bool(isClean), "entries": .number(Double(entries)), "intents": .number(Double(intents)),
            "outcomes": .number(Double(outcomes)), "recordedAfterwards": .number(Double(recordedAfterwards)),
            "deliveries": .number(Double(deliveries)),
            "root": .string(root.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()),
            "problems": .array(problems.map { ["code": .string($0.code.rawValue), "reason": .string($0.reason)] }),
        ]
    }
}
