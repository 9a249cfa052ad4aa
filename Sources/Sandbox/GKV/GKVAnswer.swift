// SPDX-License-Identifier: EUPL-1.2

/// What the operation answers.
struct GKVAnswer: Sendable {
    let register: MadeUpRegister

    func leerlingen(_ request: SiteRequest, _ credentials: GKVCounterpart.Credentials) throws(Objection) -> IndexAnswer
    {
        let message = try SOAPRules.open(request, action: "getLeerlingen")
        guard message.header.isEmpty else { throw SOAPRules.client("the header holds something") }
        guard message.body.isNamed("getLeerlingen", in: GKVCounterpart.namespace) else {
            throw SOAPRules.client("the operation is not getLeerlingen in its namespace")
        }
        let fields = try SOAPRules.fields(
            message.body, ["leveranciernaam", "leveranciersleutel", "brinnummer", "schooljaar"], in: "")
        guard fields["leveranciernaam"] == credentials.supplierName,
            fields["leveranciersleutel"] == credentials.supplierKey
        else { throw SOAPRules.client("the supplier is unknown or its key is wrong") }
        guard let year = fields["schooljaar"]?.wholeMatch(of: /(\d{4}) \/ (\d{4})/), let first = Int(year.1),
            Int(year.2) == first + 1
        else { throw SOAPRules.client("schooljaar is not of the form 2020 / 2021") }
        guard let brin = fields["brinnummer"], brin.wholeMatch(of: /\d{2}[A-Z]{2}/) != nil else {
            throw SOAPRules.client("brinnummer is not a BRIN of four characters")
        }
        guard brin == register.brin else {
            throw Objection(500, "Client", "the school has not given this supplier access", isViolation: false)
        }
        let content = first == register.schoolYear ? content() : []
        let response = XMLTag(
            "getLeerlingenResponse", in: GKVCounterpart.namespace, [:], [XMLTag("return", in: "", [:], content)])
        return SOAPRules.answer([response], prefixes: [GKVCounterpart.namespace: "ns2"])
    }

    private func content() -> [XMLTag] {
        let groups = Set(register.pupils.map(\.groep)).sorted()
        return [
            list("adressen", register.pupils.map(address)),
            list(
                "groepen",
                groups.map { name in
                    element(
                        "groep", [("id", name.replacing("Groep ", with: "G")), ("naam", name), ("schooljaar", "SJ1")])
                }),
            list(
                "inschrijvingtypes",
                [element("inschrijvingtype", [("id", "IT1"), ("omschrijving", "Leerplichtig"), ("code", "L")])]),
            list("leerlingen", register.pupils.map(pupil)),
            list(
                "schooljaren",
                [
                    element(
                        "schooljaar", [("id", "SJ1"), ("naam", "\(register.schoolYear) / \(register.schoolYear + 1)")])
                ]),
        ]
    }

    private func address(_ pupil: MadeUpRegister.Pupil) -> XMLTag {
        let address = pupil.address
        var tag = element(
            "adres",
            [
                ("id", "A\(pupil.number)"), ("geheimadres", String(pupil.isSecret)), ("gemeente", address.woonplaats),
                ("huisnummer", address.huisnummer), ("land", "Nederland"), ("plaats", address.woonplaats),
                ("postcode", address.postcode), ("straat", address.straat),
            ])
        tag.children.append(
            element(
                "telefoon",
                [("geheim", String(pupil.isSecret)), ("id", "T\(pupil.number)"), ("nummer", pupil.telefoon)]))
        return tag
    }

    private func pupil(_ pupil: MadeUpRegister.Pupil) -> XMLTag {
        let sex = [MadeUpRegister.Pupil.Sex.female: "V", .male: "M", .unknown: "O"][pupil.geslacht] ?? "O"
        var tag = element(
            "leerling",
            [
                ("id", "L\(pupil.number)"), ("achternaam", pupil.achternaam), ("achternaamOfficieel", pupil.achternaam),
                ("datumAanmelding", "\(register.schoolYear)-05-01"), ("geboortedatum", pupil.geboortedatum),
                ("geboortedatumOnzeker", String(pupil.geboortedatum == nil)), ("geboorteplaats", "Voorbeeldstad"),
                ("geslacht", sex), ("leerlingAdres", "A\(pupil.number)"), ("leerlingNummer", String(pupil.number)),
                ("roepNaam", pupil.roepnaam), ("tussenvoegsel", pupil.voorvoegsel),
                ("tussenvoegselOfficieel", pupil.voorvoegsel), ("voornamen", pupil.voornamen),
            ])
        let placed = element(
            "groepsindeling",
            [
                ("id", "GI\(pupil.number)"), ("bekostigd", "true"),
                ("groep", pupil.groep.replacing("Groep ", with: "G")),
                ("leerjaar", pupil.groep.replacing("Groep ", with: "")), ("schooljaar", "SJ1"),
                ("vanafDatum", "\(register.schoolYear)-08-01"), ("totDatum", "\(register.schoolYear + 1)-07-31"),
            ])
        let enrolled = element(
            "inschrijving",
            [
                ("id", "I\(pupil.number)"), ("datumInschrijving", "\(register.schoolYear)-08-01"),
                ("inschrijvingType", "IT1"),
            ])
        tag.children += [list("groepsindelingen", [placed]), list("inschrijvingen", [enrolled])]
        return tag
    }

    private func list(_ name: String, _ children: [XMLTag]) -> XMLTag { XMLTag(name, in: "", [:], children) }

    private func element(_ name: String, _ fields: [(String, String?)]) -> XMLTag {
        XMLTag(name, in: "", [:], fields.compactMap { name, value in value.map { XMLTag(name, text: $0) } })
    }
}
