// SPDX-License-Identifier: EUPL-1.2

/// What the operation answers.
struct UWLRAnswer: Sendable {
    let register: MadeUpRegister
    private let namespace = UWLRCounterpart.namespace

    init(register: MadeUpRegister) {
        self.register = register
    }

    func leerlinggegevens(
        _ request: SiteRequest, _ credentials: UWLRCounterpart.Credentials
    ) throws(Objection) -> IndexAnswer {
        let message = try SOAPRules.open(request, action: "HaalLeerlinggegevens", bareActionToo: true)
        try checkAuthorisation(message.header, credentials)
        guard message.body.isNamed("leerlinggegevens_verzoek", in: namespace) else {
            throw SOAPRules.client("the request is not leerlinggegevens_verzoek in its namespace")
        }
        let fields = try SOAPRules.fields(
            message.body,
            [
                "schooljaar", "brincode", "dependancecode", "schoolkey", "xsdversie", "gegevenssetid",
                "laatstontvangengegevens",
            ],
            optional: [
                "brincode", "dependancecode", "schoolkey", "xsdversie", "gegevenssetid", "laatstontvangengegevens",
            ], in: namespace)
        guard fields["xsdversie"] ?? "2.2" == "2.2" else { throw SOAPRules.client("xsdversie is not 2.2") }
        let location = try location(fields)
        try checkYear(fields["schooljaar"] ?? "")
        let content = XMLTag("leerlinggegevens", in: namespace, [:], content(location))
        return SOAPRules.answer(
            [XMLTag("leerlinggegevens_antwoord", in: namespace, [:], [content])], prefixes: [namespace: "le"])
    }

    private func checkAuthorisation(
        _ header: [XMLTag], _ credentials: UWLRCounterpart.Credentials
    ) throws(Objection) {
        let namespace = UWLRCounterpart.authorisationNamespace
        guard header.count == 1, let shown = header.first, shown.isNamed("autorisatie", in: namespace) else {
            throw SOAPRules.client("the header does not hold exactly autorisatie in its namespace")
        }
        let fields = try SOAPRules.fields(shown, ["autorisatiesleutel", "klantcode", "klantnaam"], in: namespace)
        guard fields["autorisatiesleutel"] == credentials.key, fields["klantcode"] == credentials.customerCode,
            fields["klantnaam"] == credentials.customerName
        else { throw SOAPRules.client("the customer is unknown or the key is wrong") }
    }

    private func location(_ fields: [String: String]) throws(Objection) -> Int {
        guard let brin = fields["brincode"], let code = fields["dependancecode"] else {
            throw SOAPRules.client("the school is not named by brincode and dependancecode")
        }
        guard brin.wholeMatch(of: /\d{2}[A-Z]{2}/) != nil, code.wholeMatch(of: /\d{2}/) != nil else {
            throw SOAPRules.client("brincode or dependancecode has the wrong form")
        }
        guard brin == register.brin, let location = Int(code), location <= 1 else {
            throw Objection(500, "Client", "the key does not hold for this school", isViolation: false)
        }
        return location
    }

    private func checkYear(_ year: String) throws(Objection) {
        guard !year.isEmpty else { return }
        guard let match = year.wholeMatch(of: /(\d{4})-(\d{4})/), let first = Int(match.1), Int(match.2) == first + 1
        else {
            throw SOAPRules.client("schooljaar is not of the form 2011-2012")
        }
        guard first == register.schoolYear else {
            throw Objection(500, "Client", "only the running school year is given", isViolation: false)
        }
    }

    private func content(_ location: Int) -> [XMLTag] {
        let pupils = register.pupils(at: location)
        let code = "0\(location)"
        let school = element(
            "school", [:],
            [
                ("schooljaar", "\(register.schoolYear)-\(register.schoolYear + 1)"), ("brincode", register.brin),
                ("dependancecode", code), ("aanmaakdatum", "\(register.schoolYear)-11-16T10:15:00"),
                ("xsdversie", "2.2"),
            ])
        let groups = Set(pupils.map(\.groep)).sorted().map { name in
            element(
                "groep", ["key": key(name)], [("naam", name), ("jaargroep", name.replacing("Groep ", with: ""))])
        }
        let place = element("vestiging", ["key": "V\(location)"], [("naam", register.schoolName)])
        return [
            school, list("groepen", groups), list("leerlingen", pupils.map { pupil($0, location) }),
            list("leerkrachten", []), list("vestigingen", [place]),
        ]
    }

    /// The order of leerlinggegevensstructuur; sex as ISO 5218 has it.
    private func pupil(_ pupil: MadeUpRegister.Pupil, _ location: Int) -> XMLTag {
        let sex = [MadeUpRegister.Pupil.Sex.female: "2", .male: "1", .unknown: "0"][pupil.geslacht]
        var tag = element(
            "leerling", ["key": String(pupil.number), "eckid": pupil.eckid],
            [
                ("achternaam", pupil.achternaam), ("voorvoegsel", pupil.voorvoegsel), ("voornamen", pupil.voornamen),
                ("voorletters-1", pupil.voorletters), ("roepnaam", pupil.roepnaam),
                ("geboortedatum", pupil.geboortedatum), ("geslacht", sex),
                ("jaargroep", pupil.groep.replacing("Groep ", with: "")),
            ])
        tag.children += [
            XMLTag("groep", in: namespace, ["key": key(pupil.groep)]),
            XMLTag("vestiging", in: namespace, ["key": "V\(location)"]),
        ]
        return tag
    }

    private func key(_ group: String) -> String { group.replacing("Groep ", with: "G") }

    private func list(_ name: String, _ children: [XMLTag]) -> XMLTag { XMLTag(name, in: namespace, [:], children) }

    private func element(_ name: String, _ attributes: [String: String], _ fields: [(String, String?)]) -> XMLTag {
        XMLTag(
            name, in: namespace, attributes,
            fields.compactMap { name, value in value.map { XMLTag(name, in: namespace, text: $0) } })
    }
}
