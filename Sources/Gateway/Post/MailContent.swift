// SPDX-License-Identifier: EUPL-1.2
import Mail
import Values

/// The content of a received mail as it lies sealed in the store, and as a person sees it.
enum MailContent {
    static func json(_ mail: ReceivedMail) -> JSONValue {
        var sender: [String: JSONValue] = ["gecontroleerd": .string(mail.sender.check.rawValue)]
        if let address = mail.sender.address { sender["adres"] = .string(address) }
        if let name = mail.sender.name { sender["naam"] = .string(name) }
        var members: [String: JSONValue] = [
            "afzender": .object(sender), "onderwerp": .string(mail.subject), "tekst": .string(mail.text),
            "uitHTML": .bool(mail.isTextFromHTML), "onvolledig": .bool(mail.isIncomplete),
            "bijlagen": .array(mail.attachments.map(json)),
        ]
        if let date = mail.date { members["geschrevenOp"] = .string(date.description) }
        return .object(members)
    }

    private static func json(_ attachment: ReceivedMail.Attachment) -> JSONValue {
        var members: [String: JSONValue] = [
            "nummer": .number(Double(attachment.number)), "bestandsnaam": .string(attachment.fileName),
            "grootte": .number(Double(attachment.size)),
        ]
        switch attachment.content {
        case .kept(let kind, _), .stored(let kind): members["soort"] = .string(kind.rawValue)
        case .notKept(let reason): members["nietBewaard"] = .string(reason.rawValue)
        }
        return .object(members)
    }

    /// What a person sees: nothing in it can be clicked on (practice 24).
    static func shown(_ content: [UInt8]) -> [String: JSONValue]? {
        guard case .success(let value) = StrictJSON.read(content), var members = value.object else { return nil }
        for key in ["onderwerp", "tekst"] {
            if let text = members[key]?.string { members[key] = .string(LinkGuard.withoutLinks(text)) }
        }
        if var sender = members["afzender"]?.object {
            if let name = sender["naam"]?.string { sender["naam"] = .string(LinkGuard.withoutLinks(name)) }
            if let warning = warning(sender["gecontroleerd"]?.string) { sender["waarschuwing"] = .string(warning) }
            members["afzender"] = .object(sender)
        }
        return members
    }

    private static func warning(_ check: String?) -> String? {
        switch check.flatMap(SenderCheck.init(rawValue:)) {
        case .geslaagd?: nil
        case .gezakt?: "De mailserver meldt dat deze afzender niet echt is. Vertrouw dit bericht niet: bel de afzender."
        case .onbekend?, nil: "Niet gecontroleerd of deze afzender echt is."
        }
    }
}
