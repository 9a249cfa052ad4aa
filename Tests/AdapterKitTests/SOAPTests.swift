// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Testing

/// SOAP messages and faults, of both versions.
@Suite struct SOAPTests {
    @Test func aMessageIsWrittenAsItsVersionHasIt() throws {
        let question = XMLElement(XMLName("vraag", in: "urn:v"), children: [XMLElement(XMLName("kop"), text: "A & B")])
        let header = XMLElement(XMLName("sleutel", in: "urn:s"), text: "x")
        let bytes = try SOAPEnvelope(.v1_1, header: [header], body: [question]).bytes(prefixes: ["urn:v": "v"])
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>\
                <soap:Envelope xmlns:n2="urn:s" xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:v="urn:v">\
                <soap:Header><n2:sleutel>x</n2:sleutel></soap:Header>\
                <soap:Body><v:vraag><kop>A &amp; B</kop></v:vraag></soap:Body></soap:Envelope>
                """)
        #expect(
            SOAPVersion.v1_1.headers(action: "doe") == [
                HTTPRequest.Header("Content-Type", "text/xml; charset=utf-8"),
                HTTPRequest.Header("SOAPAction", "\"doe\""),
            ])
        #expect(
            SOAPVersion.v1_2.headers(action: "doe").map(\.value) == [
                "application/soap+xml; charset=utf-8; action=\"doe\""
            ])
    }

    @Test(arguments: SOAPVersion.allCases) func aMessageComesBack(_ version: SOAPVersion) throws {
        let sent = SOAPEnvelope(version, body: [XMLElement(XMLName("a", in: "urn:v"), text: "é")])
        #expect(try SOAPEnvelope(sent.bytes(), version) == sent)
        let other = version == .v1_1 ? SOAPVersion.v1_2 : .v1_1
        #expect(throws: SOAPProblem.notSOAP) { try SOAPEnvelope(sent.bytes(), other) }
    }

    @Test(
        arguments: [
            ("soap:Client", .sender), ("Client.Authentication", .sender), ("soap:Server", .receiver), ("x", .unknown),
        ] as [(String, SOAPFault.Side)])
    func aFaultSaysWhoIsToBlame(_ code: String, _ side: SOAPFault.Side) {
        let text = """
            <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>\
            <faultcode>\(code)</faultcode><faultstring>Testkind is onbekend</faultstring></soap:Fault></soap:Body></soap:Envelope>
            """
        #expect {
            try SOAPEnvelope(Array(text.utf8), .v1_1)
        } throws: { error in
            guard case .fault(let fault)? = error as? SOAPProblem else { return false }
            return fault.side == side && !String(reflecting: fault).contains("Testkind")
        }
    }

    @Test func aFaultOfTheLaterVersionIsReadToo() {
        let text = """
            <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body><e:Fault><e:Code>\
            <e:Value>e:Receiver</e:Value></e:Code></e:Fault></e:Body></e:Envelope>
            """
        #expect { try SOAPEnvelope(Array(text.utf8), .v1_2) } throws: {
            if case .fault(let fault)? = $0 as? SOAPProblem { fault.side == .receiver } else { false }
        }
    }

    @Test(
        arguments: [
            "<html><body>Onderhoud</body></html>", "", "<Envelope><Body/></Envelope>",
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'/>",
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/><s:Body/></s:Envelope>",
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'>tekst<s:Body/></s:Envelope>",
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body/><s:Staart/></s:Envelope>",
        ])
    func whatIsNoMessageIsNone(_ text: String) {
        #expect(throws: SOAPProblem.notSOAP) { try SOAPEnvelope(Array(text.utf8), .v1_1) }
    }
}
