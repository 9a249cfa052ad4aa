// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// What the routes answer from.
final class SomtodayDesk: Sendable {
    let state: Mutex<SomtodayCounterpart.State>
    private let register: MadeUpRegister

    init(register: MadeUpRegister, permitted: Set<String>) {
        self.register = register
        state = Mutex(SomtodayCounterpart.State(permitted: permitted))
    }

    func instelling(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        try checkAccept(request)
        let brins = [register.brin, register.brin6(0), register.brin6(1)]
        let fits =
            (request.query("brin").map { brins.contains($0) } ?? true)
            && (request.query("naam").map { register.schoolName.lowercased().contains($0.lowercased()) } ?? true)
        let school: SiteJSON = .object([
            "uuid": .text(SomtodayCounterpart.organisation), "naam": .text(register.schoolName), "afkorting": "vbd",
            "brins": [.text(register.brin)],
        ])
        return .json(200, .object(["instellingen": fits ? [school] : []]))
    }

    func vestiging(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        try checkAccept(request)
        let hasAccess = state.withLock { $0.hasAccess }
        if let uuid = request.query("uuid") { try Self.checkUUID(uuid) }
        let shown = (0...1).filter { location in
            hasAccess && request.query("uuid").map { $0 == SomtodayCounterpart.vestiging(location) } ?? true
        }
        let places = shown.map { location -> SiteJSON in
            .object([
                "uuid": .text(SomtodayCounterpart.vestiging(location)),
                "naam": .text("\(register.schoolName), locatie \(location + 1)"), "afkorting": .text("vb\(location)"),
                "brins": [.text(register.brin6(location))],
            ])
        }
        let permissions = SiteJSON.object([
            "uuid": true, "naam": true, "brins": true, "afkorting": true, "digideliveryid": false,
        ])
        let asksPermissions = try flag(request, "veldpermissies")
        return .json(
            200, .object(["vestigingen": .list(places), "veldpermissies": asksPermissions ? permissions : nil]))
    }

    func leerlingen(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let (location, seen) = try open(request)
        let ids = request.queries("uuid")
        for id in ids { try Self.checkUUID(id) }
        let wanted = seen.filter { pupil in
            (ids.isEmpty || ids.contains(pupil.id))
                && request.query("subject").map { $0 == "\(SomtodayCounterpart.organisation)/\(pupil.id)" } ?? true
        }
        let offset = try number(request, "offset") ?? 0
        let amount = try number(request, "amount")
        guard amount != nil || request.query("subject") != nil else { throw Self.wrong("amount is missing") }
        guard amount ?? 1 >= 1, amount ?? 1 <= 200 else { throw Self.wrong("amount is not 1 to 200") }
        return try answer(Array(wanted.dropFirst(offset).prefix(amount ?? 200)), request, location)
    }

    func leerling(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let (location, seen) = try open(request)
        let id = request.places["leerlingUUID"] ?? ""
        try Self.checkUUID(id)
        guard let pupil = seen.first(where: { $0.id == id }) else {
            throw Objection(404, "404", "the pupil is not at this location", isViolation: false)
        }
        return try answer([pupil], request, location)
    }

    // MARK: Parts

    private func open(_ request: SiteRequest) throws(Objection) -> (Int, [MadeUpRegister.Pupil]) {
        try checkAccept(request)
        let id = request.places["vestigingUUID"] ?? ""
        try Self.checkUUID(id)
        let state = state.withLock { $0 }
        guard let location = (0...1).first(where: { SomtodayCounterpart.vestiging($0) == id }) else {
            throw Objection(401, "401", "the location is unknown")
        }
        guard state.hasAccess else {
            throw Objection(401, "401", "the school gave no access to this location", isViolation: false)
        }
        guard ["HUIDIG", "VOLGEND"].contains(request.query("peilschooljaar") ?? "HUIDIG") else {
            throw Self.wrong("peilschooljaar is not HUIDIG or VOLGEND")
        }
        return (location, register.pupils(at: location).filter { !state.hidden.contains($0.number) })
    }

    private func answer(
        _ pupils: [MadeUpRegister.Pupil], _ request: SiteRequest, _ location: Int
    ) throws(Objection) -> IndexAnswer {
        let permitted = state.withLock { $0.permitted }
        let permissions = SiteJSON.object(
            Dictionary(uniqueKeysWithValues: Self.fields.map { ($0, SiteJSON.bool(permitted.contains($0))) }))
        let asksPermissions = try flag(request, "veldpermissies")
        return .json(
            200,
            .object([
                "leerlingen": .list(pupils.map { json($0, permitted, location) }),
                "veldpermissies": asksPermissions ? permissions : nil,
            ]))
    }

    /// The fields of `LeerlingVeldpermissies`.
    private static let fields = [
        "uuid", "eckid", "leerlingnummer", "roepnaam", "voornamen", "voorletters", "voorvoegsel", "achternaam",
        "geslacht",
        "geboortedatum", "emailadres", "mobielnummer", "telefoonnummer", "adres", "verzorgers", "vestiging",
        "plaatsingen",
        "lesgroepen", "vakkeuzes", "gebruikersnaam", "eduPersonRealId", "parnassysLeerlingNummer", "geboorteplaats",
        "geboorteland", "wenstContactViaEMail", "BSN", "isActief", "schoolVanHerkomstBrin", "schoolVanHerkomstNaam",
        "adviesSchoolVanHerkomst", "onderwijsSinds", "externDebiteurnummer", "bankgegevens", "debiteuradres",
    ]

    private func json(_ pupil: MadeUpRegister.Pupil, _ permitted: Set<String>, _ location: Int) -> SiteJSON {
        let all: KeyValuePairs<String, SiteJSON?> = [
            "uuid": .text(pupil.id), "eckid": .text(pupil.eckid), "leerlingnummer": .whole(pupil.number),
            "roepnaam": .text(pupil.roepnaam), "voornamen": .text(pupil.voornamen),
            "voorletters": .text(pupil.voorletters), "voorvoegsel": pupil.voorvoegsel.map { .text($0) },
            "achternaam": .text(pupil.achternaam), "geslacht": .text(sex(pupil.geslacht)),
            "geboortedatum": pupil.geboortedatum.map { .text($0) }, "emailadres": .text(pupil.email),
            "telefoonnummer": .text(pupil.telefoon), "adres": address(pupil.address), "verzorgers": [],
            "vestiging": .object(["uuid": .text(SomtodayCounterpart.vestiging(location))]),
            "plaatsingen": [placement(pupil)], "lesgroepen": [], "vakkeuzes": [], "isActief": true,
        ]
        var fields: [String: SiteJSON] = [:]
        for (name, value) in all where permitted.contains(name) { fields[name] = value }
        fields["adres_geheim"] = .bool(pupil.isSecret)
        fields["telefoonnummer_geheim"] = .bool(pupil.isSecret)
        return .object(fields)
    }

    private func sex(_ sex: MadeUpRegister.Pupil.Sex) -> String {
        switch sex {
        case .female: "VROUW"
        case .male: "MAN"
        case .unknown: "ONBEKEND"
        }
    }

    private func address(_ address: MadeUpRegister.Address) -> SiteJSON {
        let number = String(address.huisnummer.prefix { $0.isNumber })
        let addition = String(address.huisnummer.dropFirst(number.count))
        return .object([
            "postcode": .text(address.postcode), "straat": .text(address.straat),
            "huisnummer": .text(address.huisnummer),
            "huisnummer_toevoeging": addition.isEmpty ? nil : .text(addition),
            "huisnummer_zonder_toevoeging": .text(number), "woonplaats": .text(address.woonplaats), "land": "Nederland",
        ])
    }

    private func placement(_ pupil: MadeUpRegister.Pupil) -> SiteJSON {
        .object([
            "uuid": .text("b1aa" + pupil.id.dropFirst(4)),
            "schooljaar": .text("\(register.schoolYear)/\(register.schoolYear + 1)"),
            "startdatum": .text("\(register.schoolYear)-08-01"), "einddatum": .text("\(register.schoolYear + 1)-07-31"),
            "leerjaar": 1,
            "stamgroep": .object(["uuid": .text("57a1" + pupil.id.dropFirst(4)), "naam": .text(pupil.groep)]),
            "mentoren": [], "opleidingskenmerken": [],
        ])
    }

    private func checkAccept(_ request: SiteRequest) throws(Objection) {
        // The document offers XML too; this stand-in does not.
        guard request.accepts("application/json") else { throw Objection(406, "406", "Accept leaves no JSON") }
    }

    private func number(_ request: SiteRequest, _ name: String) throws(Objection) -> Int? {
        guard let text = request.query(name) else { return nil }
        guard let number = Int(text), number >= 0 else { throw Self.wrong("\(name) is not a number") }
        return number
    }

    private func flag(_ request: SiteRequest, _ name: String) throws(Objection) -> Bool {
        guard let text = request.query(name) else { return false }
        guard ["true", "false"].contains(text) else { throw Self.wrong("\(name) is not true or false") }
        return text == "true"
    }

    private static func checkUUID(_ text: String) throws(Objection) {
        guard text.wholeMatch(of: /[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/) != nil else {
            throw wrong("a UUID has the wrong form")
        }
    }

    private static func wrong(_ what: String) -> Objection { Objection(400, "400", what) }
}
