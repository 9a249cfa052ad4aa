// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import HTTPTypes
import Values

/// For who keeps the service running.
extension Routes {
    static let health = [
        Route(
            method: .get, path: Path("/health/live"), name: "leeft", summary: "Of het proces antwoordt",
            detail: "Zegt niets over opslag of ontvangers.",
            success: Route.Success(status: .ok, schema: "Gezondheid", summary: "Het proces antwoordt."),
            action: .open { _ throws(Problem) in Answer(.ok, ["status": "ok"]) }),
        Route(
            method: .get, path: Path("/health/ready"), name: "gereed",
            summary: "Of gebeurtenissen kunnen worden aangenomen",
            detail: """
                De opslag wordt werkelijk beschreven, en haar schijf moet ruimte hebben voor vier van de grootste berichten. \
                Een ontvanger die niet bereikbaar is telt niet mee: aannemen gaat dan gewoon door.
                """,
            success: Route.Success(status: .ok, schema: "Gezondheid", summary: "Gereed."),
            problems: [(.nietBeschikbaar, "Niet gereed; `redenen` zegt waarom.")],
            action: .open { call throws(Problem) in
                let reasons = await call.services.readiness()
                guard reasons.isEmpty else {
                    var problem = Problem(.nietBeschikbaar, "Er kunnen nu geen gebeurtenissen worden aangenomen.")
                    problem.headers[.retryAfter] = "5"
                    problem.members["redenen"] = .array(reasons.map(JSONValue.string))
                    throw problem
                }
                return Answer(.ok, ["status": "ok"])
            }),
        Route(
            method: .get, path: Path("/metrics"), name: "meet", summary: "Meetwaarden voor Prometheus",
            detail: """
                Vraagt altijd een toegangsbewijs van een systeem, ook op de machine zelf: achter een proxy lijkt elk \
                verzoek van de machine zelf te komen.
                """,
            success: Route.Success(status: .ok, mediaType: "text/plain", schema: nil, summary: "De meetwaarden."),
            problems: [(.geenToegang, "Dit is geen toegangsbewijs van een systeem.")],
            action: .authenticated { call, principal throws(Problem) in
                guard principal.kind == .systeem else {
                    throw Problem(.geenToegang, "Meetwaarden zijn er alleen voor een systeem.")
                }
                return Answer(
                    .ok, body: Array(call.services.gateway.metrics.prometheusText.utf8),
                    mediaType: "text/plain; version=0.0.4; charset=utf-8")
            }),
    ]
}
