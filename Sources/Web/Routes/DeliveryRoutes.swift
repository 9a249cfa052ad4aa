// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import HTTPTypes
import Values

extension Routes {
    static let deliveries = [
        Route(
            method: .get, path: Path("/v1/afleveringen"), name: "toonAfleveringen", summary: "Afleveringen opvragen",
            detail: "Een systeem ziet de afleveringen van wat het zelf indiende, een persoon die van zijn scholen.",
            query: [
                Parameter("status", .choice(DeliveryState.allCases.map(\.word)), "Alleen met deze status."),
                Parameter("ontvanger", .reference, "Alleen voor deze ontvanger."),
                Parameter("school", .brin, "Alleen van deze school."),
            ] + Parameter.page(from: "Vanaf dit nummer, oplopend."),
            success: Route.Success(status: .ok, schema: "Afleveringen", summary: "De afleveringen, op nummer."),
            action: .authenticated(listDeliveries)),
        Route(
            method: .get, path: Path("/v1/afleveringen/{id}"), name: "toonAflevering",
            summary: "Eén aflevering met grondslag, velden en tekorten",
            detail: "Welke velden gaan, op welke grondslag, wat ontbreekt en wie er moet handelen. Nooit de inhoud.",
            success: Route.Success(status: .ok, schema: "Aflevering", summary: "De aflevering."),
            action: .authenticated { call, principal throws(Problem) in
                try await show(try call.number(), call, principal)
            }),
    ]

    private static func listDeliveries(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        var filter = DeliveryFilter()
        if let state = call.query["status"].flatMap(DeliveryState.init(word:)) { filter.states = [state] }
        filter.recipientID = call.query["ontvanger"]
        if let school = call.query["school"] { filter.schools = [school] }
        filter.after = call.query.number("vanaf").map { $0 - 1 }
        let limit = call.query.number("aantal").map { Int($0) } ?? Parameter.defaultPage
        filter.limit = limit
        let wanted = filter
        let views = try await telling { () throws(GatewayError) in
            try await call.services.gateway.deliveryViews(wanted, as: principal)
        }
        return page("afleveringen", views, limit: limit, number: "nummer")
    }

    /// A list, and the number from which the next one goes on when this one is full.
    static func page(_ name: String, _ views: [JSONValue], limit: Int, number: String) -> Answer {
        var members: [String: JSONValue] = [name: .array(views)]
        if views.count >= limit, let last = views.last?[number]?.integer {
            members["volgendeVanaf"] = .number(Double(last + 1))
        }
        return Answer(.ok, .object(members))
    }

    static func show(_ id: DeliveryID, _ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        let view = try await telling { () throws(GatewayError) in
            try await call.services.gateway.deliveryView(id, as: principal)
        }
        return Answer(.ok, view)
    }
}
