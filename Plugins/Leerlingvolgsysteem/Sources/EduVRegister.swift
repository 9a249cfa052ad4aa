// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

/// The Students API of the Edu-V agreements, 1.1: JSON, with OAuth 2.0 client credentials that the connection brings.
///
/// One pupil is asked for by number, in the body. By name it cannot be asked: for that the school's list is read. Addresses are for
/// another kind of system only, so they are not read.
struct EduVRegister: Register {
    /// Which of the pupil's identifiers is the number.
    let userIDType: String

    func read(
        _ selection: inout PupilSelection, of school: BRIN, over transport: any OutboundTransport
    ) async throws(ReadingFailure) {
        // A location is known by its own number, a school by that of the institution.
        let type = school.vestiging == nil ? "OIE_CODE" : "V_ID"
        let pupils: [JSONValue]
        switch selection.pupil {
        case .number(let number):
            let request = Self.search(number, userIDType, school.description, type)
            let response = try await transport.answer(to: request, with: [200, 404])
            let answer = try response.json()
            // Told in JSON: there is no such pupil. A page that says so means that the address is wrong.
            if response.status == 404, answer.object != nil { return }
            guard response.status == 200 else { throw .notUnderstood }
            pupils = answer.array ?? [answer]
        case .name:
            let query = "orgId=\(school)&orgIdType=\(type)&filterByOrgId=true"
            let request = HTTPRequest(
                method: .get, path: "/students/school?\(query)", headers: [.init("Accept", "application/json")],
                body: [])
            guard let list = try await transport.json(request).array else { throw .notUnderstood }
            pupils = list
        }
        for value in pupils { selection.add(try pupil(value)) }
    }

    private static func search(_ number: String, _ type: String, _ school: String, _ schoolType: String) -> HTTPRequest
    {
        let body: JSONValue = [
            "school": [
                "organisationIds": [
                    ["organisationId": .string(school), "organisationIdType": .string(schoolType)]
                ]
            ],
            "student": ["userIds": [["userId": .string(number), "userIdType": .string(type)]]],
        ]
        return HTTPRequest(
            method: .post, path: "/students",
            headers: [.init("Accept", "application/json"), .init("Content-Type", "application/json")],
            body: body.canonicalBytes)
    }

    private func pupil(_ value: JSONValue) throws(ReadingFailure) -> RegisterPupil {
        // Every pupil has a family name there: what has none is no pupil.
        guard let familyName = try value.optionalText("familyName") else { throw .notUnderstood }
        var pupil = RegisterPupil()
        let number = (value["userIds"]?.array ?? []).first { $0["userIdType"]?.string == userIDType }
        pupil.set(.leerlingnummer, try number?.optionalText("userId"))
        pupil.set(.voornamen, try value.optionalText("givenName"))
        pupil.set(.voorvoegsel, try value.optionalText("familyNamePrefix"))
        pupil.set(.achternaam, familyName)
        pupil.set(birthDate: try value.optionalText("dateOfBirth"))
        pupil.set(sex: try value.optionalText("gender"))
        return pupil
    }
}
