// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import HTTPTypes
import Values

/// What the school still has to do, with a clock.
extension Routes {
    static let owed = [
        Route(
            method: .get, path: Path("/v1/verplichtingen"), name: "toonVerplichtingen",
            summary: "Wat nog moet gebeuren, en wanneer uiterlijk",
            detail: """
                Verplichtingen van uw scholen met soort, termijn en volgende herinnering: nooit de inhoud van een zaak. Alleen \
                voor een persoon die op een school beslist of toeziet. Die van één zaak staan bij de zaak.
                """,
            query: [
                Parameter("school", .brin, "Alleen van deze school."),
                Parameter(
                    "status", .choice(OwedState.allCases.map(\.word) + ["alle"]),
                    "Alleen met deze status; zonder opgave wat openstaat."),
            ] + Parameter.page(from: "Vanaf dit nummer, oplopend."),
            success: Route.Success(status: .ok, schema: "Verplichtingen", summary: "De verplichtingen, op nummer."),
            problems: [(.geenToegang, "Alleen een persoon die op een school beslist of toeziet ziet dit.")],
            action: .authenticated { call, principal throws(Problem) in
                var filter = OwedFilter()
                if let school = call.query["school"] { filter.schools = [school] }
                filter.includesBoard = call.query["school"] == nil
                let word = call.query["status"] ?? OwedState.open.word
                filter.states = OwedState(word: word).map { [$0] }
                filter.after = call.query.number("vanaf").map { $0 - 1 }
                let limit = call.query.number("aantal").map { Int($0) } ?? Parameter.defaultPage
                filter.limit = limit
                let wanted = filter
                let views = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.owedViews(wanted, as: principal)
                }
                return page("verplichtingen", views, limit: limit, number: "nummer")
            })
    ]
}
