// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import HTTPTypes
import Values

/// Why a request was not carried out, as the caller reads it (RFC 9457). Holds names and places, never a value.
struct Problem: Error, Sendable {
    let kind: ProblemKind
    /// What to do about it, in Dutch.
    let detail: String
    /// Everything that is wrong with the request.
    var items: [Item] = []
    /// Further members of the answer.
    var members: [String: JSONValue] = [:]
    var headers = HTTPFields()

    /// More than this many tell nobody anything.
    static let maximumItems = 200

    /// One thing that is wrong, and where.
    struct Item: Sendable {
        let code: String
        /// A JSON pointer into the body, a header name, or a query key after a question mark.
        let place: String
        var position: TextPosition?
        let text: String

        init(_ code: String, at place: String, _ text: String) {
            self.code = code
            self.place = place
            self.text = text
        }

        init(_ problem: EventProblem) {
            self.init(problem.code.rawValue, at: problem.place, problem.message)
        }

        init(_ problem: JSONProblem) {
            self.init(problem.code.rawValue, at: problem.pointer.quotable, problem.message)
            position = problem.position
        }

        fileprivate var json: JSONValue {
            var members: [String: JSONValue] = [
                "code": .string(code), "plaats": .string(place), "tekst": .string(text),
            ]
            if let position {
                members["regel"] = .number(Double(position.line))
                members["kolom"] = .number(Double(position.column))
            }
            return .object(members)
        }
    }

    init(_ kind: ProblemKind, _ detail: String) {
        self.kind = kind
        self.detail = detail
    }

    init(_ kind: ProblemKind, _ detail: String, items: [Item]) {
        self.init(kind, detail)
        self.items = items
    }

    /// The problems of a text that is no strict JSON.
    init(_ problems: JSONProblems) {
        self.init(
            .ongeldigeJSON, "Meldpoort leest alleen strikte JSON in UTF-8, met elke sleutel één keer.",
            items: problems.problems.map(Item.init))
        if problems.isTruncated { members["afgekapt"] = true }
    }

    /// The answer as it goes out.
    var answer: Answer {
        var members = members
        members["type"] = .string(kind.type)
        members["title"] = .string(kind.title)
        members["status"] = .number(Double(kind.status.code))
        members["detail"] = .string(detail)
        if !items.isEmpty { members["problemen"] = .array(items.prefix(Self.maximumItems).map(\.json)) }
        if items.count > Self.maximumItems { members["afgekapt"] = true }
        return Answer(
            kind.status, .object(members), mediaType: "application/problem+json", headers: headers, problem: kind)
    }
}

extension Problem {
    static let notFound = Problem(.nietGevonden, "Dit bestaat niet, of u mag het niet zien.")

    /// One and the same for a token that is missing, malformed, unknown or revoked.
    static let notAuthenticated = {
        var problem = Problem(
            .nietAangemeld, "Stuur een geldig toegangsbewijs mee: “Authorization: Bearer …” (meldpoort token create).")
        problem.headers[.wwwAuthenticate] = "Bearer"
        return problem
    }()

    static let unavailable = {
        var problem = Problem(
            .nietBeschikbaar, "Er is niets bewaard of gewijzigd. Probeer het over enkele seconden opnieuw.")
        problem.headers[.retryAfter] = "5"
        return problem
    }()

    static let damaged = Problem(
        .interneFout, "Wat is opgeslagen kon niet worden gelezen zoals het is weggeschreven. Waarschuw ICT-beheer.")

    static let fault = Problem(
        .interneFout,
        "Er is niets bewaard of gewijzigd, door een fout in Meldpoort zelf. Opnieuw proberen helpt niet. Waarschuw "
            + "ICT-beheer; de foutcode staat in het logboek van de dienst.")

    static func tooLarge(_ limit: Int) -> Problem {
        Problem(.teGroot, "Een bericht heeft hier hoogstens \(limit) bytes.")
    }
}
