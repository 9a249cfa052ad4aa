// SPDX-License-Identifier: EUPL-1.2

/// What the routes answer from.
struct EduVDesk: Sendable {
    let register: MadeUpRegister

    private static let organisationTypes: Set<String> = ["OIE_CODE", "BP_ID", "DD_ID", "AS_ID", "V_ID"]
    private static let userTypes: Set<String> = ["NEPPI", "BPI", "eduID", "NEPRI", "ASI", "eckId"]

    /// One pupil, by identifiers in the body: nothing personal in the address.
    func student(_ request: SiteRequest, _ scopes: Set<String>) throws(Objection) -> IndexAnswer {
        let body = try request.object("application/json", code: "invalid")
        guard Set(body.keys) == ["school", "student"] else {
            throw Self.wrong("the body holds something else than school and student")
        }
        let locations = try organisation(body["school"])
        let pupils = try identified(body["student"]).filter { locations.contains($0.location) }
        guard let pupil = pupils.first else {
            throw Objection(404, "notFound", "the pupil is not found at this school", isViolation: false)
        }
        return .json(200, json(pupil, scopes))
    }

    /// All pupils of a school.
    func school(_ request: SiteRequest, _ scopes: Set<String>) throws(Objection) -> IndexAnswer {
        let master = request.query("orgMasterId")
        let id = request.query("orgId")
        let type = request.query("orgIdType")
        let filter = request.query("filterByOrgId")
        guard (master == nil) != (id == nil), (id == nil) == (type == nil) else {
            throw Self.wrong("the school is named by neither orgMasterId nor orgId with orgIdType, or by both")
        }
        guard ["true", "false"].contains(filter ?? "true") else { throw Self.wrong("filterByOrgId is not a Boolean") }
        guard master == nil || filter != "true" else {
            throw Self.wrong("filterByOrgId goes with orgId and not with orgMasterId")
        }
        var locations = try master.map { name throws(Objection) in try byMaster(name) } ?? []
        if let id, let type {
            // For primary education the filter holds unless it is switched off.
            let own = try bySecondary(id, type)
            locations = filter == "false" ? [0, 1] : own
        }
        let pupils = register.pupils.filter { locations.contains($0.location) }
        return .json(200, .list(pupils.map { json($0, scopes) }))
    }

    // MARK: Parts

    private static func wrong(_ what: String) -> Objection { Objection(400, "invalid", what) }

    private func byMaster(_ name: String) throws(Objection) -> Set<Int> {
        guard name == EduVCounterpart.organisation else {
            throw Objection(403, "forbidden", "there is no consent of this school", isViolation: false)
        }
        return [0, 1]
    }

    private func bySecondary(_ id: String, _ type: String) throws(Objection) -> Set<Int> {
        guard Self.organisationTypes.contains(type) else { throw Self.wrong("the type of the school's id is unknown") }
        for location in 0...1 where type == "V_ID" && id == register.brin6(location) { return [location] }
        if type == "OIE_CODE", id == register.brin { return [0, 1] }
        throw Objection(403, "forbidden", "there is no consent of this school", isViolation: false)
    }

    private func organisation(_ value: SiteJSON?) throws(Objection) -> Set<Int> {
        let (master, others) = try identifiers(value, "school", "organisationMasterIdentifier", "organisationIds")
        if let master { return try byMaster(master) }
        var locations: Set<Int> = []
        for other in others {
            let (id, type) = try pair(other, "organisationId", "organisationIdType")
            locations.formUnion(try bySecondary(id, type))
        }
        return locations
    }

    private func identified(_ value: SiteJSON?) throws(Objection) -> [MadeUpRegister.Pupil] {
        let (master, others) = try identifiers(value, "student", "userMasterIdentifier", "userIds")
        if let master {
            return register.pupils.filter { hasECK($0) && $0.eckid == master }
        }
        var found: [MadeUpRegister.Pupil] = []
        for other in others {
            let (id, type) = try pair(other, "userId", "userIdType")
            guard Self.userTypes.contains(type) else { throw Self.wrong("the type of the pupil's id is unknown") }
            found += register.pupils.filter { pupil in
                type == "ASI" && pupil.id == id || type == "eckId" && hasECK(pupil) && pupil.eckid == id
            }
        }
        return found
    }

    /// Either the one primary identifier or a list of others, and nothing else.
    private func identifiers(
        _ value: SiteJSON?, _ name: String, _ primary: String, _ secondary: String
    ) throws(Objection) -> (String?, [SiteJSON]) {
        guard let object = value?.object else { throw Self.wrong("\(name) is missing or not an object") }
        guard Set([primary, secondary]).isSuperset(of: object.keys) else {
            throw Self.wrong("\(name) has an unknown field")
        }
        if let value = object[primary] {
            guard let text = value.text, !text.isEmpty else { throw Self.wrong("\(primary) is not a string") }
            return (text, [])
        }
        guard let list = object[secondary]?.list, !list.isEmpty else {
            throw Self.wrong("\(name) has neither \(primary) nor \(secondary)")
        }
        return (nil, list)
    }

    private func pair(_ value: SiteJSON, _ id: String, _ type: String) throws(Objection) -> (String, String) {
        guard let object = value.object, Set(object.keys) == [id, type], let id = object[id]?.text,
            let type = object[type]?.text
        else { throw Self.wrong("an identifier holds something else than \(id) and \(type)") }
        return (id, type)
    }

    private func hasECK(_ pupil: MadeUpRegister.Pupil) -> Bool { pupil.geboortedatum != nil }

    private func json(_ pupil: MadeUpRegister.Pupil, _ scopes: Set<String>) -> SiteJSON {
        let own: SiteJSON = .object(["userId": .text(pupil.id), "userIdType": "ASI"])
        let sex = [MadeUpRegister.Pupil.Sex.female: "female", .male: "male", .unknown: "unspecified"][pupil.geslacht]
        let showsMore = scopes.contains(EduVCounterpart.demographics)
        let showsMail = scopes.contains(EduVCounterpart.communication)
        return .object([
            "userMasterIdentifier": hasECK(pupil) ? .text(pupil.eckid) : nil, "userIds": [own],
            "givenName": .text(pupil.voornamen), "preferredFirstName": .text(pupil.roepnaam),
            "familyName": .text(pupil.achternaam), "familyNamePrefix": pupil.voorvoegsel.map { .text($0) },
            "dateOfBirth": showsMore ? pupil.geboortedatum.map { .text($0) } : nil,
            "gender": showsMore ? sex.map { .text($0) } : nil, "email": showsMail ? .text(pupil.email) : nil,
        ])
    }
}
