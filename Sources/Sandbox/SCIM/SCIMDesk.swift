// SPDX-License-Identifier: EUPL-1.2

/// What the routes answer from.
struct SCIMDesk: Sendable {
    static let mediaType = "application/scim+json"
    private static let userSchema = "urn:ietf:params:scim:schemas:core:2.0:User"
    private static let searchSchema = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"

    private let users: [SiteJSON]
    private let pupilExtension: String
    private let numberAttribute: String
    private let pageSize: Int

    init(register: MadeUpRegister, pupilExtension: String, numberAttribute: String, pageSize: Int) {
        self.pupilExtension = pupilExtension
        self.numberAttribute = numberAttribute
        self.pageSize = pageSize
        users = register.pupils.map { Self.user($0, pupilExtension, numberAttribute) }
    }

    private static func user(_ pupil: MadeUpRegister.Pupil, _ urn: String, _ attribute: String) -> SiteJSON {
        .object([
            "schemas": [.text(userSchema), .text(urn)], "id": .text(pupil.id), "userName": .text("ll\(pupil.number)"),
            "name": .object([
                "givenName": .text(pupil.roepnaam), "middleName": pupil.voorvoegsel.map { .text($0) },
                "familyName": .text(pupil.achternaam),
            ]), "active": true, "userType": "Leerling", urn: .object([attribute: .text(String(pupil.number))]),
            "meta": .object([
                "resourceType": "User", "created": "2026-08-01T00:00:00Z", "lastModified": "2026-08-01T00:00:00Z",
            ]),
        ])
    }

    /// A query: the same parts in the address and in a search request (RFC 7644, 3.4.2 and 3.4.3).
    private struct Query {
        var filter: String?
        var startIndex = 1
        var count: Int?
        var attributes: Set<String>?
        var excluded: Set<String> = []
    }

    /// RFC 7644, 3.4.2.
    func list(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        var query = Query()
        query.filter = request.query("filter")
        query.startIndex = try Self.number(request.query("startIndex"), "startIndex") ?? 1
        query.count = try Self.number(request.query("count"), "count")
        query.attributes = request.query("attributes").map(Self.names)
        query.excluded = request.query("excludedAttributes").map(Self.names) ?? []
        try Self.checkOrder(request.query("sortBy"), request.query("sortOrder"))
        return try answer(query)
    }

    /// RFC 7644, 3.4.3: the way that keeps a filter out of the address.
    func search(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let body = try request.object(Self.mediaType, code: "invalidSyntax")
        let known: Set = [
            "schemas", "attributes", "excludedAttributes", "filter", "sortBy", "sortOrder", "startIndex", "count",
        ]
        guard known.isSuperset(of: body.keys) else { throw Self.syntax("the search request has an unknown attribute") }
        guard body["schemas"] == [.text(Self.searchSchema)] else {
            throw Self.syntax("schemas is not that of a search request")
        }
        var query = Query()
        query.filter = try Self.text(body["filter"], "filter")
        query.startIndex = try Self.whole(body["startIndex"], "startIndex") ?? 1
        query.count = try Self.whole(body["count"], "count")
        query.attributes = try Self.texts(body["attributes"], "attributes")
        query.excluded = try Self.texts(body["excludedAttributes"], "excludedAttributes") ?? []
        try Self.checkOrder(
            try Self.text(body["sortBy"], "sortBy"), try Self.text(body["sortOrder"], "sortOrder"))
        return try answer(query)
    }

    /// RFC 7644, 3.4.1.
    func user(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let id = request.places["id"]
        guard let user = users.first(where: { $0["id"]?.text == id }) else {
            throw Objection(404, "", "there is no user with this id", isViolation: false)
        }
        var query = Query()
        query.attributes = request.query("attributes").map(Self.names)
        query.excluded = request.query("excludedAttributes").map(Self.names) ?? []
        return .json(200, shown(user, query), type: Self.mediaType)
    }

    /// RFC 7643, 5.
    func configuration(_ request: SiteRequest) throws(Objection) -> IndexAnswer {
        let no: SiteJSON = .object(["supported": false])
        let filter: SiteJSON = .object(["supported": true, "maxResults": .whole(pageSize)])
        let scheme: SiteJSON = .object([
            "type": "oauthbearertoken", "name": "OAuth Bearer Token", "description": "RFC 6750",
        ])
        return .json(
            200,
            .object([
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"], "patch": no,
                "bulk": .object(["supported": false, "maxOperations": 0, "maxPayloadSize": 0]), "filter": filter,
                "changePassword": no, "sort": no, "etag": no, "authenticationSchemes": [scheme],
            ]), type: Self.mediaType)
    }

    // MARK: Parts

    /// RFC 7644, 3.4.2.4: an index below 1 is 1, a count below 0 is 0, and fewer may come than were asked for.
    private func answer(_ query: Query) throws(Objection) -> IndexAnswer {
        let numberPath = "\(pupilExtension):\(numberAttribute)".lowercased()
        let known: Set = [
            "id", "username", "active", "usertype", "name.givenname", "name.middlename", "name.familyname", "schemas",
            numberPath,
        ]
        let filter = try query.filter.map { text throws(Objection) in try SCIMFilter(text, knows: known) }
        let fitting = users.filter { filter?.holds($0) ?? true }
        let start = max(1, query.startIndex)
        let shown = fitting.dropFirst(start - 1).prefix(max(0, min(pageSize, query.count ?? pageSize)))
        return .json(
            200,
            .object([
                "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
                "totalResults": .whole(fitting.count),
                "startIndex": .whole(start), "itemsPerPage": .whole(shown.count),
                "Resources": shown.isEmpty ? nil : .list(shown.map { self.shown($0, query) }),
            ]), type: Self.mediaType)
    }

    /// RFC 7644, 3.9: `id` and `schemas` always, of the others those that are asked for.
    private func shown(_ user: SiteJSON, _ query: Query) -> SiteJSON {
        let fields = (user.object ?? [:]).filter { name, _ in
            let name = name.lowercased()
            if name == "id" || name == "schemas" { return true }
            if query.excluded.contains(name) { return false }
            guard let wanted = query.attributes else { return true }
            return wanted.contains { $0 == name || $0.hasPrefix("\(name).") || $0.hasPrefix("\(name):") }
        }
        return .object(fields)
    }

    private static func names(_ text: String) -> Set<String> {
        Set(text.lowercased().split(separator: ",").map(String.init))
    }

    private static func checkOrder(_ by: String?, _ order: String?) throws(Objection) {
        guard by == nil, order == nil else { throw Objection(501, "", "sorting is not offered") }
    }

    private static func number(_ text: String?, _ name: String) throws(Objection) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text) else { throw Objection(400, "invalidValue", "\(name) is not a whole number") }
        return number
    }

    private static func syntax(_ what: String) -> Objection { Objection(400, "invalidSyntax", what) }

    private static func text(_ value: SiteJSON?, _ name: String) throws(Objection) -> String? {
        guard let value else { return nil }
        guard let text = value.text else { throw syntax("\(name) is not a string") }
        return text
    }

    private static func whole(_ value: SiteJSON?, _ name: String) throws(Objection) -> Int? {
        guard let value else { return nil }
        guard let number = value.whole else { throw syntax("\(name) is not a whole number") }
        return number
    }

    private static func texts(_ value: SiteJSON?, _ name: String) throws(Objection) -> Set<String>? {
        guard let value else { return nil }
        let texts = value.list?.compactMap(\.text) ?? []
        guard let list = value.list, texts.count == list.count else { throw syntax("\(name) is not a list of strings") }
        return Set(texts.map { $0.lowercased() })
    }
}
