// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Gateway
import HTTPTypes
import Values

/// Takes in the events of one request.
enum Submission {
    static func read(_ call: Call) async throws(Problem) -> SubmittedEvents {
        guard let mode = SubmittedEvents.Mode(contentType: call.headers[.contentType]) else {
            throw Problem(
                .verkeerdeInhoudssoort,
                "Stuur application/cloudevents+json, application/cloudevents-batch+json, of application/json met "
                    + "ce-kopregels; altijd in UTF-8.")
        }
        return try await SubmittedEvents(call, mode: mode, reader: call.services.gateway.model.reader)
    }

    static func submit(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        let submitted = try await read(call)
        if submitted.mode == .batch { return try await Batch(submitted, call, principal).submit() }
        guard let event = submitted.events.first else { throw Problem(.ongeldigeBundel, "Deze bundel is leeg.") }
        do throws(GatewayError) {
            let acceptance = try await call.services.gateway.submit(event, as: principal)
            return accepted(acceptance, call)
        } catch {
            throw submitted.problem(error, at: 0)
        }
    }

    /// 202 with where to look.
    static func accepted(_ acceptance: Acceptance, _ call: Call) -> Answer {
        var answer = Answer(.accepted, .object(members(acceptance, call)))
        answer.headers[.location] = call.url("/v1/gebeurtenissen/\(acceptance.event)")
        return answer
    }

    static func members(_ acceptance: Acceptance, _ call: Call) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "id": .number(Double(acceptance.event)),
            "url": .string(call.url("/v1/gebeurtenissen/\(acceptance.event)")),
            "status": "aangenomen", "herhaling": .bool(acceptance.isRepeat),
        ]
        if let warning = acceptance.warning { members["waarschuwing"] = .string(warning) }
        if !acceptance.first.isEmpty { members["eerst"] = .array(acceptance.first.map(JSONValue.string)) }
        if !acceptance.next.isEmpty { members["vervolg"] = .array(acceptance.next.map(JSONValue.string)) }
        return members
    }
}

/// Several events in one request: all fit, or none is stored.
struct Batch {
    private let submitted: SubmittedEvents
    private let call: Call
    private let principal: Principal

    private typealias Outcome = (index: Int, result: Result<Acceptance, GatewayError>)

    init(_ submitted: SubmittedEvents, _ call: Call, _ principal: Principal) {
        self.submitted = submitted
        self.call = call
        self.principal = principal
    }

    func submit() async throws(Problem) -> Answer {
        try await checkAccess()
        try checkIdentifiers()
        let outcomes = await submitAll()
        let entries = outcomes.map { entry($0) }
        let refusals = outcomes.compactMap { outcome in
            if case .failure(let error) = outcome.result { submitted.problem(error, at: outcome.index) } else { nil }
        }
        guard let worst = refusals.max(by: { Self.weight($0.kind) < Self.weight($1.kind) }) else {
            return Answer(.accepted, ["gebeurtenissen": .array(entries)])
        }
        var problem = Problem(
            worst.kind,
            "Niet elke gebeurtenis is aangenomen; zie “gebeurtenissen”. De hele bundel opnieuw sturen mag: wat al is "
                + "aangenomen wordt herkend.",
            items: refusals.flatMap(\.items))
        problem.headers = worst.headers
        problem.members["gebeurtenissen"] = .array(entries)
        throw problem
    }

    // MARK: - Before anything is stored

    /// Whether this caller may bring in every one of them, and all that they refer to exists.
    private func checkAccess() async throws(Problem) {
        var items: [Problem.Item] = []
        for (index, event) in submitted.events.enumerated() {
            do throws(GatewayError) {
                try await call.services.gateway.authorise(event, as: principal)
            } catch {
                var problem = submitted.problem(error, at: index)
                guard problem.kind == .ongeldigeGebeurtenis else {
                    if case .forbidden(let reason) = error {
                        problem.items = [Problem.Item(reason.rawValue, at: submitted.root(index), reason.text)]
                    }
                    throw problem
                }
                items += problem.items
            }
        }
        guard items.isEmpty else {
            throw Problem(
                .ongeldigeGebeurtenis, "Er is niets bewaard. Herstel wat bij “problemen” staat.", items: items)
        }
    }

    /// Two different events with one identity in the same batch.
    private func checkIdentifiers() throws(Problem) {
        var seen: [[String]: Int] = [:]
        var items: [Problem.Item] = []
        for (index, event) in submitted.events.enumerated() {
            guard let first = seen.updateValue(index, forKey: [event.source, event.id]) else { continue }
            guard submitted.events[first].structured != event.structured else { continue }
            items.append(
                Problem.Item("kenmerkInGebruik", at: "/\(index)/id", "Dit id staat al eerder in deze bundel."))
        }
        guard items.isEmpty else {
            throw Problem(
                .kenmerkInGebruik, "Er is niets bewaard: twee gebeurtenissen hebben hetzelfde id.", items: items)
        }
    }

    // MARK: - Storing

    /// Cases go side by side, so that they share commits on disk; events of one case keep their order.
    private func submitAll() async -> [Outcome] {
        let groups = Dictionary(grouping: submitted.events.indices) { index in
            [submitted.events[index].school.description, submitted.events[index].zaak]
        }
        let gateway = call.services.gateway
        let outcomes = await withTaskGroup(of: [Outcome].self) { tasks in
            for indices in groups.values {
                tasks.addTask { [submitted, principal] in
                    var outcomes: [Outcome] = []
                    for index in indices {
                        do throws(GatewayError) {
                            let acceptance = try await gateway.submit(submitted.events[index], as: principal)
                            outcomes.append((index, .success(acceptance)))
                        } catch {
                            outcomes.append((index, .failure(error)))
                        }
                    }
                    return outcomes
                }
            }
            return await tasks.reduce(into: []) { $0 += $1 }
        }
        return outcomes.sorted { $0.index < $1.index }
    }

    private func entry(_ outcome: Outcome) -> JSONValue {
        switch outcome.result {
        case .success(let acceptance):
            var members = Submission.members(acceptance, call)
            members["plaats"] = .string("/\(outcome.index)")
            return .object(members)
        case .failure(let error):
            let problem = submitted.problem(error, at: outcome.index)
            return [
                "plaats": .string("/\(outcome.index)"), "status": "nietAangenomen",
                "probleem": .string(problem.kind.type),
                "tekst": .string(problem.detail),
            ]
        }
    }

    /// Which problem names the answer when there are several: what may pass by itself first.
    private static func weight(_ kind: ProblemKind) -> Int {
        switch kind.status.code {
        case 503: 4
        case 500: 3
        case 409: 2
        case 403: 1
        default: 0
        }
    }
}
