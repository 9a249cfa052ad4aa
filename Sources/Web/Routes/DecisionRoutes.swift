// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Delivery
import Gateway
import HTTPTypes
import Values

/// Acts that only a person may do (practice 18).
extension Routes {
    static let decisions = [
        Route(
            method: .post, path: Path("/v1/afleveringen/{id}/bevestiging"), name: "bevestig",
            summary: "Een wachtende aflevering bevestigen",
            detail: "Wordt bewaard als gebeurtenis `bevestiging-gegeven`, met persoon, rol en tijdstip.",
            body: .form(confirmation),
            success: Route.Success(
                status: .accepted, schema: "Aangenomen", summary: "Bevestigd.", hasLocation: true),
            problems: [
                forbidden, wrongState,
                (.geweigerdDoorRegels, "De privacyregels weigeren de aflevering, met het artikel."),
            ],
            action: .authenticated { call, principal throws(Problem) in
                let id = try call.number()
                let form = try await call.read(confirmation)
                let acceptance = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.confirm(
                        id, as: principal, role: form["rol"]?.string,
                        textChecked: form["tekstNagekeken"]?.bool == true)
                }
                return Submission.accepted(acceptance, call)
            }),
        Route(
            method: .post, path: Path("/v1/afleveringen/{id}/vrijgave"), name: "geefVrij",
            summary: "De tekst van een overdracht vrijgeven",
            detail: """
                Geeft precies de tekst die een persoon doorgeeft, en legt het voornemen tot verstrekken vast voordat de \
                tekst wordt gegeven. Sluit daarna af met `/afsluiting`. Met `Accept: application/pdf` komt dezelfde tekst als PDF; \
                lukt dat op het laatste moment niet, dan toch als JSON, want vrijgeven kan maar één keer.
                """,
            body: .form(nothing),
            success: Route.Success(
                status: .ok, otherMediaTypes: ["application/pdf"], schema: "Overdrachtstekst", summary: "De tekst."),
            problems: [
                forbidden, wrongState,
                (.nietBeschikbaar, "Een PDF is gevraagd en kan hier niet worden gemaakt; er is niets vrijgegeven."),
                (.geweigerdDoorRegels, "De privacyregels weigeren de aflevering, met het artikel."),
            ],
            action: .authenticated(release)),
        Route(
            method: .post, path: Path("/v1/afleveringen/{id}/afsluiting"), name: "sluitAf",
            summary: "Een overdracht afsluiten, of een onbekende uitkomst vaststellen",
            detail: "`verstrekt: true` met wanneer, hoe, met wie en hun kenmerk; of `verstrekt: false`.",
            body: .form(closing),
            success: Route.Success(status: .ok, schema: "Aflevering", summary: "De aflevering zoals zij nu is."),
            problems: [forbidden, wrongState],
            action: .authenticated(close)),
        Route(
            method: .post, path: Path("/v1/afleveringen/{id}/herkansing"), name: "probeerOpnieuw",
            summary: "Een mislukte aflevering opnieuw laten proberen",
            detail: "De regels oordelen eerst opnieuw. Alle pogingen beginnen van voren af aan.",
            body: .form(nothing),
            success: Route.Success(status: .ok, schema: "Aflevering", summary: "De aflevering zoals zij nu is."),
            problems: [forbidden, wrongState],
            action: .authenticated { call, principal throws(Problem) in
                try await act(call, principal) { gateway, id, principal throws(GatewayError) in
                    try await gateway.retry(id, as: principal)
                }
            }),
        Route(
            method: .post, path: Path("/v1/afleveringen/{id}/annulering"), name: "annuleer",
            summary: "Een aflevering tegenhouden die nog niet weg is",
            detail: "Wat al is verzonden of vrijgegeven kan niet meer worden geannuleerd.",
            body: .form(nothing),
            success: Route.Success(status: .ok, schema: "Aflevering", summary: "De aflevering zoals zij nu is."),
            problems: [forbidden, wrongState],
            action: .authenticated { call, principal throws(Problem) in
                try await act(call, principal) { gateway, id, principal throws(GatewayError) in
                    try await gateway.cancel(id, as: principal)
                }
            }),
    ]

    private static let forbidden = (
        kind: ProblemKind.geenToegang, when: "Alleen een persoon met de rol die hiervoor nodig is kan dit."
    )
    private static let wrongState = (kind: ProblemKind.verkeerdeStatus, when: "De aflevering heeft een andere status.")

    // MARK: - Forms

    static let confirmation = Form(
        name: "Bevestiging",
        members: [
            Parameter("rol", .reference, "De rol waarin wordt bevestigd, als de persoon er meer heeft."),
            Parameter("tekstNagekeken", .boolean, "Of is nagekeken wat de controle in de vrije tekst vond."),
        ],
        isOptional: true)

    static let nothing = Form(name: "Leeg", members: [], isOptional: true)

    static let closing = Form(
        name: "Afsluiting",
        members: [
            Parameter("verstrekt", .boolean, required: true, "Of de gegevens werkelijk zijn verstrekt."),
            Parameter("tijdstip", .timestamp, "Wanneer werkelijk is verstrekt; niet in de toekomst."),
            Parameter(
                "wijze", .choice(["telefoon", "gesprek", "brief", "webformulier", "beveiligdeMail", "anders"]),
                "Hoe is verstrekt."),
            Parameter("gesprokenMet", .line(max: 200), "Met wie bij de ontvanger is gesproken."),
            Parameter("kenmerk", .line(max: 64), "Het kenmerk dat de ontvanger gaf."),
            Parameter("toelichting", .text(max: 2_000), "Toelichting; wordt verzegeld bewaard."),
        ],
        isOptional: false)

    // MARK: - Acts

    private static func act(
        _ call: Call, _ principal: Principal,
        _ act: @Sendable (MeldpoortGateway, DeliveryID, Principal) async throws(GatewayError) -> Void
    ) async throws(Problem) -> Answer {
        let id = try call.number()
        _ = try await call.read(nothing)
        try await telling { () throws(GatewayError) in try await act(call.services.gateway, id, principal) }
        return try await show(id, call, principal)
    }

    private static func release(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        let id = try call.number()
        _ = try await call.read(nothing)
        let wantsPDF = Accept.prefers("application/pdf", header: call.headers[.accept])
        // Found out before anything is released: the text is given once.
        if wantsPDF, await call.services.renderer?.pdf(of: trial) == nil {
            throw Problem(
                .nietBeschikbaar,
                "Een PDF kan hier nu niet worden gemaakt. Vraag de tekst zonder “Accept: application/pdf”; er is niets vrijgegeven."
            )
        }
        let document = try await telling { () throws(GatewayError) in
            try await call.services.gateway.release(id, as: principal)
        }
        if wantsPDF, let bytes = await call.services.renderer?.pdf(of: document) {
            return Answer(.ok, body: bytes, mediaType: "application/pdf")
        }
        return Answer(.ok, json(document))
    }

    /// Whether a PDF can be made at all.
    private static let trial = HandoverDocument(title: "Proef", instruction: "", sections: [])

    private static func close(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        let id = try call.number()
        var given = try await call.read(closing)
        guard let arrived = given.removeValue(forKey: "verstrekt")?.bool else { throw Form.problem([]) }
        let misplaced = ["tijdstip", "wijze", "gesprokenMet", "kenmerk"].filter { !arrived && given[$0] != nil }
        guard misplaced.isEmpty else {
            throw Form.problem(
                misplaced.map {
                    Problem.Item("ongeldigeWaarde", at: "/\($0)", "Dit hoort alleen bij “verstrekt”: true.")
                })
        }
        let time = given.removeValue(forKey: "tijdstip")?.string.flatMap { Timestamp($0) }
        let outcome = Closing(arrived: arrived, at: time, details: .object(given))
        do throws(GatewayError) {
            try await call.services.gateway.close(id, as: principal, closing: outcome)
        } catch {
            // A place in the form, not in an event.
            guard case .invalid(let problems) = error else { throw Problem(error) }
            throw Form.problem(problems.map(Problem.Item.init))
        }
        return try await show(id, call, principal)
    }

    private static func json(_ document: HandoverDocument) -> JSONValue {
        [
            "titel": .string(document.title), "aanwijzing": .string(document.instruction),
            "delen": .array(
                document.sections.map { section in
                    var members: [String: JSONValue] = [
                        "kop": .string(section.heading),
                        "regels": .array(
                            section.lines.map { ["label": .string($0.label), "waarde": .string($0.value)] }),
                    ]
                    members["deel"] = section.part.map(JSONValue.string)
                    return .object(members)
                }),
        ]
    }
}
