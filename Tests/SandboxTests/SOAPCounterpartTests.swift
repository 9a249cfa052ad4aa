// SPDX-License-Identifier: EUPL-1.2
import Foundation
import FoundationXML
import Sandbox
import Testing

/// What both SOAP counterparts are asked.
struct Envelope {
    static let gkv = """
        <?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soap:Body>\
        <getLeerlingen xmlns="http://www.topicus.nl/parnassys"><leveranciernaam xmlns="">\
        Proef &amp; Voorbeeld (Meldpoort)</leveranciernaam>\
        <leveranciersleutel xmlns="">sleutel&lt;&amp;&gt;proef</leveranciersleutel><brinnummer xmlns="">99XX</brinnummer>\
        <schooljaar xmlns="">2026 / 2027</schooljaar></getLeerlingen></soap:Body></soap:Envelope>
        """
    static let uwlr = """
        <SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" \
        xmlns:au="http://www.edustandaard.nl/leerresultaten/2/autorisatie" \
        xmlns:le="http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"><SOAP-ENV:Header>\
        <au:autorisatie><au:autorisatiesleutel>Pk77881FG-PROEF=</au:autorisatiesleutel>\
        <au:klantcode>89TY==PROEF</au:klantcode><au:klantnaam>Meldpoort &amp; proef</au:klantnaam></au:autorisatie>\
        </SOAP-ENV:Header><SOAP-ENV:Body><le:leerlinggegevens_verzoek><le:schooljaar>2026-2027</le:schooljaar>\
        <le:brincode>99XX</le:brincode><le:dependancecode>00</le:dependancecode><le:xsdversie>2.2</le:xsdversie>\
        </le:leerlinggegevens_verzoek></SOAP-ENV:Body></SOAP-ENV:Envelope>
        """
    static let type = "Content-Type: text/xml; charset=utf-8"
    static let gkvAction = "SOAPAction: \"getLeerlingen\""
    static let uwlrAction = "SOAPAction: HaalLeerlinggegevens"

    /// The texts at a path of local names, such as `leerling/achternaam`.
    static func texts(_ reply: SiteReply, _ path: String) throws -> [String] {
        let document = try XMLDocument(xmlString: reply.body)
        let query = "//" + path.split(separator: "/").map { "*[local-name()='\($0)']" }.joined(separator: "/")
        return try document.nodes(forXPath: query).map { $0.stringValue ?? "" }
    }

    static func faultCode(_ reply: SiteReply) throws -> String? {
        try texts(reply, "Body/Fault/faultcode").first
    }
}

@Suite struct GKVCounterpartTests {
    private static let path = "/bao/services/cxf/v3/generic"
    private static let right = [Envelope.type, Envelope.gkvAction]

    private func counterpart() throws -> GKVCounterpart {
        GKVCounterpart(security: .server(try Tools.certificates().server))
    }

    @Test func thePublishedRequestGivesEveryPupil() async throws {
        let gkv = try counterpart()
        try await running(gkv.site) { (site) async throws in
            let reply = try await site.ask("POST", Self.path, Self.right, Envelope.gkv)
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "text/xml; charset=utf-8")
            let register = gkv.register
            let numbers = try Envelope.texts(reply, "return/leerlingen/leerling/leerlingNummer")
            #expect(numbers == register.pupils.map { String($0.number) })
            #expect(try Envelope.texts(reply, "leerling/geboortedatum").count == 249)
            let secrets = try Envelope.texts(reply, "adres/geheimadres")
            #expect(secrets.enumerated().filter { $0.element == "true" }.map(\.offset) == [1])
            #expect(try Envelope.texts(reply, "adres/id")[1] == Envelope.texts(reply, "leerling/leerlingAdres")[1])
            // The children of `return` have no namespace, the operation's answer has one.
            let document = try XMLDocument(xmlString: reply.body)
            let response =
                "/*/*/*[local-name()='getLeerlingenResponse' and namespace-uri()='\(GKVCounterpart.namespace)']"
            #expect(try document.nodes(forXPath: "\(response)/return/leerlingen/leerling").count == 250)
            #expect(site.violations == [])
        }
    }

    @Test func anotherYearIsEmptyAndAnotherSchoolIsAFault() async throws {
        try await running(counterpart().site) { (site) async throws in
            let past = try await site.ask(
                "POST", Self.path, Self.right, Envelope.gkv.replacing("2026 / 2027", with: "2020 / 2021"))
            #expect(past.status == 200)
            #expect(try Envelope.texts(past, "leerling").isEmpty)
            let other = try await site.ask("POST", Self.path, Self.right, Envelope.gkv.replacing("99XX", with: "98XX"))
            #expect(other.status == 500)
            #expect(try Envelope.faultCode(other) == "soap:Client")
            #expect(site.violations == [])
        }
    }

    private static func changed(_ what: String, _ from: String, _ to: String, violation: String) -> Refused {
        Refused(
            what, "POST", path, headers: right, body: Envelope.gkv.replacing(from, with: to), status: 500,
            violation: violation)
    }

    private static let bad = [
        Refused(
            "no action", "POST", path, headers: [Envelope.type], body: Envelope.gkv, status: 500,
            violation: "SOAPAction is missing"),
        Refused(
            "an unquoted action", "POST", path, headers: [Envelope.type, "SOAPAction: getLeerlingen"],
            body: Envelope.gkv,
            status: 500, violation: "SOAPAction"),
        changed(
            "SOAP 1.2", "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope",
            violation: "SOAP 1.1"),
        changed("a wrong namespace", "topicus.nl/parnassys", "topicus.nl/parnassys/", violation: "getLeerlingen"),
        changed("an argument with namespace", "<brinnummer xmlns=\"\">", "<brinnummer>", violation: "wrong namespace"),
        changed("an argument less", "<brinnummer xmlns=\"\">99XX</brinnummer>", "", violation: "brinnummer is missing"),
        changed("an argument more", "<brinnummer", "<naam xmlns=\"\"/><brinnummer", violation: "unknown element"),
        changed(
            "an argument twice", "<schooljaar", "<brinnummer xmlns=\"\">99XX</brinnummer><schooljaar",
            violation: "wrong place"),
        changed("a wrong key", "sleutel&lt;", "sleutel", violation: "key is wrong"),
        changed("a key that is escaped twice", "sleutel&lt;", "sleutel&amp;lt;", violation: "key is wrong"),
        changed("a year in another form", "2026 / 2027", "2026-2027", violation: "schooljaar"),
        changed("two years that do not follow", "2026 / 2027", "2026 / 2028", violation: "schooljaar"),
        changed("a location number", "99XX", "99XX00", violation: "brinnummer"),
        changed("two operations", "</getLeerlingen>", "</getLeerlingen><x/>", violation: "exactly one"),
        changed(
            "a header with something in it", "<soap:Body>", "<soap:Header><x/></soap:Header><soap:Body>",
            violation: "header"),
        changed("not well-formed", "</soap:Body>", "", violation: "well-formed"),
        changed("an ampersand bare", "Proef &amp;", "Proef &", violation: "well-formed"),
        changed(
            "a document type", "<soap:Envelope", "<!DOCTYPE x [<!ENTITY y \"z\">]><soap:Envelope",
            violation: "document type"),
    ]

    @Test func wrongRequestsAreRefused() async throws {
        try await running(counterpart().site) { (site) async throws in
            for bad in Self.bad {
                let reply = try await site.refuses(bad)
                #expect(try Envelope.faultCode(reply)?.hasPrefix("soap:") ?? false, "\(bad.what)")
            }
            _ = try await site.refuses(
                Refused(
                    "SOAP 1.2's type", "POST", Self.path,
                    headers: ["Content-Type: application/soap+xml", Envelope.gkvAction], body: Envelope.gkv,
                    status: 415, violation: "content type"))
            _ = try await site.refuses(Refused("GET", "GET", Self.path, status: 405, violation: "another method"))
        }
    }

    @Test func anErrorCanHideInsideAGoodAnswer() async throws {
        let gkv = try counterpart()
        try await running(gkv.site) { (site) async throws in
            site.fail(nil, [.instead(SOAPFault.answer("Storing", status: 200))])
            let reply = try await site.ask("POST", Self.path, Self.right, Envelope.gkv)
            #expect(reply.status == 200)
            #expect(try Envelope.faultCode(reply) == "soap:Server")
        }
    }
}

@Suite struct UWLRCounterpartTests {
    private static let path = "/uwlr2.2.svc"
    private static let right = [Envelope.type, Envelope.uwlrAction]

    private func counterpart() throws -> UWLRCounterpart { UWLRCounterpart(security: try Tools.mutual()) }

    @Test func thePublishedRequestGivesTheWholeSchool() async throws {
        let uwlr = try counterpart()
        try await running(uwlr.site) { (site) async throws in
            let reply = try await site.ask("POST", Self.path, Self.right, Envelope.uwlr, certificate: true)
            #expect(reply.status == 200)
            let register = uwlr.register
            #expect(
                try Envelope.texts(reply, "leerlingen/leerling/achternaam") == register.pupils(at: 0).map(\.achternaam))
            #expect(try Envelope.texts(reply, "leerling/geboortedatum").count == 244)
            #expect(try Envelope.texts(reply, "school/schooljaar") == ["2026-2027"])
            let document = try XMLDocument(xmlString: reply.body)
            let keys = "//*[local-name()='leerling' and namespace-uri()='\(UWLRCounterpart.namespace)']/@key"
            #expect(try document.nodes(forXPath: keys).first?.stringValue == "810001")
            let second = try await site.ask(
                "POST", Self.path, [Envelope.type, "SOAPAction: \"HaalLeerlinggegevens\""],
                Envelope.uwlr.replacing(">00<", with: ">01<").replacing(">2026-2027<", with: "><"), certificate: true)
            #expect(try Envelope.texts(second, "leerling/achternaam") == register.pupils(at: 1).map(\.achternaam))
            #expect(site.violations == [])
        }
    }

    @Test func withoutClientCertificateNothingIsHeard() async throws {
        let uwlr = try counterpart()
        try await running(uwlr.site) { site in
            let reply = try await site.ask("POST", Self.path, Self.right, Envelope.uwlr)
            #expect(reply.status == 0)
        }
        // Once it has stopped, every connection has come to its end.
        #expect(uwlr.site.count == 0)
        #expect(uwlr.site.refusedConnections == 1)
    }

    private static func changed(_ what: String, _ from: String, _ to: String, violation: String) -> Refused {
        Refused(
            what, "POST", path, headers: right, body: Envelope.uwlr.replacing(from, with: to), status: 500,
            violation: violation)
    }

    private static let bad = [
        Refused(
            "another action", "POST", path, headers: [Envelope.type, "SOAPAction: HaalStructuur"], body: Envelope.uwlr,
            status: 500, violation: "SOAPAction"),
        changed("a wrong key", "PROEF=</au", "PROEF</au", violation: "key is wrong"),
        changed("no credentials", "<au:klantcode>89TY==PROEF</au:klantcode>", "", violation: "klantcode is missing"),
        changed(
            "credentials in another order", "<au:klantcode>", "<au:klantnaam/><au:klantcode>", violation: "klantcode"),
        changed(
            "credentials without namespace", "leerresultaten/2/autorisatie", "leerresultaten/1/autorisatie",
            violation: "autorisatie"),
        changed(
            "credentials in the body", "<le:brincode>", "<au:autorisatiesleutel/><le:brincode>",
            violation: "wrong namespace"),
        changed(
            "another request", "leerlinggegevens_verzoek", "leerlingen_verzoek", violation: "leerlinggegevens_verzoek"),
        changed(
            "another namespace", "/2/leerlinggegevens\"", "/1/leerlinggegevens\"", violation: "leerlinggegevens_verzoek"
        ),
        changed("no school year", "<le:schooljaar>2026-2027</le:schooljaar>", "", violation: "schooljaar is missing"),
        changed("a school year in another form", "2026-2027", "2026/2027", violation: "schooljaar"),
        changed(
            "the wrong order", "<le:brincode>99XX</le:brincode>",
            "<le:xsdversie>2.2</le:xsdversie><le:brincode>99XX</le:brincode>", violation: "brincode"),
        changed(
            "no location", "<le:dependancecode>00</le:dependancecode>", "", violation: "brincode and dependancecode"),
        changed("another version", ">2.2<", ">2.3<", violation: "xsdversie"),
        changed(
            "an unknown element", "<le:xsdversie>", "<le:leerling>1</le:leerling><le:xsdversie>",
            violation: "unknown element"),
        changed("text between", "<le:brincode>", "x<le:brincode>", violation: "text"),
    ]

    @Test func wrongRequestsAreRefused() async throws {
        try await running(counterpart().site) { (site) async throws in
            for bad in Self.bad {
                let reply = try await site.refuses(bad, certificate: true)
                #expect(try Envelope.faultCode(reply) == "soap:Client", "\(bad.what)")
            }
        }
    }

    @Test func anotherSchoolIsAFaultOfNobody() async throws {
        try await running(counterpart().site) { (site) async throws in
            let reply = try await site.ask(
                "POST", Self.path, Self.right, Envelope.uwlr.replacing("99XX", with: "98XX"), certificate: true)
            #expect(reply.status == 500)
            #expect(site.violations == [])
        }
    }
}
