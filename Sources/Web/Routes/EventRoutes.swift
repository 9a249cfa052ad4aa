// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Gateway
import HTTPTypes
import Values

extension Routes {
    static let events = [
        Route(
            method: .post, path: Path("/v1/gebeurtenissen"), name: "dienGebeurtenisIn",
            summary: "Een of meer gebeurtenissen indienen",
            detail: """
                CloudEvents 1.0 over HTTP (NL GOV-profiel), in drie vormen: gestructureerd (`application/cloudevents+json`), \
                binair (kopregels `ce-…`, `application/json`) en als bundel (`application/cloudevents-batch+json`). Na 202 \
                staat de gebeurtenis op schijf. Dezelfde gebeurtenis opnieuw versturen mag altijd: zij wordt herkend \
                (`herhaling`).

                Van een bundel wordt niets bewaard als er iets aan mankeert, ook niet als een gebeurtenis verwijst naar iets \
                dat niet bestaat. Is het kenmerk van een gebeurtenis al in \
                gebruik (409) of valt de opslag weg (503), dan zegt het antwoord per gebeurtenis wat er is aangenomen; \
                de hele bundel kan dan opnieuw. Gebeurtenissen van één zaak houden hun volgorde.

                Ontbreekt `traceparent` in de gebeurtenis, dan geldt de kopregel `traceparent` (W3C Trace Context).
                """,
            body: .events,
            success: Route.Success(
                status: .accepted, schema: "Aangenomen", summary: "Bewaard; `Location` wijst naar de gebeurtenis.",
                hasLocation: true),
            problems: [
                (.ongeldigeGebeurtenis, "Een gebeurtenis klopt niet."),
                (.ongeldigeBundel, "De bundel is leeg, te groot of geen lijst."),
                (.geenToegang, "Deze school of dit type valt buiten de toegang."),
                (.kenmerkInGebruik, "Bron en id zijn van een andere gebeurtenis."),
                (.verkeerdeStatus, "De aflevering wacht niet op bevestiging."),
                (.geweigerdDoorRegels, "De privacyregels weigeren de bevestigde aflevering."),
            ],
            action: .authenticated(Submission.submit)),
        Route(
            method: .get, path: Path("/v1/gebeurtenissen/{id}"), name: "toonGebeurtenis",
            summary: "Wat er van een gebeurtenis is geworden",
            detail: "De afleveringen met hun status, en wat er nog ontbreekt. De inhoud komt niet terug.",
            success: Route.Success(status: .ok, schema: "Gebeurtenis", summary: "De gebeurtenis."),
            action: .authenticated { call, principal throws(Problem) in
                let id = try call.number()
                let view = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.eventView(id, as: principal)
                }
                return Answer(.ok, view)
            }),
        Route(
            method: .post, path: Path("/v1/beoordelingen"), name: "beoordeel",
            summary: "Wat er met een gebeurtenis zou gebeuren",
            detail: """
                Neemt dezelfde vormen als `/gebeurtenissen`, past dezelfde regels toe, en bewaart en verstuurt niets. \
                Per ontvanger: toegestaan, wacht of geweigerd, met grondslag, velden en tekorten.
                """,
            query: [Parameter("ontvanger", .reference, "Alleen voor deze ontvanger, ook als geen route erheen leidt.")],
            body: .events,
            success: Route.Success(status: .ok, schema: "Beoordelingen", summary: "Het oordeel per gebeurtenis."),
            problems: [
                (.ongeldigeGebeurtenis, "Een gebeurtenis klopt niet."),
                (.ongeldigeBundel, "De bundel is leeg, te groot of geen lijst."),
                (.geenToegang, "Deze school of dit type valt buiten de toegang."),
            ],
            action: .authenticated(explain)),
    ]

    private static func explain(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        let recipient = call.query["ontvanger"]
        if let recipient, call.services.gateway.model.recipients[recipient] == nil {
            let item = Problem.Item(
                "ongeldigeWaarde", at: "?ontvanger", "Deze ontvanger staat niet in de configuratie.")
            throw Problem(.ongeldigVerzoek, "De parameters achter het vraagteken kloppen niet.", items: [item])
        }
        let submitted = try await Submission.read(call)
        var views: [JSONValue] = []
        for (index, event) in submitted.events.enumerated() {
            do throws(GatewayError) {
                let explanations = try await call.services.gateway.explain(event, as: principal, recipient: recipient)
                views.append([
                    "plaats": .string(submitted.root(index)), "type": .string(event.type.rawValue),
                    "oordelen": .array(explanations.map(\.json)),
                ])
            } catch {
                throw submitted.problem(error, at: index)
            }
        }
        return Answer(.ok, ["gebeurtenissen": .array(views)])
    }
}
