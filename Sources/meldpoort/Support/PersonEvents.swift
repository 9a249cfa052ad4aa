// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import ArgumentParser
import CaseEvents
import Foundation
import Gateway
import Values

/// An event that a person brings in with one command.
struct PersonEvent {
    let type: EventType
    /// The parts of its data that have a value.
    var data: [String: JSONValue] = [:]

    init(_ type: EventType, school: String, zaak: String) {
        self.type = type
        data = ["school": .string(school), "zaak": .string(zaak)]
    }

    mutating func set(_ field: String, _ text: String?) {
        if let text { data[field] = .string(text) }
    }

    mutating func set(_ field: String, _ number: Int?) {
        if let number { data[field] = .number(Double(number)) }
    }

    /// As a structured CloudEvent, with an identifier of its own each time.
    func bytes() -> [UInt8] {
        let event: JSONValue = [
            "specversion": "1.0", "id": .string(UUID().uuidString.lowercased()),
            "source": .string(PersonSource.commandLine), "type": .string(type.rawValue),
            "time": .string(Surroundings.system.now().description), "data": .object(data),
        ]
        return event.canonicalBytes
    }

    /// Brings it in, and answers what the gateway answered.
    func submit(_ gateway: GatewayOption) async throws -> JSONValue {
        try await gateway.client().call(
            .post, "/v1/gebeurtenissen", contentType: "application/cloudevents+json", body: bytes())
    }
}

/// The words of a field, as its schema has them: what an option may say.
enum Words {
    static func of(_ field: String, in type: EventType) -> [String] {
        for candidate in type.schema.fields where candidate.name == field {
            if case .choice(let words) = candidate.shape { return words }
        }
        return []
    }

    /// - Throws: `ValidationError` with the words there are.
    static func check(_ option: String, _ value: String?, _ field: String, of type: EventType) throws {
        guard let value else { return }
        let words = of(field, in: type)
        guard !words.contains(value) else { return }
        let near = Suggestion.nearest(to: value, among: words).map { " Did you mean \($0)?" } ?? ""
        throw ValidationError("\(option) is one of: \(words.joined(separator: ", ")).\(near)")
    }

    static func check(school: String) throws {
        guard BRIN(school) != nil else { throw ValidationError("A BRIN is two digits and two capitals, as 01AB.") }
    }

    /// An identifier of the configuration, or the school's own reference of a case: what may stand in an address.
    static func check(_ option: String, reference: String) throws {
        let isPlain = reference.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "._-".utf8.contains(byte)
        }
        guard isPlain, (1...64).contains(reference.utf8.count) else {
            throw ValidationError("\(option) holds 1 to 64 letters, digits, dots, underscores and hyphens.")
        }
    }
}

/// A day as an option.
struct Day: ExpressibleByArgument {
    let date: CalendarDate

    init?(argument: String) {
        guard let date = CalendarDate(argument) else { return nil }
        self.date = date
    }

    static var today: CalendarDate { Surroundings.system.now().calendarDateInAmsterdam }
}

/// A note that stays within the school. What stands on a command line can be seen by others on the machine, a file cannot.
struct NoteOption: ParsableArguments {
    @Option(
        help:
            "A short note; stays within the school. Others on this machine can see a command line: prefer --note-file.")
    var note: String?

    @Option(
        help:
            "The note from this file, or from standard input with -: so that nothing of it stands on the command line.",
        completion: .file())
    var noteFile: String?

    func validate() throws {
        guard note == nil || noteFile == nil else { throw ValidationError("Give --note or --note-file, not both.") }
    }

    /// The note without blanks around it; nil when there is none.
    func text() throws -> String? {
        guard let noteFile else { return note }
        guard let text = String(validating: try EventFile.read(noteFile), as: UTF8.self) else {
            throw Output.fail("\(noteFile == "-" ? "standard input" : noteFile) is not UTF-8.")
        }
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.isEmpty ? nil : trimmed
    }
}
