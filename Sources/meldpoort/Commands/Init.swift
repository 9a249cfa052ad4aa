// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import BoardConfiguration
import Foundation
import Ledger
import Values

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a commented configuration to start from, and a master key.",
        discussion:
            "Nothing that is already there is written over. Keep a copy of the master key in a safe: without it nothing can be read."
    )

    @Argument(help: "The folder; it is made when it is not there.", completion: .directory)
    var folder: String

    @OptionGroup var output: OutputOption

    func run() throws {
        do {
            var written = try InitialConfiguration.write(to: folder)
            if FileManager.default.fileExists(atPath: written.masterKeyPath) {
                written.kept.append("secrets/master.key")
            } else {
                try MasterKey.create(at: written.masterKeyPath)
                written.created.append("secrets/master.key")
            }
            show(written)
        } catch {
            throw Output.fail("\(error)")
        }
    }

    private func show(_ written: InitialConfiguration.Written) {
        if output.json {
            let list = { (names: [String]) in JSONValue.array(names.map(JSONValue.string)) }
            return Output.json(["created": list(written.created), "kept": list(written.kept)])
        }
        written.created.forEach { Output.line("created  \(folder)/\($0)") }
        written.kept.forEach { Output.line("kept     \(folder)/\($0)") }
        Output.line("\nNext: edit \(folder)/meldpoort.yaml, then: meldpoort check --config \(folder)/meldpoort.yaml")
    }
}
