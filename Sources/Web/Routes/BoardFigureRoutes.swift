// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Figures
import Gateway
import HTTPTypes
import Values

/// How the meldcode was used and how partners answered, without persons: one report in six forms.
extension Routes {
    static let boardFigures = [
        Route(
            method: .get, path: Path("/v1/cijfers/meldcode"), name: "toonCijfersMeldcode",
            summary: "Cijfers over de meldcode van een periode, zonder personen",
            detail: """
                Per school hoe vaak de meldcode is gebruikt, welke onderdelen zijn gezet, of registratie en weging op orde zijn, adviezen, \
                meldingen, hulp en registraties; per ketenpartner wat er van de verwachte terugkoppeling kwam en welke drempels zijn \
                gemeld. Geteld op de dag waarop iets gebeurde. De directie ziet de eigen school precies. De centrale contactpersoon en \
                het bestuur zien kleine aantallen als `1-4`, over hele maanden. `vorm=publiek` is wat het bestuur uit mag: over alle \
                scholen, over een heel schooljaar dat voorbij is, en zonder dat een aantal onder 5 te zien of uit te rekenen is.
                \(formText)
                """,
            query: period + [
                Parameter("vorm", .choice(["intern", "publiek"]), "Voor wie; zonder opgave intern.")
            ],
            success: success("Cijfers"), problems: problems,
            action: .authenticated { call, principal throws(Problem) in
                let period = try period(of: call)
                let isPublic = call.query["vorm"] == "publiek"
                let report = try await telling { () throws(GatewayError) in
                    isPublic
                        ? try await call.services.gateway.publishedFigures(period, as: principal)
                        : try await call.services.gateway.boardFigures(period, as: principal)
                }
                return try await answer(call, report)
            }),
        Route(
            method: .get, path: Path("/v1/cijfers/scholen/{brin}"), name: "toonCijfersSchool",
            summary: "De cijfers van één school op één bladzijde",
            detail: "Voor het resultaatgesprek, met de uren van de aandachtsfunctionaris. \(formText)",
            query: period, success: success("De cijfers van de school"), problems: problems,
            action: .authenticated { call, principal throws(Problem) in
                let period = try period(of: call)
                let school = call.parameter
                guard BRIN(school) != nil else { throw .notFound }
                let report = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.schoolSheet(school, period, as: principal)
                }
                return try await answer(call, report)
            }),
        Route(
            method: .get, path: Path("/v1/cijfers/jaarverslag"), name: "toonJaarverslag",
            summary: "Het verslag van een schooljaar voor de kwaliteitscyclus",
            detail: "De cijfers van het schooljaar naast die van het jaar ervoor. \(formText)",
            query: [Parameter("jaar", .schoolYear, required: true, "Het schooljaar, zoals 2026-2027.")],
            success: success("Het verslag"), problems: problems,
            action: .authenticated { call, principal throws(Problem) in
                guard let year = call.query["jaar"].flatMap({ SchoolYear($0) }) else {
                    throw Problem(.ongeldigVerzoek, "De parameter “jaar” ontbreekt.")
                }
                let report = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.yearlyReport(year, as: principal)
                }
                return try await answer(call, report)
            }),
    ]

    // MARK: - What they share

    private static let period = [
        Parameter("van", .date, required: true, "De eerste dag."),
        Parameter("tot", .date, required: true, "De laatste dag; hoogstens vijf jaar na de eerste."),
    ]

    private static let formText = """
        Met `Accept` komt hetzelfde als JSON, `text/csv`, `text/html` (toegankelijk, met grafieken), `application/pdf`, `text/plain` \
        of `text/markdown`.
        """

    private static let problems: [(kind: ProblemKind, when: String)] = [
        (
            .geenToegang,
            "Alleen de directie, de centrale contactpersoon en het bestuur zien deze cijfers, elk van hun scholen."
        ),
        (.nietBeschikbaar, "Een PDF is gevraagd en kan hier nu niet worden gemaakt."),
    ]

    private static let json = "application/json"
    private static let otherForms = ["text/html", "application/pdf", "text/csv", "text/plain", "text/markdown"]

    private static func success(_ summary: String) -> Route.Success {
        Route.Success(status: .ok, otherMediaTypes: otherForms, schema: "Cijferverslag", summary: "\(summary).")
    }

    private static func period(of call: Call) throws(Problem) -> FigurePeriod {
        let day = { (name: String) in call.query[name].flatMap { CalendarDate($0) } }
        guard let from = day("van"), let to = day("tot") else {
            throw Problem(.ongeldigVerzoek, "De parameters “van” en “tot” zijn allebei nodig.")
        }
        guard let period = FigurePeriod(from: from, to: to) else {
            throw Problem(.ongeldigVerzoek, "De laatste dag (tot) ligt voor de eerste (van).")
        }
        return period
    }

    /// The report in the form that the caller wants most.
    private static func answer(_ call: Call, _ report: FigureReport) async throws(Problem) -> Answer {
        let form = Accept.best(of: [json] + otherForms, header: call.headers[.accept])
        switch form {
        case "text/csv": return text(report.csv, "text/csv; charset=utf-8; header=present")
        case "text/plain": return text(report.text, "text/plain; charset=utf-8")
        case "text/markdown":
            guard let markdown = report.markdown else {
                throw Problem(.antwoordvormNietMogelijk, "Markdown is er alleen van wat openbaar is (vorm=publiek).")
            }
            return text(markdown, "text/markdown; charset=utf-8")
        case "text/html":
            var answer = text(report.html, "text/html; charset=utf-8")
            // Its own style and charts, and nothing from anywhere.
            answer.headers[.contentSecurityPolicy] =
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            return answer
        case "application/pdf":
            guard let bytes = await call.services.renderer?.pdf(ofPage: report.html) else {
                throw Problem(
                    .nietBeschikbaar, "Een PDF kan hier nu niet worden gemaakt. Vraag de cijfers in een andere vorm.")
            }
            return Answer(.ok, body: bytes, mediaType: "application/pdf")
        default: return Answer(.ok, report.json)
        }
    }

    private static func text(_ text: String, _ mediaType: String) -> Answer {
        Answer(.ok, body: Array(text.utf8), mediaType: mediaType)
    }
}
