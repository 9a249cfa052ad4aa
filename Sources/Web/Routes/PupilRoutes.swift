// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CaseEvents
import Gateway
import HTTPTypes
import Values

/// Reading a pupil's identity from the school's own register.
extension Routes {
    static let pupils = [
        Route(
            method: .post, path: Path("/v1/leerlingopvragingen"), name: "vraagLeerlingOp",
            summary: "Een leerling opzoeken in het leerlingvolgsysteem van de school",
            detail: """
                Leest alleen de velden die voor de genoemde gebeurtenis ergens heen mogen. Op leerlingnummer, of op achternaam \
                (met geboortedatum); wat op naam is gevonden bevestigt een persoon. Alleen voor een persoon die op de school beslist. \
                Er wordt niets bewaard.
                """,
            body: .form(pupilQuery),
            success: Route.Success(status: .ok, schema: "Leerlingopvraging", summary: "Wat het systeem antwoordde."),
            problems: [
                (.geenToegang, "Alleen een persoon met een beslissende rol op deze school mag dit."),
                (.geweigerdDoorRegels, "Voor deze school is geen leerlingvolgsysteem gekoppeld."),
            ],
            action: .authenticated { call, principal throws(Problem) in
                let form = try await call.read(pupilQuery)
                let pupil = try wanted(form)
                let type = form["voor"]?.string.flatMap(EventType.init(rawValue:)) ?? .zorgGesignaleerd
                let found = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.findPupils(
                        school: form["school"]?.string ?? "", pupil: pupil, for: type, as: principal)
                }
                return Answer(.ok, found.json)
            })
    ]

    static let pupilQuery = Form(
        name: "VraagNaarLeerling",
        members: [
            Parameter("school", .brin, required: true, "De school, zoals in de configuratie."),
            Parameter(
                "voor", .choice(EventType.allCases.map(\.rawValue)), required: true,
                "De gebeurtenis waarvoor de gegevens nodig zijn."),
            Parameter("leerlingnummer", .reference, "Het nummer in het leerlingvolgsysteem."),
            Parameter(
                "achternaam", .line(max: 200), "De achternaam zonder voorvoegsel, als het nummer niet bekend is."),
            Parameter("geboortedatum", .line(max: 10), "De geboortedatum (JJJJ-MM-DD), bij zoeken op naam."),
        ], isOptional: false)

    /// By number or by name, and not by both.
    private static func wanted(_ form: [String: JSONValue]) throws(Problem) -> PupilQuery.Pupil {
        let date = form["geboortedatum"]?.string
        if let date, CalendarDate(date) == nil {
            throw Form.problem([
                Problem.Item("ongeldigeWaarde", at: "/geboortedatum", "Schrijf de datum als JJJJ-MM-DD.")
            ])
        }
        switch (form["leerlingnummer"]?.string, form["achternaam"]?.string) {
        case (let number?, nil) where date == nil: return .number(number)
        case (nil, let name?): return .name(name, birthDate: date)
        default:
            throw Form.problem([
                Problem.Item(
                    "ongeldigeWaarde", at: "",
                    "Zoek op leerlingnummer, of op achternaam met zo mogelijk de geboortedatum.")
            ])
        }
    }
}
