// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import HTTPTypes
import Values

/// What came in by mail (practice 24).
extension Routes {
    static let post = [
        Route(
            method: .get, path: Path("/v1/post"), name: "toonPost", summary: "Ontvangen post",
            detail: """
                Nummer, postbus, wanneer, waarvoor het wordt gehouden en of een persoon het nog moet beoordelen. Nooit de \
                inhoud. Een persoon ziet de post van zaken van zijn scholen; post die nog bij geen zaak hoort ziet de centrale \
                contactpersoon.
                """,
            query: [
                Parameter(
                    "status", .choice(["teBeoordelen", "afgehandeld"]), "Alleen wat nog moet, of alleen de rest."),
                Parameter("postbus", .reference, "Alleen van deze postbus."),
            ] + Parameter.page(from: "Vanaf dit nummer, oplopend."),
            success: Route.Success(status: .ok, schema: "Post", summary: "De post, op nummer."),
            problems: [(.geenToegang, "Alleen een persoon die post beoordeelt ziet dit.")],
            action: .authenticated(listPost)),
        Route(
            method: .get, path: Path("/v1/post/{id}"), name: "toonPoststuk", summary: "Eén poststuk met zijn inhoud",
            detail: """
                Alleen tekst: opmaak valt weg, en adressen van websites worden weggelaten. Dat u het leest wordt eerst \
                vastgelegd. Een afzender wordt nooit vertrouwd; `waarschuwing` zegt wat de mailserver ervan vond.
                """,
            success: Route.Success(status: .ok, schema: "Poststuk", summary: "Het poststuk."),
            problems: [(.geenToegang, "Alleen een persoon leest post.")],
            action: .authenticated { call, principal throws(Problem) in
                let id = try call.number()
                let view = try await telling { () throws(GatewayError) in
                    try await call.services.gateway.postView(id, as: principal)
                }
                return Answer(.ok, view)
            }),
        Route(
            method: .get, path: Path("/v1/post/{id}/bijlagen/{bijlage}"), name: "toonBijlage",
            summary: "Eén bijlage van een poststuk",
            detail: """
                De bytes zoals zij kwamen, altijd als bestand om op te slaan. Meldpoort opent geen bijlagen: controleer ze zoals \
                u dat met elk bestand van buiten doet. Dat u haar leest wordt eerst vastgelegd.
                """,
            success: Route.Success(
                status: .ok, mediaType: "application/octet-stream", schema: nil, summary: "De bijlage."),
            problems: [(.geenToegang, "Alleen een persoon leest post.")],
            action: .authenticated(showAttachment)),
        Route(
            method: .post, path: Path("/v1/post/{id}/oordeel"), name: "beoordeelPost",
            summary: "Zeggen wat een poststuk is",
            detail: """
                Wordt bewaard als gebeurtenis `post-beoordeeld`. Hoort de post nog bij geen zaak, of bij een andere, dan plaatsen \
                `school` en `zaak` haar. Een ander oordeel later is een correctie: het eerste blijft staan.
                """,
            body: .form(postVerdict),
            success: Route.Success(
                status: .accepted, schema: "Aangenomen", summary: "Beoordeeld.", hasLocation: true),
            problems: [
                (.geenToegang, "Alleen een persoon die post van deze school beoordeelt kan dit."),
                (.ongeldigeGebeurtenis, "De school of de zaak klopt niet."),
                (.geweigerdDoorRegels, "Deze post is al zo beoordeeld."),
            ],
            action: .authenticated(judgePost)),
    ]

    static let postVerdict = Form(
        name: "Postoordeel",
        members: [
            Parameter(
                "soort",
                .choice([
                    "ontvangstbevestiging", "vraag", "terugkoppeling", "match", "informatieverzoek", "automatisch",
                    "nietTerZake",
                ]), required: true, "Wat het is."),
            Parameter("school", .brin, "De school van de zaak; alleen samen met “zaak”."),
            Parameter("zaak", .reference, "De zaak waar het bij hoort; alleen samen met “school”."),
            Parameter("toelichting", .text(max: 4_000), "Toelichting; blijft binnen de school."),
        ],
        isOptional: false)

    private static func listPost(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        var filter = MailFilter()
        filter.isOpen = call.query["status"].map { $0 == "teBeoordelen" }
        filter.mailbox = call.query["postbus"]
        filter.after = call.query.number("vanaf").map { $0 - 1 }
        let limit = call.query.number("aantal").map { Int($0) } ?? Parameter.defaultPage
        filter.limit = limit
        let wanted = filter
        let views = try await telling { () throws(GatewayError) in
            try await call.services.gateway.postViews(wanted, as: principal)
        }
        return page("post", views, limit: limit, number: "nummer")
    }

    private static func showAttachment(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        let (id, number) = (try call.number(), try call.secondNumber())
        let (name, bytes) = try await telling { () throws(GatewayError) in
            try await call.services.gateway.postAttachment(Int(number), of: id, as: principal)
        }
        var answer = Answer(.ok, body: bytes, mediaType: "application/octet-stream")
        answer.headers[.contentDisposition] = "attachment; filename*=UTF-8''\(escaped(name))"
        return answer
    }

    /// RFC 8187: whatever a sender called it, nothing of it can end the header.
    private static func escaped(_ name: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = name.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func judgePost(_ call: Call, _ principal: Principal) async throws(Problem) -> Answer {
        let id = try call.number()
        let form = try await call.read(postVerdict)
        let acceptance = try await telling { () throws(GatewayError) in
            try await call.services.gateway.judgePost(
                id, as: principal, verdict: form["soort"]?.string ?? "", school: form["school"]?.string,
                zaak: form["zaak"]?.string, note: form["toelichting"]?.string)
        }
        return Submission.accepted(acceptance, call)
    }
}
