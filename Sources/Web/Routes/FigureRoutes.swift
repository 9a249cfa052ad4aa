// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import HTTPTypes
import Values

/// Numbers without persons.
extension Routes {
    static let figures = [
        Route(
            method: .get, path: Path("/v1/cijfers/incidenten"), name: "toonIncidentcijfers",
            summary: "Cijfers van een maand per school, zonder personen",
            detail: """
                Voor de incidentenregistratie van het bestuur: hoeveel zorgen, adviezen, meldingen bij Veilig Thuis, registraties in \
                de verwijsindex en stappen van de meldcode er in die maand zijn ingediend (Nederlandse tijd). De directie ziet de \
                eigen school precies; de centrale contactpersoon, het bestuur en ICT zien 1 tot en met 4 als `1-4`, en een totaal \
                precies waar daaruit geen klein getal terug te rekenen is.
                """,
            query: [Parameter("maand", .month, required: true, "De maand, zoals 2026-11.")],
            success: Route.Success(status: .ok, schema: "Incidentcijfers", summary: "De cijfers."),
            problems: [
                (
                    .geenToegang,
                    "Alleen de directie, de centrale contactpersoon, het bestuur en ICT zien cijfers."
                )
            ],
            action: .authenticated { call, principal throws(Problem) in
                guard let month = call.query["maand"].flatMap({ CalendarMonth($0) }) else {
                    throw Problem(.ongeldigVerzoek, "De parameter “maand” ontbreekt.")
                }
                let figures = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.incidentFigures(month, as: principal)
                }
                return Answer(.ok, figures)
            })
    ]
}
