// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import HTTPTypes

extension Routes {
    static let disclosures = [
        Route(
            method: .get, path: Path("/v1/verstrekkingen"), name: "toonVerstrekkingen",
            summary: "Het logboek van verstrekkingen",
            detail: """
                Wat is verstrekt, aan wie, op welke grondslag en met welk doel, met de uitkomst. Zonder persoonsgegevens: \
                betrokkenen staan erin met een pseudoniem. Alleen voor personen.
                """,
            query: [Parameter("aflevering", .number(1...Parameter.largest), "Alleen van deze aflevering.")]
                + Parameter.page(from: "Vanaf dit volgnummer, oplopend."),
            success: Route.Success(
                status: .ok, schema: "Verstrekkingen", summary: "De regels van het logboek, op volgnummer."),
            problems: [(.geenToegang, "Alleen een persoon leest het logboek.")],
            action: .authenticated { call, principal throws(Problem) in
                var filter = DisclosureFilter()
                filter.delivery = call.query.number("aflevering")
                filter.from = call.query.number("vanaf")
                let limit = call.query.number("aantal").map { Int($0) } ?? Parameter.defaultPage
                filter.limit = limit
                let wanted = filter
                let views = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.disclosureViews(wanted, as: principal)
                }
                return page("verstrekkingen", views, limit: limit, number: "volgnummer")
            })
    ]
}
