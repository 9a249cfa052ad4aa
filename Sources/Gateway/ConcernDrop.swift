// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import CaseEvents
import Foundation
import Logging
import Values

/// A folder into which a leerlingvolgsysteem exports concerns that teachers wrote down there.
public struct ConcernFolder: Sendable {
    /// Stands in the `source` of the events: the same as long as the row numbers of the exports go on.
    public let id: String
    public let path: String
    public let source: any ConcernSource
    public let pollSeconds: Int

    public init(id: String, path: String, source: any ConcernSource, pollSeconds: Int) {
        self.id = id
        self.path = path
        self.source = source
        self.pollSeconds = pollSeconds
    }
}

/// Takes exported files in: each row becomes an event `zorg-gesignaleerd`, once, however often it is exported again.
///
/// A file is taken in whole or not at all, and deleted once every event is on disk: the journal has it from then on, sealed. A crash
/// in between does it over, and the door recognises what it has. A file with a mistake stays, under another name, beside a list of
/// what is wrong: lines and columns, never a word of its content.
actor ConcernDrop {
    private let folder: ConcernFolder
    private let gateway: Door
    private let services: GatewayServices
    private var isStopped = false
    private var sleeper: Task<Void, Never>?

    /// Brings events in: the first that is refused ends it.
    struct Door: Sendable {
        let check: @Sendable (CaseEvent) async throws(GatewayError) -> Void
        let submit: @Sendable (CaseEvent) async throws(GatewayError) -> Void
    }

    private static let largestFile = 16_777_216

    init(_ folder: ConcernFolder, services: GatewayServices, gateway: Door) {
        self.folder = folder
        self.services = services
        self.gateway = gateway
    }

    func stop() {
        isStopped = true
        sleeper?.cancel()
    }

    func run() async {
        while !isStopped {
            await look()
            guard !isStopped else { return }
            let until = services.now.adding(seconds: folder.pollSeconds)
            let sleeper = Task { [services] in await services.surroundings.sleepUntil(until) }
            self.sleeper = sleeper
            await sleeper.value
        }
    }

    /// Every file that is there now, in order of its name.
    func look() async {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names.sorted() where name.lowercased().hasSuffix(".csv") && !name.hasPrefix(".") && !isStopped {
            await take(name)
        }
    }

    private func take(_ name: String) async {
        guard let bytes = await settled(name) else { return }
        let outcome: String
        do {
            let events = try await events(in: bytes)
            try await submit(events)
            try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
            outcome = "taken"
        } catch let problems as ConcernFileProblems {
            refuse(name, problems)
            outcome = "refused"
        } catch {
            // The store, or the disk: the file stays and is tried again.
            outcome = "postponed"
        }
        services.metrics.count("meldpoort_concern_files_total", ("outcome", outcome))
        services.logger.notice(
            "a file of concerns was looked at", metadata: ["folder": "\(folder.id)", "outcome": "\(outcome)"])
    }

    /// A row whose number was taken in before with other words cannot be told from a mistake: a person looks at it. What came before
    /// it is on disk, and is recognised when the file comes again.
    private func submit(_ events: [CaseEvent]) async throws {
        for (index, event) in events.enumerated() {
            do throws(GatewayError) {
                try await gateway.submit(event)
            } catch .idTaken {
                throw ConcernFileProblems([
                    .init(
                        line: index + 2, column: nil,
                        message:
                            "Deze regel is eerder met een andere inhoud overgenomen. Geef haar een nieuw nummer, of haal haar weg."
                    )
                ])
            }
        }
    }

    /// The bytes, once whoever writes the file is done: it has the same size and time at two looks. Nil when it must wait, or is no
    /// plain file.
    private func settled(_ name: String) async -> [UInt8]? {
        let path = "\(folder.path)/\(name)"
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? Int,
            let changed = attributes[.modificationDate] as? Date
        else { return nil }
        // Older than two seconds: an export that is still being written changes more often.
        let age = Double(services.now.millisecondsSince1970) / 1_000 - changed.timeIntervalSince1970
        guard age >= 2 || age < -60 else { return nil }
        guard size <= Self.largestFile else {
            refuse(
                name, ConcernFileProblems([.init(line: 1, column: nil, message: "Het bestand is groter dan 16 MiB.")]))
            return nil
        }
        return FileManager.default.contents(atPath: path).map { Array($0) }
    }

    private func events(in bytes: [UInt8]) async throws -> [CaseEvent] {
        let concerns = try folder.source.concerns(in: bytes)
        var events: [CaseEvent] = []
        var problems: [ConcernFileProblems.Problem] = []
        for (index, concern) in concerns.enumerated() {
            do {
                let event = try event(concern)
                try await gateway.check(event)
                events.append(event)
            } catch let found as EventProblems {
                problems += found.problems.map {
                    .init(line: index + 2, column: Self.column($0.place), message: $0.message)
                }
            } catch GatewayError.invalid(let found) {
                problems += found.map { .init(line: index + 2, column: Self.column($0.place), message: $0.message) }
            } catch GatewayError.forbidden(let why) {
                problems.append(.init(line: index + 2, column: nil, message: why.text))
            }
        }
        guard problems.isEmpty else { throw ConcernFileProblems(problems) }
        return events
    }

    private static func column(_ place: String) -> String? {
        place.split(separator: "/").last.map(String.init)
    }

    private func event(_ concern: ExportedConcern) throws -> CaseEvent {
        var data: [String: JSONValue] = [
            "zaak": .string(concern.caseReference ?? services.pseudonyms.caseReference(folder.id, concern)),
            "school": .string(concern.school), "datum": .string(concern.date), "signaal": .string(concern.signal),
            "leerling": concern.pupil.json(Set(PupilField.allCases))["leerling"] ?? .object([:]),
        ]
        if let person = concern.raisedBy { data["indiener"] = .string(person) }
        return try CaseEvent(
            id: services.pseudonyms.pseudonym("zorgbestand", [folder.id, concern.school, concern.rowID]),
            source: "urn:meldpoort:bestand:\(folder.id)", type: .zorgGesignaleerd, data: .object(data))
    }

    private func refuse(_ name: String, _ problems: ConcernFileProblems) {
        let lines = problems.problems.map { problem in
            "regel \(problem.line)\(problem.column.map { ", kolom “\($0)”" } ?? ""): \(problem.message)"
        }
        let text =
            (["Er is niets overgenomen uit \(name). Herstel dit en zet het bestand opnieuw klaar als .csv:"] + lines)
            .joined(separator: "\n")
        let path = "\(folder.path)/\(name)"
        try? Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path + ".fouten.txt"), options: .atomic)
        try? FileManager.default.removeItem(atPath: path + ".geweigerd")
        try? FileManager.default.moveItem(atPath: path, toPath: path + ".geweigerd")
    }
}

extension KeyedPseudonyms {
    /// A case of its own for an exported concern that names none: always the same one for the same row, and it says nothing.
    func caseReference(_ folder: String, _ concern: ExportedConcern) -> String {
        "z-" + pseudonym("zaak van een zorgbestand", [folder, concern.school, concern.rowID]).prefix(32)
    }
}
