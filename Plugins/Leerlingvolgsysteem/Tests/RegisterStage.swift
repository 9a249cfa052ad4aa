// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Leerlingvolgsysteem
import Synchronization
import Values

/// A transport without a network that answers each request by what it asks.
final class AnsweringTransport: OutboundTransport {
    private let state = Mutex<[HTTPRequest]>([])
    private let answer: @Sendable (HTTPRequest, Int) -> Exchange<HTTPResponse>

    /// - Parameter answer: Gets the request and its number, from 1.
    init(_ answer: @escaping @Sendable (HTTPRequest, Int) -> Exchange<HTTPResponse>) {
        self.answer = answer
    }

    /// The same answer to every request.
    convenience init(status: Int = 200, _ body: String) {
        self.init { _, _ in .answered(HTTPResponse(status: status, body: Array(body.utf8))) }
    }

    var requests: [HTTPRequest] { state.withLock { $0 } }

    func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        let count = state.withLock { requests in
            requests.append(request)
            return requests.count
        }
        return answer(request, count)
    }

    func send(_ mail: MailMessage) async -> Exchange<MailReceipt> { .notSent(OutcomeReason(.notSent)) }
    func probe() async -> ProbeResult { .reachable }
}

/// Settings of each dialect, and questions about made-up pupils.
enum Example {
    static let gkv: JSONValue = [
        "dialect": "parnassys", "school_year": "2026-2027",
        "gkv": ["path": "/gkv/GeneriekeService", "supplier_name": "Voorbeeld & Zonen"],
    ]
    static let uwlr: JSONValue = [
        "dialect": "esis", "school_year": "2026-2027",
        "uwlr": [
            "path": "/uwlr2.2.svc", "customer_code": "code", "customer_name": "naam", "schools": [["school": "99XX"]],
        ],
    ]
    static let scim: JSONValue = [
        "dialect": "magister-scim",
        "scim": ["number_attribute": "urn:voorbeeld:User:stamnummer", "prefix_attribute": "name.middleName"],
    ]
    static let magisterCSV: JSONValue = [
        "dialect": "magister-csv",
        "magister_csv": ["accept_password_in_url": true, "user": "mel poort", "layout": "lijst"],
    ]
    static let secrets: [[String]: Secret] = [
        ["gkv", "supplier_key"]: Secret("sleutel<&"), ["uwlr", "schools", "0", "authorisation_key"]: Secret("sleutel"),
        ["magister_csv", "password"]: Secret("w;x&é"),
    ]

    static func adapter(_ settings: JSONValue, channel: String = "api") throws -> LeerlingvolgsysteemAdapter {
        try LeerlingvolgsysteemAdapter(
            settings: AdapterSettings(values: settings, channel: channel, secrets: secrets))
    }

    static func number(_ number: String, _ fields: Set<PupilField> = Set(PupilField.allCases)) -> PupilQuery {
        PupilQuery(school: "99XX", pupil: .number(number), fields: fields)
    }

    static func name(
        _ name: String, _ birthDate: String? = nil, _ fields: Set<PupilField> = Set(PupilField.allCases)
    ) -> PupilQuery {
        PupilQuery(school: "99XX", pupil: .name(name, birthDate: birthDate), fields: fields)
    }

    static let person: Set<PupilField> = [.leerlingnummer, .voornamen, .achternaam, .geboortedatum, .geslacht]
}

/// The answers of all registers about the one pupil 810001.
enum Answers {
    static let location = "5e570000-0000-4000-8000-000000000000"

    static let locations = #"{"vestigingen":[{"uuid":"\#(location)","naam":"A","brins":["99XX00"]}]}"#

    static func somtoday(_ extra: String = "") -> String {
        """
        {"leerlingen":[{"uuid":"00000000-0000-4000-8000-000000000001","leerlingnummer":810001,"voornamen":"Testkind Tweede",\
        "voorvoegsel":"van","achternaam":"Voorbeeld-Achternaam","geslacht":"VROUW","geboortedatum":"2016-03-04","BSN":"999990019",\
        "adres":{"straat":"Verzonnenstraat","huisnummer":"1a","huisnummer_zonder_toevoeging":"1","huisnummer_toevoeging":"a",\
        "postcode":"9999ZX","woonplaats":"Voorbeeldstad"}\(extra)}]}
        """
    }

    static let eduV = """
        {"userMasterIdentifier":"https://ketenid.nl/201703/00","userIds":[{"userId":"810001","userIdType":"ASI"}],\
        "givenName":"Testkind Tweede","preferredFirstName":"Testkind","familyName":"Voorbeeld-Achternaam",\
        "familyNamePrefix":"van","dateOfBirth":"2016-03-04","gender":"female","email":"l810001@school.example"}
        """

    static func gkv(isSecret: String = "false") -> String {
        soap(
            """
            <ns2:getLeerlingenResponse xmlns:ns2="http://www.topicus.nl/parnassys"><return><adressen><adres><id>A1</id>\
            <geheimadres>\(isSecret)</geheimadres><straat>Verzonnenstraat</straat><huisnummer>1a</huisnummer>\
            <postcode>9999ZX</postcode><plaats>Voorbeeldstad</plaats></adres></adressen><leerlingen><leerling><id>L1</id>\
            <leerlingAdres>A1</leerlingAdres><leerlingNummer>810001</leerlingNummer><voornamen>Testkind Tweede</voornamen>\
            <tussenvoegsel>van</tussenvoegsel><achternaam>Voorbeeld-Achternaam</achternaam>\
            <geboortedatum>2016-03-04</geboortedatum><geslacht>V</geslacht></leerling></leerlingen></return>\
            </ns2:getLeerlingenResponse>
            """)
    }

    static func uwlr(brin: String = "99XX", key: String = "810001") -> String {
        soap(
            """
            <le:leerlinggegevens_antwoord xmlns:le="http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens">\
            <le:leerlinggegevens><le:school><le:schooljaar>2026-2027</le:schooljaar><le:brincode>\(brin)</le:brincode></le:school>\
            <le:leerlingen><le:leerling key="\(key)"><le:achternaam>Voorbeeld-Achternaam</le:achternaam>\
            <le:voorvoegsel>van</le:voorvoegsel><le:voornamen>Testkind Tweede</le:voornamen>\
            <le:geboortedatum>2016-03-04</le:geboortedatum><le:geslacht>2</le:geslacht></le:leerling></le:leerlingen>\
            </le:leerlinggegevens></le:leerlinggegevens_antwoord>
            """)
    }

    static func soap(_ body: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">\
        <soap:Body>\(body)</soap:Body></soap:Envelope>
        """
    }

    static func fault(_ code: String) -> String {
        soap("<soap:Fault><faultcode>\(code)</faultcode><faultstring>Testkind is onbekend</faultstring></soap:Fault>")
    }

    static let scim = """
        {"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":1,"startIndex":1,"itemsPerPage":1,\
        "Resources":[{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:voorbeeld:User"],"id":"1",\
        "name":{"givenName":"Testkind Tweede","middleName":"van","familyName":"Voorbeeld-Achternaam"},\
        "urn:voorbeeld:User":{"stamnummer":"810001"}}]}
        """

    static let magisterCSV = """
        Stamnr;FIRSTNAME;PREFIX;LASTNAME;GENDER;BIRTHDATE;STREET;HOUSENR;HOUSENRSUFIX;POSTALCODE;CITY;STUDYPERIOD\r
        810001;Testkind Tweede;van;Voorbeeld-Achternaam;V;4-3-2016;Verzonnenstraat;1;a;9999ZX;Voorbeeldstad;2026/2027\r
        810001;Testkind Tweede;van;Voorbeeld-Achternaam;V;4-3-2016;Verzonnenstraat;1;a;9999ZX;Voorbeeldstad;2025/2026\r

        """
}
