// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import BoardConfiguration
import CaseEvents
import Disclosures
import Gateway
import Values

/// Makes an event of one row, and tells everything that is wrong with it.
struct ImportRowReader {
    private(set) var problems: [ImportProblem] = []
    private let line: Int
    private let values: [ImportColumn: String]
    private let places: [ImportColumn: Int]
    private let configuration: Configuration
    private let now: Timestamp

    /// - Parameter places: The place of each column, from 1.
    init(_ row: CSVTable.Row, places: [ImportColumn: Int], configuration: Configuration, now: Timestamp) {
        line = row.line
        self.places = places
        self.configuration = configuration
        self.now = now
        values = places.compactMapValues { place in
            let value = row.fields[place - 1].trimmed
            return value.isEmpty ? nil : value
        }
    }

    /// What makes a row the same one when the file comes again: a running case is imported once for each recipient.
    var identity: [String] { [school ?? ""] + [ImportColumn.zaak, .ontvanger].map { values[$0] ?? "" } }

    /// As the configuration writes it: with and without the number of the site it is one school. As it stands there for one that is not
    /// in it.
    private var school: String? {
        values[.school].map { text in
            BRIN(text).flatMap { configuration.school(for: $0) }?.brin.description ?? text
        }
    }

    func problem(_ column: ImportColumn, _ text: String) -> ImportProblem {
        ImportProblem(line: line, column: places[column], name: column.rawValue, text: text)
    }

    /// Nil when something is wrong; then `problems` says what.
    mutating func read() -> ImportFile.Row? {
        for column in ImportColumn.required where values[column] == nil { add(column, "dit veld is leeg") }
        let kind = readKind()
        checkSchool()
        checkRecipient(kind)
        checkPupil(kind)
        let date = readDate()
        let moment = date.flatMap { readMoment($0) }
        guard problems.isEmpty, let kind, let date, let moment else { return nil }
        let data = data(kind, moment)
        for problem in EventType.verstrekkingVastgelegd.schema.problems(in: data) {
            let column = ImportColumn(place: problem.place)
            problems.append(
                ImportProblem(
                    line: line, column: column.flatMap { places[$0] }, name: column?.rawValue, text: problem.message))
        }
        guard problems.isEmpty else { return nil }
        return ImportFile.Row(line: line, kind: kind, date: date, event: event(data))
    }

    private mutating func add(_ column: ImportColumn, _ text: String) { problems.append(problem(column, text)) }

    // MARK: - What the configuration knows

    private mutating func readKind() -> ImportKind? {
        guard let text = values[.soort] else { return nil }
        if let kind = ImportKind(rawValue: text.lowercased()) { return kind }
        add(.soort, "kies een van: \(ImportKind.allCases.map(\.rawValue).joined(separator: ", "))")
        return nil
    }

    private mutating func checkSchool() {
        guard let text = values[.school] else { return }
        guard let brin = BRIN(text) else {
            return add(.school, "een BRIN is twee cijfers, twee hoofdletters en zo nodig twee cijfers")
        }
        if configuration.school(for: brin) == nil {
            add(.school, "deze school staat niet in de configuratie (schools)")
        }
    }

    private mutating func checkRecipient(_ kind: ImportKind?) {
        guard let id = values[.ontvanger] else { return }
        guard let found = configuration.recipient(id) else {
            let near = Suggestion.nearest(to: id, among: configuration.recipients.map(\.recipient.id))
            return add(
                .ontvanger,
                "deze ontvanger staat niet in de configuratie (recipients)"
                    + (near.map { ": bedoelt u “\($0)”?" } ?? ""))
        }
        guard let kind, !kind.fits(found.recipient.kind) else { return }
        add(.ontvanger, "\(found.recipient.kind.text) past niet bij de soort “\(kind.rawValue)”")
    }

    private mutating func checkPupil(_ kind: ImportKind?) {
        if values[.leerlingnummer] == nil, values[.achternaam] == nil {
            add(.leerlingnummer, "geef het leerlingnummer of de achternaam: anders is niet te zien om wie het gaat")
        }
        if kind == .registratie, values[.geboortedatum] == nil {
            add(.geboortedatum, "bij een registratie is de geboortedatum nodig: zij loopt af op de 23e verjaardag")
        }
        if let text = values[.geboortedatum], Self.day(text) == nil {
            add(.geboortedatum, "geen bestaande datum; schrijf jjjj-mm-dd of dd-mm-jjjj")
        }
    }

    // MARK: - When it was

    private mutating func readDate() -> CalendarDate? {
        guard let text = values[.datum] else { return nil }
        guard let date = Self.day(text) else {
            add(.datum, "geen bestaande datum; schrijf jjjj-mm-dd of dd-mm-jjjj")
            return nil
        }
        return date
    }

    /// The moment on the clock in the Netherlands; without a time the start of the day.
    private mutating func readMoment(_ date: CalendarDate) -> Timestamp? {
        var moment = date.startInAmsterdam
        if let text = values[.tijd] {
            guard let (hour, minute) = Self.clock(text) else {
                add(.tijd, "geen tijd; schrijf uu:mm")
                return nil
            }
            moment = date.inAmsterdam(hour: hour).adding(seconds: minute * 60)
            let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
            guard moment.dutchText == "\(date.dutchText) \(two(hour)):\(two(minute))" else {
                add(.tijd, "deze tijd bestond die dag niet: de klok ging een uur vooruit")
                return nil
            }
        }
        guard moment <= now else {
            add(.datum, "dit ligt in de toekomst; de invoer is voor wat al is gebeurd")
            return nil
        }
        return moment
    }

    /// `2026-03-01`, or as Dutch spreadsheets write it: `1-3-2026`.
    private static func day(_ text: String) -> CalendarDate? {
        if let date = CalendarDate(text) { return date }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let day = number(parts[0], 1...2), let month = number(parts[1], 1...2),
            let year = number(parts[2], 4...4)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }

    /// `9:30`, `09:30` or `09:30:00`.
    private static func clock(_ text: String) -> (hour: Int, minute: Int)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let hour = number(parts[0], 1...2), let minute = number(parts[1], 2...2),
            hour < 24, minute < 60
        else { return nil }
        if parts.count == 3 { guard let second = number(parts[2], 2...2), second < 60 else { return nil } }
        return (hour, minute)
    }

    private static func number(_ text: Substring, _ digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    // MARK: - The event

    private func data(_ kind: ImportKind, _ moment: Timestamp) -> JSONValue {
        var pupil: [String: JSONValue] = [:]
        for column in [ImportColumn.leerlingnummer, .achternaam, .geslacht] {
            pupil[column.rawValue] = values[column].map(JSONValue.string)
        }
        pupil["geboortedatum"] = values[.geboortedatum].flatMap(Self.day).map { .string($0.description) }
        var data: [String: JSONValue] = [
            "tijdstip": .string(moment.description), "wijze": "anders", "leerling": .object(pupil),
            "velden": .array(kind.told.map(JSONValue.string)),
            "samenvatting":
                "Overgenomen bij de invoer van lopende zaken; wat precies is verteld, staat in het dossier van de school.",
        ]
        for (column, field) in [
            (ImportColumn.zaak, "zaak"), (.ontvanger, "ontvanger"), (.kenmerk, "kenmerk"),
            (.gesprokenMet, "gesprokenMet"),
        ] {
            data[field] = values[column].map(JSONValue.string)
        }
        data["school"] = school.map(JSONValue.string)
        return .object(data)
    }

    /// The identifier says nothing of the row, and is the same for the same row: what was imported before is known again.
    private func event(_ data: JSONValue) -> JSONValue {
        [
            "specversion": "1.0", "id": .string("invoer-\(RowDigest.hexadecimal(of: identity).prefix(32))"),
            "source": .string(PersonSource.importing), "type": .string(EventType.verstrekkingVastgelegd.rawValue),
            "data": data,
        ]
    }
}

extension String {
    /// Without blanks at both ends.
    fileprivate var trimmed: String {
        String(drop { $0 == " " || $0 == "\u{A0}" }.reversed().drop { $0 == " " || $0 == "\u{A0}" }.reversed())
    }
}
