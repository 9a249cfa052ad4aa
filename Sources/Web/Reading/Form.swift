// SPDX-License-Identifier: EUPL-1.2
import Values

/// A small JSON object that a route reads: known members only, all problems at once.
struct Form: Sendable {
    /// The name of its schema in the OpenAPI document.
    let name: String
    let members: [Parameter]
    /// Whether the body may be left out; then all members are absent.
    let isOptional: Bool

    /// Reads a body; an empty one counts as an empty object where that is allowed.
    func read(_ bytes: [UInt8], limits: JSONLimits) throws(Problem) -> [String: JSONValue] {
        if bytes.isEmpty, isOptional { return [:] }
        let value: JSONValue
        switch StrictJSON.read(bytes, limits: limits) {
        case .success(let read): value = read
        case .failure(let problems): throw Problem(problems)
        }
        guard let given = value.object else {
            throw Self.problem([Problem.Item("verkeerdType", at: "", "Hier hoort een JSON-object te staan.")])
        }
        let items = problems(in: given)
        guard items.isEmpty else {
            var places = ProblemPlaces(in: bytes)
            throw Self.problem(items.map { places.locate($0) })
        }
        return given
    }

    private func problems(in given: [String: JSONValue]) -> [Problem.Item] {
        var items: [Problem.Item] = []
        for member in members {
            if let value = given[member.name] {
                guard let problem = member.problem(in: value) else { continue }
                items.append(Problem.Item(problem.code, at: "/\(member.name)", problem.text))
            } else if member.isRequired {
                let text = "Het veld “\(member.name)” ontbreekt. \(member.summary)"
                items.append(Problem.Item("veldOntbreekt", at: "/\(member.name)", text))
            }
        }
        let known = members.map(\.name)
        if given.keys.contains(where: { !known.contains($0) }) {
            let text =
                known.isEmpty
                ? "Dit verzoek heeft geen velden."
                : "Hier staat een onbekend veld. Bekend zijn: \(known.joined(separator: ", "))."
            items.append(Problem.Item("onbekendVeld", at: "", text))
        }
        return items
    }

    static func problem(_ items: [Problem.Item]) -> Problem {
        Problem(.ongeldigVerzoek, "Herstel wat bij “problemen” staat.", items: items)
    }
}
