// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Meldcode
import Testing
import Values

/// Steps as the shipped tracks have them, without their texts.
enum Sample {
    static func step(
        _ id: String, _ elements: [StatutoryElement], framework: Bool = false, talk: Bool = false,
        index: Bool = false
    ) -> Track.Step {
        Track.Step(
            id: id, title: "Titel \(id)", text: "Uitleg \(id).", elements: elements, roles: ["centraleContactpersoon"],
            toRecord: ["wat \(id) vraagt", "wie"], hasWeighingFramework: framework, hasTalkAfter: talk,
            hasIndexAttention: index)
    }

    static let poSteps = [
        step("kaart", [.inKaartBrengen]), step("consult", [.collegialeConsultatie], index: true),
        step("praten", [.gesprek]), step("wegen", [.wegen], framework: true),
        step("besluit", [.beslissen], framework: true),
    ]

    static let voSteps = [
        step("signaleren", [.inKaartBrengen], talk: true),
        step("consult", [.collegialeConsultatie], talk: true, index: true),
        step("overleg", [.wegen, .beslissen], framework: true, talk: true),
        step("acties", [.beslissen], framework: true, talk: true), step("nazorg", [], talk: true),
    ]

    static func track(_ name: String = "po", _ steps: [Track.Step]) throws(TrackProblems) -> Track {
        try Track(
            name: name, title: "Spoor \(name)", source: "bron", from: day("2019-01-01"), until: nil, steps: steps)
    }

    static func po() throws -> Track { try track("po", poSteps) }
    static func vo() throws -> Track { try track("vo", voSteps) }

    static func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .earliest }

    static let zaak = "0f5b6a3e-6f52-4c2e-9a55-5d2b3e0c9a11"

    static func event(_ type: EventType, _ members: [String: JSONValue]) throws -> CaseEvent {
        let base: [String: JSONValue] = ["zaak": .string(zaak), "school": "01AB"]
        return try CaseEvent(
            id: "e", source: "urn:meldpoort:test", type: type, data: .object(base.merging(members) { $1 }))
    }

    /// An event of a day in November 2026, received at noon (UTC) of that day.
    static func arrival(_ type: EventType, _ day: Int, _ members: [String: JSONValue] = [:]) throws
        -> CaseRecord.Arrival
    {
        let date = "2026-11-\(day < 10 ? "0" : "")\(day)"
        let moment = try Timestamp(parsing: "\(date)T12:00:00Z")
        let hasDate = type.schema.fields.contains { $0.name == "datum" }
        let dated: [String: JSONValue] = hasDate ? ["datum": .string(date)] : [:]
        return CaseRecord.Arrival(try event(type, dated.merging(members) { $1 }), receivedAt: moment)
    }

    static func stap(_ day: Int, _ element: StatutoryElement, _ members: [String: JSONValue] = [:]) throws
        -> CaseRecord.Arrival
    {
        try arrival(.stapGezet, day, ["element": .string(element.rawValue)].merging(members) { $1 })
    }

    static func weging(_ day: Int, _ answers: [String: JSONValue], _ besluit: String, reason: Bool = false) throws
        -> CaseRecord.Arrival
    {
        var members: [String: JSONValue] = ["antwoorden": .object(answers), "besluit": .string(besluit)]
        if reason { members["redenAfwijking"] = "Omdat." }
        return try arrival(.wegingVastgelegd, day, members)
    }

    static func melding(_ day: Int, _ members: [String: JSONValue] = [:]) throws -> CaseRecord.Arrival {
        let base: [String: JSONValue] = ["leerling": [:], "inzageBetrokkenen": [:]]
        return try arrival(.veiligThuisMeldingBesloten, day, base.merging(members) { $1 })
    }

    static let partners: [String: CaseRecord.Partner] = [
        "vt": .init(name: "Veilig Thuis Voorbeeldregio", isVeiligThuis: true), "raad": .init(name: "de Raad"),
        "smw": .init(name: "Schoolmaatschappelijk werk Voorbeeld"),
    ]

    static func timeline(
        _ track: Track?, _ events: [CaseRecord.Arrival], deliveries: [CaseRecord.Delivery] = [], alarms: [String] = [],
        index: String? = nil
    ) -> CaseTimeline {
        CaseTimeline(
            CaseRecord(
                zaak: zaak, events: events, track: track, partners: partners, deliveries: deliveries, alarms: alarms,
                indexName: index))
    }
}

/// Practice 31: “melding” always says that it is one to Veilig Thuis.
func hasBareMelding(_ text: String) -> Bool {
    let words = words(in: text).map { $0.lowercased() }
    return words.indices.contains { index in
        (words[index] == "melding" || words[index] == "meldingen")
            && Array(words[(index + 1)...].prefix(3)) != ["bij", "veilig", "thuis"]
    }
}

func words(in text: String) -> [Substring] {
    text.split { !$0.isLetter }
}
