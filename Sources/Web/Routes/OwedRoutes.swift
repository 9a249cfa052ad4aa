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
                    "soort", .choice(OwedKind.allCases.map(\.rawValue)), "Alleen deze soort."),
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
                filter.kinds = call.query["soort"].flatMap(OwedKind.init(rawValue:)).map { [$0] }
                filter.after = call.query.number("vanaf").map { $0 - 1 }
                let limit = call.query.number("aantal").map { Int($0) } ?? Parameter.defaultPage
                filter.limit = limit
                let wanted = filter
                let views = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.owedViews(wanted, as: principal)
                }
                return page("verplichtingen", views, limit: limit, number: "nummer")
            }),
        Route(
            method: .get, path: Path("/v1/verplichtingen/{id}"), name: "toonVerplichting",
            summary: "Eén verplichting met wat ermee is gedaan",
            detail: """
                Ook wat u bij de hand moet hebben als u de ketenpartner belt: het nummer, en de kenmerken van de school en van de \
                ketenpartner. De zaak staat er alleen bij voor wie op de school beslist.
                """,
            success: Route.Success(status: .ok, schema: "Verplichting", summary: "De verplichting."),
            problems: [(.geenToegang, "Alleen een persoon ziet dit.")],
            action: .authenticated { call, principal throws(Problem) in
                let id = try call.number()
                let view = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.owedView(id, as: principal)
                }
                return Answer(.ok, view)
            }),
        Route(
            method: .post, path: Path("/v1/verplichtingen/{id}/acties"), name: "werkVerplichtingBij",
            summary: "Een verplichting uitstellen, hervatten, afdoen of laten vervallen",
            detail: """
                Wordt bewaard als gebeurtenis `verplichting-bijgewerkt`. Uitstellen kan hoogstens 60 dagen vooruit, en daarna \
                opnieuw. Een terugkoppeling is nooit zo gedaan: leg vast wat er is teruggekoppeld (`terugkoppeling-ontvangen`).
                """,
            body: .form(owedAct),
            success: Route.Success(
                status: .accepted, schema: "Aangenomen", summary: "Bijgewerkt.", hasLocation: true),
            problems: [
                (.geenToegang, "Alleen een persoon kan dit."),
                (.ongeldigeGebeurtenis, "Dit kan niet met deze verplichting, of de dag kan niet."),
                (.geweigerdDoorRegels, "De verplichting staat niet meer open."),
            ],
            action: .authenticated(act)),
    ]

    static let owedAct = Form(
        name: "Verplichtingsactie",
        members: [
            Parameter(
                "actie", .choice(["uitgesteld", "hervat", "gedaan", "vervallen"]), required: true,
                "Wat er met de verplichting gebeurt."),
            Parameter("tot", .date, "De dag waarop zij weer meetelt; alleen en altijd bij “uitgesteld”."),
            Parameter(
                "reden",
                .choice([
                    "afgesprokenMetPartner", "schoolvakantie", "afwezigheid", "wachtOpAnder", "veiligheid",
                    "nietMeerNodig", "dubbel", "perVergissing", "gedaan",
                ]), required: true, "Waarom."),
        ],
        isOptional: false)

    private static func act(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        let id = try call.number()
        let form = try await call.read(owedAct)
        let acceptance = try await telling { () throws(GatewayError) in
            try await call.services.gateway.actOnOwed(
                id, act: form["actie"]?.string ?? "", until: form["tot"]?.string.flatMap { CalendarDate($0) },
                reason: form["reden"]?.string ?? "", as: principal)
        }
        return Submission.accepted(acceptance, call)
    }
}
