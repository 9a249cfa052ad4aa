// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Ketenpartner
import Values

/// Made-up messages to made-up partners, and their texts as one string.
enum Example {
    static func text(
        _ message: MessageKind, _ content: JSONValue, to kind: RecipientKind = .raadVoorDeKinderbescherming,
        name: String = "Raad Voorbeeldregio", _ settings: JSONValue = ["phone": "000-0000000"]
    ) throws -> String {
        let recipient = Recipient(id: "partner", kind: kind, name: name, channel: .handover)
        let adapter = try KetenpartnerAdapter(settings: AdapterSettings(values: settings, channel: "handover"))
        let disclosure = SampleMessage(message, to: recipient).disclosure.replacing(content: content)
        let document = try adapter.handover(disclosure)
        let sections = document.sections.map { section in
            ([section.heading] + section.lines.map { "  \($0.label): \($0.value)" }).joined(separator: "\n")
        }
        return ([document.title, document.instruction] + sections).joined(separator: "\n\n")
    }

    /// The mail that carries a message, and its text attachment.
    static func mail(
        _ message: MessageKind, _ content: JSONValue, to kind: RecipientKind, counterpartReference: String? = nil
    ) async throws -> (mail: MailMessage?, text: String, outcome: Outcome) {
        let recipient = Recipient(id: "partner", kind: kind, name: "Partner Voorbeeld", channel: .mail)
        let adapter = try KetenpartnerAdapter(
            settings: AdapterSettings(values: ["to_address": "post@partner.example"], channel: "mail"))
        let transport = ScriptedTransport(.notSent(.init(.notSent)), mail: .answered(MailReceipt(code: 250)))
        let disclosure = SampleMessage(message, to: recipient).disclosure
            .replacing(content: content, counterpartReference: counterpartReference)
        let outcome = await adapter.deliver(disclosure, over: transport)
        let bytes = transport.mails.first?.attachments.first?.bytes ?? []
        return (transport.mails.first, String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"), outcome)
    }

    static let child: JSONValue = [
        "voornamen": "Testkind", "voorvoegsel": "van", "achternaam": "Voorbeeld-Achternaam",
        "geboortedatum": "2016-03-04", "geslacht": "vrouw",
        "adres": ["straat": "Proefstraat", "huisnummer": "1a", "postcode": "0000 AA", "woonplaats": "Voorbeeldstad"],
    ]

    static let others: JSONValue = [
        ["rol": "ouder", "naam": "Ouder Voorbeeld", "telefoon": "000-1111111"],
        ["rol": "broerZus", "naam": "Zus Voorbeeld", "geboortedatum": "2018-05-06"],
        ["rol": "ouder", "naam": "Ouder Proef"],
    ]

    static let substance: JSONValue = [
        "feiten": "Drie keer zonder eten op school.", "zorgen": "Er lijkt thuis weinig toezicht.",
        "krachten": "Een tante helpt.", "inzetSchool": "Twee gesprekken.", "vraag": "Wilt u onderzoeken?",
    ]

    static let agreements: JSONValue = [
        "geinformeerd": true, "datum": "2026-11-02", "wie": ["vertegenwoordiger"], "toestemming": "nietGevraagd",
    ]

    static let contact: JSONValue = ["naam": "Contact Voorbeeld", "functie": "intern begeleider"]

    static let context: JSONValue = ["kenmerk": "MP-1", "school": ["brin": "99XX", "naam": "School Voorbeeld"]]
}
