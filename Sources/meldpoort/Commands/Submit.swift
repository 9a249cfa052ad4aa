// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import Foundation
import Values

struct Submit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Submit an event (or a list of events) to the running gateway.",
        discussion: """
            The file holds a CloudEvent in structured form, or a JSON list of them. `-` reads standard input.
            With --complete, what the pupil lacks is read from the school's leerlingvolgsysteem by the pupil's number first, and \
            shown; nothing that stands in the event is changed, and an event is submitted as it is when nothing could be read.
            """)

    @Argument(help: "The file, or - for standard input.", completion: .file(extensions: ["json"]))
    var file: String

    @Flag(help: "Fill in what the pupil lacks from the leerlingvolgsysteem (one event).") var complete = false
    @OptionGroup var gateway: GatewayOption
    @OptionGroup var output: OutputOption

    func run() async throws {
        let body = complete ? try await completed(try EventFile.read(file)) : try EventFile.read(file)
        let isBatch = body.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "[")
        let type = isBatch ? "application/cloudevents-batch+json" : "application/cloudevents+json"
        let answer = try await gateway.client().call(.post, "/v1/gebeurtenissen", contentType: type, body: body)
        if output.json { return Output.json(answer) }
        for accepted in answer.array ?? answer["gebeurtenissen"]?.array ?? [answer] { Self.show(accepted) }
    }

    private func completed(_ body: [UInt8]) async throws -> [UInt8] {
        guard case .success(let event) = StrictJSON.read(body), let data = event["data"], event.array == nil,
            let type = event["type"]?.string, let school = data["school"]?.string,
            let number = data["leerling"]?["leerlingnummer"]?.string
        else {
            throw Output.fail("--complete needs one event whose leerling has a leerlingnummer.")
        }
        let question: JSONValue = [
            "school": .string(school), "voor": .string(type), "leerlingnummer": .string(number),
        ]
        let answer = try await PupilLookUp.ask(question, gateway)
        guard let pupils = answer["leerlingen"]?.array, pupils.count == 1, let found = pupils[0]["leerling"] else {
            Output.error(PupilLookUp.summary(answer))
            return body
        }
        let (whole, filled) = PupilLookUp.completed(event, with: found)
        // On the other stream: what a program reads stays what the gateway answered.
        Output.error(
            filled.isEmpty
                ? "Er ontbrak niets." : "Aangevuld uit het leerlingvolgsysteem: \(filled.joined(separator: ", ")).")
        return whole.canonicalBytes
    }

    private static func show(_ accepted: JSONValue) {
        // What cannot wait stands above the receipt.
        for first in accepted["eerst"]?.array ?? [] { Output.line("EERST: \(first.string ?? "")") }
        let repeated = accepted["herhaling"]?.bool == true ? " (was al aangenomen)" : ""
        Output.line("aangenomen: gebeurtenis \(accepted["id"]?.integer ?? 0)\(repeated)")
        if let warning = accepted["waarschuwing"]?.string { Output.line("let op: \(warning)") }
        for step in accepted["vervolg"]?.array ?? [] { Output.line("- \(step.string ?? "")") }
    }
}

/// Reads a file or standard input, at most a little more than the gateway would take.
enum EventFile {
    static func read(_ path: String) throws -> [UInt8] {
        do {
            let data =
                path == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(fileURLWithPath: path))
            return Array(data)
        } catch {
            throw Output.fail("\(path) cannot be read.")
        }
    }
}
