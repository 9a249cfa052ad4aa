// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// Somtoday Connect 14.10: JSON, with OAuth 2.0 client credentials that the connection brings.
///
/// It cannot be asked for one pupil without putting something of the pupil into the URL, so the pages of the school's locations are read
/// until the pupil is found. It cannot be asked for some fields either: the school sets which ones a client gets at all.
struct SomtodayRegister: Register {
    static let pageSize = 100
    /// More pupils than any location has.
    static let maximumPages = 100

    func read(
        _ selection: inout PupilSelection, of school: BRIN, over transport: any OutboundTransport
    ) async throws(ReadingFailure) {
        for location in try await locations(of: school, over: transport) {
            try await read(&selection, at: location, over: transport)
            if selection.isComplete { return }
        }
    }

    /// Asks for the locations: that needs a token, and is about nobody.
    func probe(over transport: any OutboundTransport) async -> ProbeResult {
        do throws(ReadingFailure) {
            let answer = try await transport.json(Self.request("/connect/vestiging"))
            return answer["vestigingen"]?.array == nil ? .failed(OutcomeReason(.answerNotUnderstood)) : .reachable
        } catch {
            return .failed(error.reason)
        }
    }

    private static func request(_ path: String) -> HTTPRequest {
        HTTPRequest(method: .get, path: path, headers: [.init("Accept", "application/json")], body: [])
    }

    /// The locations whose BRIN is the school's, or begins with it when the school is asked for as a whole.
    private func locations(
        of school: BRIN, over transport: any OutboundTransport
    ) async throws(ReadingFailure) -> [String] {
        let answer = try await transport.json(Self.request("/connect/vestiging"))
        guard let locations = answer["vestigingen"]?.array else { throw .notUnderstood }
        let fitting = locations.filter { location in
            (location["brins"]?.array ?? []).compactMap(\.string).contains { $0.hasPrefix(school.description) }
        }
        let identifiers = fitting.compactMap { $0["uuid"]?.string }.filter(UUIDText.isUUID)
        // No location: the school did not give this client leave to read it. That is not "no such pupil".
        guard !identifiers.isEmpty, identifiers.count == fitting.count else {
            throw ReadingFailure(.refusedByCounterpart)
        }
        return identifiers
    }

    private func read(
        _ selection: inout PupilSelection, at location: String, over transport: any OutboundTransport
    ) async throws(ReadingFailure) {
        var offset = 0
        var lastPage: [JSONValue] = []
        for _ in 0..<Self.maximumPages {
            let path = "/connect/vestiging/\(location)/leerling?amount=\(Self.pageSize)&offset=\(offset)"
            guard let page = try await transport.json(Self.request(path))["leerlingen"]?.array else {
                throw .notUnderstood
            }
            if page.isEmpty { return }
            // The same page again: this register would go on for ever.
            guard page != lastPage else { throw .notUnderstood }
            for pupil in page { selection.add(try Self.pupil(pupil)) }
            if selection.isComplete { return }
            offset += page.count
            lastPage = page
        }
        throw .tooLarge
    }

    private static func pupil(_ value: JSONValue) throws(ReadingFailure) -> RegisterPupil {
        guard value.object != nil else { throw .notUnderstood }
        var pupil = RegisterPupil()
        pupil.set(.leerlingnummer, try value.optionalText("leerlingnummer"))
        pupil.set(.voornamen, try value.optionalText("voornamen"))
        pupil.set(.voorvoegsel, try value.optionalText("voorvoegsel"))
        pupil.set(.achternaam, try value.optionalText("achternaam"))
        pupil.set(birthDate: try value.optionalText("geboortedatum"))
        pupil.set(sex: try value.optionalText("geslacht"))
        switch value["adres_geheim"] {
        case nil, .null, .bool(false): break
        case .bool(true):
            pupil.secret = PupilField.address
            return pupil
        default: throw .notUnderstood
        }
        guard let address = value["adres"], address.object != nil else { return pupil }
        pupil.set(.straat, try address.optionalText("straat"))
        pupil.set(.huisnummer, try houseNumber(address))
        pupil.set(.postcode, try address.optionalText("postcode"))
        pupil.set(.woonplaats, try address.optionalText("woonplaats"))
        return pupil
    }

    /// The number with its addition, which the field `huisnummer` may hold already.
    private static func houseNumber(_ address: JSONValue) throws(ReadingFailure) -> String? {
        let addition = try address.optionalText("huisnummer_toevoeging") ?? ""
        if let bare = try address.optionalText("huisnummer_zonder_toevoeging") { return bare + addition }
        guard let number = try address.optionalText("huisnummer") else { return nil }
        return number.hasSuffix(addition) ? number : number + addition
    }
}
