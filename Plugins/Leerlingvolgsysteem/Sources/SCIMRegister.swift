// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// Magister's SCIM 2.0 interface (RFC 7643, RFC 7644): JSON, with a token that the connection brings.
///
/// It knows accounts: names and the number, no birth date and no address. Asked by `POST /Users/.search` (RFC 7644 section 3.4.3), so that
/// nothing of a pupil stands in a URL, and for no other attributes than those needed.
struct SCIMRegister: Register {
    /// Where the number and the prefix stand; RFC 7643 has no place for either.
    let number: SCIMAttribute
    let prefix: SCIMAttribute

    private static let pageSize = PupilSelection.limit + 1
    private static let maximumPages = 10
    private static let searchSchema = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
    private static let listSchema = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

    func read(
        _ selection: inout PupilSelection, of school: BRIN, over transport: any OutboundTransport
    ) async throws(ReadingFailure) {
        let (key, value) = subject(selection.pupil)
        let attributes = Set(selection.fields.compactMap(attribute).map(\.path)).union([key.path])
        let filter = "\(key.path) eq \(JSONValue.string(value).canonicalString)"
        var start = 1
        for _ in 0..<Self.maximumPages {
            let answer = try await ask(filter, attributes.sorted(), start, Self.pageSize, over: transport)
            guard let total = answer["totalResults"]?.integer else { throw .notUnderstood }
            let page = answer["Resources"]?.array ?? []
            for user in page { selection.add(try pupil(user)) }
            start += page.count
            if selection.isComplete || start > total { return }
            guard !page.isEmpty else { throw .notUnderstood }
        }
        throw .tooLarge
    }

    /// Asks how many accounts there are, and for none of them.
    func probe(over transport: any OutboundTransport) async -> ProbeResult {
        do throws(ReadingFailure) {
            _ = try await ask(nil, ["id"], 1, 0, over: transport)
            return .reachable
        } catch {
            return .failed(error.reason)
        }
    }

    private func subject(_ pupil: PupilQuery.Pupil) -> (SCIMAttribute, String) {
        switch pupil {
        case .number(let number): (self.number, number)
        case .name(let name, _): (.familyName, name)
        }
    }

    private func attribute(_ field: PupilField) -> SCIMAttribute? {
        switch field {
        case .leerlingnummer: number
        case .voornamen: .givenName
        case .voorvoegsel: prefix
        case .achternaam: .familyName
        default: nil
        }
    }

    private func ask(
        _ filter: String?, _ attributes: [String], _ start: Int, _ count: Int, over transport: any OutboundTransport
    ) async throws(ReadingFailure) -> JSONValue {
        var body: [String: JSONValue] = [
            "schemas": [.string(Self.searchSchema)], "attributes": .array(attributes.map { .string($0) }),
            "startIndex": .number(Double(start)), "count": .number(Double(count)),
        ]
        body["filter"] = filter.map { .string($0) }
        let request = HTTPRequest(
            method: .post, path: "/Users/.search",
            headers: [.init("Accept", "application/scim+json"), .init("Content-Type", "application/scim+json")],
            body: JSONValue.object(body).canonicalBytes)
        let answer = try await transport.json(request)
        guard answer["schemas"]?.array?.contains(.string(Self.listSchema)) == true else { throw .notUnderstood }
        return answer
    }

    private func pupil(_ user: JSONValue) throws(ReadingFailure) -> RegisterPupil {
        guard user.object != nil else { throw .notUnderstood }
        var pupil = RegisterPupil()
        for field in [PupilField.leerlingnummer, .voornamen, .voorvoegsel, .achternaam] {
            pupil.set(field, try attribute(field)?.text(in: user))
        }
        return pupil
    }
}

/// The path of an attribute (RFC 7644 section 3.10): `name.familyName`, or `urn:…:User:stamnummer` in an extension.
struct SCIMAttribute: Sendable, Hashable {
    static let familyName = SCIMAttribute(schema: nil, steps: ["name", "familyName"])
    static let givenName = SCIMAttribute(schema: nil, steps: ["name", "givenName"])

    /// The extension's schema; nil for RFC 7643's own attributes.
    let schema: String?
    let steps: [String]

    private init(schema: String?, steps: [String]) {
        self.schema = schema
        self.steps = steps
    }

    /// Nil when it is no such path.
    init?(_ text: String) {
        let colon = text.lastIndex(of: ":")
        let schema = colon.map { String(text[..<$0]) }
        let steps = text[(colon.map(text.index(after:)) ?? text.startIndex)...]
            .split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(steps.count), steps.allSatisfy(Self.isName),
            schema.map({ $0.hasPrefix("urn:") && $0.utf8.allSatisfy(Self.isURNByte) }) ?? true
        else { return nil }
        self.init(schema: schema, steps: steps)
    }

    var path: String {
        (schema.map { "\($0):" } ?? "") + steps.joined(separator: ".")
    }

    func text(in user: JSONValue) throws(ReadingFailure) -> String? {
        var value = schema.map { user[$0] } ?? user
        for step in steps.dropLast() { value = value?[step] }
        guard let value, let last = steps.last, value.object != nil else { return nil }
        return try value.optionalText(last)
    }

    private static func isName(_ text: String) -> Bool {
        text.first?.isLetter == true
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }

    private static func isURNByte(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || ":.-_".utf8.contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
