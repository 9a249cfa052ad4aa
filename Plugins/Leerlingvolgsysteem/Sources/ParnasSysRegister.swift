// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Values

/// ParnasSys, the Generiek Koppelvlak (GKV): SOAP 1.1, with the supplier's key in the body.
///
/// It gives all pupils of a school for a school year; there is no question about one of them.
struct ParnasSysRegister: Register {
    let path: String
    let supplierName: String
    let supplierKey: Secret
    /// The year in which the school year began.
    let schoolYear: @Sendable () -> Int

    private static let namespace = "http://www.topicus.nl/parnassys"

    func read(
        _ selection: inout PupilSelection, of school: BRIN, over transport: any OutboundTransport
    ) async throws(ReadingFailure) {
        let year = schoolYear()
        let key = supplierKey.exposed { $0 }
        let question = XMLElement(
            XMLName("getLeerlingen", in: Self.namespace),
            children: [
                XMLElement(XMLName("leveranciernaam"), text: supplierName),
                XMLElement(XMLName("leveranciersleutel"), text: key),
                XMLElement(XMLName("brinnummer"), text: school.school),
                XMLElement(XMLName("schooljaar"), text: "\(year) / \(year + 1)"),
            ])
        let answer = try await transport.soap(
            SOAPEnvelope(.v1_1, body: [question]), path: path, action: "getLeerlingen",
            answer: XMLName("getLeerlingenResponse", in: Self.namespace), prefixes: [Self.namespace: "p"])
        guard let result = answer.child(XMLName("return")), let pupils = result.child(XMLName("leerlingen")) else {
            throw .notUnderstood
        }
        let addresses = result.child(XMLName("adressen"))?.children(XMLName("adres")) ?? []
        let byID = Dictionary(
            addresses.compactMap { address in address.child(XMLName("id"))?.value.map { ($0, address) } },
            uniquingKeysWith: { first, _ in first })
        for pupil in pupils.children(XMLName("leerling")) {
            let address = pupil.child(XMLName("leerlingAdres"))?.value.flatMap { byID[$0] }
            selection.add(Self.pupil(pupil, address))
        }
    }

    private static func pupil(_ element: XMLElement, _ address: XMLElement?) -> RegisterPupil {
        func text(_ name: String) -> String? { element.child(XMLName(name))?.value }
        var pupil = RegisterPupil()
        pupil.set(.leerlingnummer, text("leerlingNummer"))
        pupil.set(.voornamen, text("voornamen"))
        pupil.set(.voorvoegsel, text("tussenvoegsel"))
        pupil.set(.achternaam, text("achternaam"))
        pupil.set(birthDate: text("geboortedatum"))
        pupil.set(sex: text("geslacht"))
        guard let address else { return pupil }
        // Only a plain "false" opens it.
        guard address.child(XMLName("geheimadres"))?.value == "false" else {
            pupil.secret = PupilField.address
            return pupil
        }
        pupil.set(.straat, address.child(XMLName("straat"))?.value)
        pupil.set(.huisnummer, address.child(XMLName("huisnummer"))?.value)
        pupil.set(.postcode, address.child(XMLName("postcode"))?.value)
        pupil.set(.woonplaats, address.child(XMLName("plaats"))?.value)
        return pupil
    }
}
