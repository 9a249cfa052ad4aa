// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// ESIS, by the agreement UWLR 2.2: SOAP 1.1, with a client certificate that the connection brings and a key per school in the header.
///
/// It gives all pupils of a school; there is no question about one of them, and there are no addresses.
struct UWLRRegister: Register {
    let path: String
    let customerCode: String
    let customerName: String
    /// By BRIN, with the location where the school has a key for each.
    let keys: [String: Secret]
    /// The year in which the school year began.
    let schoolYear: @Sendable () -> Int

    private static let data = "http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"
    private static let authorisation = "http://www.edustandaard.nl/leerresultaten/2/autorisatie"

    func read(
        _ selection: inout PupilSelection, of school: BRIN, over transport: any OutboundTransport
    ) async throws(ReadingFailure) {
        guard let key = keys[school.description] ?? keys[school.school] else {
            throw ReadingFailure(.contentNotRepresentable)
        }
        let answer = try await transport.soap(
            SOAPEnvelope(.v1_1, header: [header(key)], body: [question(school)]), path: path,
            action: "HaalLeerlinggegevens", answer: Self.name("leerlinggegevens_antwoord"),
            prefixes: [Self.data: "le", Self.authorisation: "au"])
        if answer.children.count == 1, answer.child(Self.name("geengegevens")) != nil { return }
        guard let data = answer.child(Self.name("leerlinggegevens")),
            let pupils = data.child(Self.name("leerlingen")),
            // Never the pupils of another school.
            data.child(Self.name("school"))?.child(Self.name("brincode"))?.value ?? school.school == school.school
        else { throw .notUnderstood }
        for pupil in pupils.children(Self.name("leerling")) { selection.add(Self.pupil(pupil)) }
    }

    private static func name(_ local: String) -> XMLName { XMLName(local, in: data) }

    private func header(_ key: Secret) -> XMLElement {
        func line(_ name: String, _ text: String) -> XMLElement {
            XMLElement(XMLName(name, in: Self.authorisation), text: text)
        }
        return XMLElement(
            XMLName("autorisatie", in: Self.authorisation),
            children: [
                line("autorisatiesleutel", key.exposed { $0 }), line("klantcode", customerCode),
                line("klantnaam", customerName),
            ])
    }

    private func question(_ school: BRIN) -> XMLElement {
        let year = schoolYear()
        return XMLElement(
            Self.name("leerlinggegevens_verzoek"),
            children: [
                XMLElement(Self.name("schooljaar"), text: "\(year)-\(year + 1)"),
                XMLElement(Self.name("brincode"), text: school.school),
                // 00 means the same as leaving it out.
                XMLElement(Self.name("dependancecode"), text: school.vestiging ?? "00"),
                XMLElement(Self.name("xsdversie"), text: "2.2"),
            ])
    }

    private static func pupil(_ element: XMLElement) -> RegisterPupil {
        func text(_ local: String) -> String? { element.child(name(local))?.value }
        var pupil = RegisterPupil()
        pupil.set(.leerlingnummer, element.attributes[XMLName("key")])
        pupil.set(.voornamen, text("voornamen"))
        pupil.set(.voorvoegsel, text("voorvoegsel"))
        pupil.set(.achternaam, text("achternaam"))
        pupil.set(birthDate: text("geboortedatum"))
        pupil.set(sex: text("geslacht"))
        return pupil
    }
}
