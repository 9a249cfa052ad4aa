// SPDX-License-Identifier: EUPL-1.2
import Gateway
import HTTPTypes
import Meldcode
import Values

/// The course of a case.
extension Routes {
    static let cases = [
        Route(
            method: .get, path: Path("/v1/casussen/{zaak}"), name: "toonCasus",
            summary: "Het verloop van een zaak",
            detail: """
                Gezette en ontbrekende stappen van het spoor van de school, besluiten, verstrekkingen en wat nog te doen is. In \
                vaste woorden: nooit de inhoud en nooit namen van personen. Alleen voor een persoon die op deze school beslist.
                """,
            query: [Parameter("school", .brin, required: true, "De school, zoals in de configuratie.")],
            success: Route.Success(status: .ok, schema: "Casus", summary: "Het verloop."),
            problems: [(.geenToegang, "Alleen een persoon met een beslissende rol op deze school ziet dit.")],
            action: .authenticated { call, principal throws(Problem) in
                let school = call.query["school"] ?? ""
                let timeline = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.caseTimeline(
                        school: school, zaak: call.parameter, as: principal)
                }
                var members = timeline.json.object ?? [:]
                let owed = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.openOwedOfCase(
                        school: school, zaak: call.parameter, as: principal)
                }
                members["verplichtingen"] = .array(owed.map(\.view))
                let text = timeline.text + (owed.isEmpty ? "" : "\nVerplichtingen\n")
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                members["tekst"] = .array((lines + owed.map { "  \($0.line)" }).map { .string($0) })
                return Answer(.ok, .object(members))
            })
    ]
}
