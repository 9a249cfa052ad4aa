// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Values

/// Reads an exported file of concerns, by the columns that the settings name. Columns that they do not name are not looked at.
struct ConcernFile: Sendable, Hashable {
    /// What a column can hold; its raw value is the key in the settings.
    enum Column: String, Sendable, Hashable, CaseIterable {
        case row, school
        case caseReference = "case_reference"
        case number, firstNames = "first_names", prefix
        case familyName = "family_name"
        case birthDate = "birth_date"
        case sex, date, signal
        case raisedBy = "raised_by"

        /// The heading where the settings name none.
        var standard: String {
            switch self {
            case .row: "nummer"
            case .school: "brin"
            case .caseReference: "zaak"
            case .number: "leerlingnummer"
            case .firstNames: "voornamen"
            case .prefix: "voorvoegsel"
            case .familyName: "achternaam"
            case .birthDate: "geboortedatum"
            case .sex: "geslacht"
            case .date: "datum"
            case .signal: "signaal"
            case .raisedBy: "ingevoerd door"
            }
        }

        var summary: String {
            switch self {
            case .row: "The row's own number in the system; without that column a digest of the row serves."
            case .school: "The BRIN; needed unless 'concerns.school' says it for the whole file."
            case .caseReference: "The reference of a case that Meldpoort knows already."
            case .number: "The pupil's number; this column or the one of the family name is needed."
            case .firstNames: "The pupil's first names."
            case .prefix: "What stands before the family name."
            case .familyName: "The family name without its prefix."
            case .birthDate: "The birth date, as YYYY-MM-DD or D-M-YYYY."
            case .sex: "One of man, vrouw, onbekend, m, v, jongen, meisje."
            case .date: "When it was seen or heard, as YYYY-MM-DD or D-M-YYYY; needed."
            case .signal: "What was seen or heard; needed."
            case .raisedBy: "Who wrote it down, by the key of the persons file."
            }
        }
    }

    private let format: CSVFormat
    private let school: BRIN?
    private let headings: [Column: String]

    init(_ settings: AdapterSettings, _ problems: inout [SettingProblems.Problem]) {
        func choice<Value: RawRepresentable<String>>(_ key: String, _ standard: Value) -> Value {
            settings["concerns", key]?.string.flatMap(Value.init(rawValue:)) ?? standard
        }
        format = CSVFormat(
            separator: choice("separator", CSVFormat.Separator.semicolon),
            encoding: choice("encoding", CSVFormat.Encoding.utf8))
        let text = settings["concerns", "school"]?.string
        school = text.flatMap { BRIN($0) }
        if text != nil, school == nil {
            problems.append(.init(path: ["concerns", "school"], message: "this is no BRIN"))
        }
        var headings: [Column: String] = [:]
        for column in Column.allCases {
            let heading = settings["concerns", "columns", column.rawValue]?.string ?? column.standard
            if heading.isEmpty || heading.contains(where: \.isNewline) || headings.values.contains(heading) {
                problems.append(
                    .init(
                        path: ["concerns", "columns", column.rawValue],
                        message: "a heading is one line of text, and each column has its own"))
            }
            headings[column] = heading
        }
        self.headings = headings
    }

    /// Everything, or every problem.
    func concerns(in file: [UInt8]) throws(ConcernFileProblems) -> [ExportedConcern] {
        let table = try Self.table(file, format)
        let places = headings.compactMapValues { table.headings.firstIndex(of: $0) }
        var problems = missingColumns(places)
        guard problems.isEmpty else { throw ConcernFileProblems(problems) }
        var concerns: [ExportedConcern] = []
        var seen: Set<String> = []
        for row in table.rows {
            var reader = RowReader(row: row, places: places, headings: headings)
            guard let concern = concern(&reader) else {
                problems += reader.problems
                continue
            }
            problems += reader.problems
            if !seen.insert(concern.rowID).inserted {
                let column = places[.row] == nil ? nil : headings[.row]
                problems.append(
                    .init(line: row.line, column: column, message: "deze regel staat al eerder in het bestand"))
            }
            concerns.append(concern)
        }
        guard problems.isEmpty else {
            throw ConcernFileProblems(Array(problems.prefix(CSVTable.maximumProblems)))
        }
        return concerns
    }

    private static func table(_ file: [UInt8], _ format: CSVFormat) throws(ConcernFileProblems) -> CSVTable {
        do throws(CSVProblems) {
            return try CSVTable(file, format)
        } catch {
            throw ConcernFileProblems(
                error.problems.map { problem in
                    // The headings cannot be trusted now, so the column is told by its place.
                    .init(line: problem.line, column: problem.field.map { "kolom \($0)" }, message: problem.text)
                })
        }
    }

    private func missingColumns(_ places: [Column: Int]) -> [ConcernFileProblems.Problem] {
        var missing: [Column] = [.date, .signal].filter { places[$0] == nil }
        if school == nil, places[.school] == nil { missing.append(.school) }
        if places[.number] == nil, places[.familyName] == nil { missing.append(.number) }
        return missing.map {
            .init(
                line: 1, column: headings[$0],
                message: "deze kolom ontbreekt: voeg hem toe, of noem in de instellingen hoe hij hier heet")
        }
    }

    private func concern(_ reader: inout RowReader) -> ExportedConcern? {
        let date = reader.date(.date, isNeeded: true)
        let signal = reader.text(.signal, isNeeded: true)
        let school = reader.school(orElse: self.school)
        let pupil = reader.pupil()
        guard let date, let signal, let school, let pupil else { return nil }
        return ExportedConcern(
            rowID: reader.text(.row, isNeeded: reader.has(.row)) ?? RowDigest.hexadecimal(of: reader.row.fields),
            school: school, caseReference: reader.text(.caseReference), pupil: pupil, date: date, signal: signal,
            raisedBy: reader.text(.raisedBy))
    }
}

/// The fields of one row, by what they mean.
private struct RowReader {
    let row: CSVTable.Row
    let places: [ConcernFile.Column: Int]
    let headings: [ConcernFile.Column: String]
    private(set) var problems: [ConcernFileProblems.Problem] = []

    init(row: CSVTable.Row, places: [ConcernFile.Column: Int], headings: [ConcernFile.Column: String]) {
        self.row = row
        self.places = places
        self.headings = headings
    }

    func has(_ column: ConcernFile.Column) -> Bool { places[column] != nil }

    /// Without blanks around it; nil when nothing is left.
    mutating func text(_ column: ConcernFile.Column, isNeeded: Bool = false) -> String? {
        let field = places[column].map { row.fields[$0] } ?? ""
        let trimmed = String(field.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        if trimmed.isEmpty, isNeeded { add(column, "dit veld is leeg: vul het in") }
        return trimmed.isEmpty ? nil : trimmed
    }

    mutating func date(_ column: ConcernFile.Column, isNeeded: Bool = false) -> String? {
        guard let text = text(column, isNeeded: isNeeded) else { return nil }
        guard let date = CalendarDate(text) ?? DutchDate.read(text) else {
            add(column, "dit is geen datum: schrijf JJJJ-MM-DD of D-M-JJJJ")
            return nil
        }
        return date.description
    }

    mutating func school(orElse standard: BRIN?) -> String? {
        guard let text = text(.school, isNeeded: standard == nil) else { return standard?.description }
        guard let school = BRIN(text) else {
            add(.school, "dit is geen BRIN: twee cijfers, twee hoofdletters en eventueel twee cijfers")
            return nil
        }
        return school.description
    }

    mutating func pupil() -> PupilRecord? {
        var pupil = RegisterPupil()
        pupil.set(.leerlingnummer, text(.number))
        pupil.set(.voornamen, text(.firstNames))
        pupil.set(.voorvoegsel, text(.prefix))
        pupil.set(.achternaam, text(.familyName))
        pupil.set(birthDate: date(.birthDate))
        if let code = text(.sex) {
            pupil.set(sex: code)
            if pupil.values[.geslacht] == nil { add(.sex, "dit is geen geslacht: schrijf man, vrouw of onbekend") }
        }
        guard pupil.values[.leerlingnummer] != nil || pupil.values[.achternaam] != nil else {
            add(
                has(.number) ? .number : .familyName,
                "niet te zien is om welke leerling het gaat: vul het nummer of de naam in")
            return nil
        }
        return PupilRecord(values: pupil.values)
    }

    private mutating func add(_ column: ConcernFile.Column, _ message: String) {
        problems.append(.init(line: row.line, column: headings[column], message: message))
    }
}
