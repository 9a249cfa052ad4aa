// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Values

/// Magister's old web service, which gives a list ("layout") of the school's own making as CSV.
///
/// User name and password stand in the URL, where servers and proxies write them down: only for who said in the settings to accept that,
/// until the service is gone.
struct MagisterCSVRegister: Register {
    let user: String
    let password: Secret
    let layout: String

    func read(
        _ selection: inout PupilSelection, of school: BRIN, over transport: any OutboundTransport
    ) async throws(ReadingFailure) {
        let token = Self.escaped(user) + "%3B" + password.exposed(Self.escaped)
        let path =
            "/doc?Function=GetData&Library=Data&SessionToken=\(token)&Layout=\(Self.escaped(layout))"
            + "&Parameters=&Type=CSV&Encoding=ANSI"
        let response = try await transport.answer(
            to: HTTPRequest(method: .get, path: path, headers: [.init("Accept", "text/csv")], body: []))
        let format = CSVFormat(separator: .semicolon, encoding: .windows1252)
        guard let table = try? CSVTable(response.body, format, maximumBytes: 64 << 20) else { throw .notUnderstood }
        let columns = Dictionary(
            table.headings.enumerated().map { ($0.element.lowercased(), $0.offset) },
            uniquingKeysWith: { first, _ in first })
        // A page with an error has one column; a list without numbers or names is not one of pupils.
        guard columns["stamnr"] != nil, columns["lastname"] != nil else { throw .notUnderstood }
        for row in table.rows { selection.add(Self.pupil(row, columns)) }
    }

    private static func pupil(_ row: CSVTable.Row, _ columns: [String: Int]) -> RegisterPupil {
        func text(_ heading: String) -> String? { columns[heading].map { row.fields[$0] } }
        var pupil = RegisterPupil()
        pupil.set(.leerlingnummer, text("stamnr"))
        pupil.set(.voornamen, text("firstname"))
        pupil.set(.voorvoegsel, text("prefix"))
        pupil.set(.achternaam, text("lastname"))
        pupil.set(birthDate: text("birthdate"))
        pupil.set(sex: text("gender"))
        pupil.set(.straat, text("street"))
        pupil.set(.huisnummer, text("housenr").map { $0 + (text("housenrsufix") ?? "") })
        pupil.set(.postcode, text("postalcode"))
        pupil.set(.woonplaats, text("city"))
        return pupil
    }

    /// Every byte that does not stand for itself in a query, as `%` and two digits.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-._~".utf8.contains(byte)
            guard !isPlain else { return String(UnicodeScalar(byte)) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
