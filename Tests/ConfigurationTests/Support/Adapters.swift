// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// Stands in for the adapter of Veilig Thuis: two channels, one optional setting.
struct SampleVeiligThuis: Adapter {
    static let specification = AdapterSpecification(
        name: "veilig-thuis", summary: "A sample.", recipientKinds: [.veiligThuis], channels: [.mail, .handover],
        messages: [.veiligThuisMelding, .veiligThuisAdvies], messagesPerChannel: [.mail: [.veiligThuisMelding]],
        settings: [
            SettingSpecification("to", .list(.text), summary: "Addresses."),
            SettingSpecification(
                "layout",
                .object([
                    SettingSpecification("font", .choice(["serif", "sans"]), default: "serif", summary: "Font."),
                    SettingSpecification("pages", .integer(1...9), default: 3, summary: "Pages."),
                    SettingSpecification("signed", .boolean, summary: "Signed."),
                ]), summary: "Layout."),
        ], sample: "")

    init(settings: AdapterSettings) throws(SettingProblems) {}

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        .accepted(Receipt())
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }
}

/// Stands in for the adapter of the verwijsindex: a required setting, and a check of its own.
struct SampleVerwijsindex: Adapter {
    static let specification = AdapterSpecification(
        name: "verwijsindex", summary: "A sample.", recipientKinds: [.verwijsindex], channels: [.api, .handover],
        messages: [.verwijsindexRegistratie],
        settings: [
            SettingSpecification(
                "request",
                .object([
                    SettingSpecification("path", .text, required: true, summary: "Where it goes."),
                    SettingSpecification("headers", .textMap, summary: "Headers."),
                ]), required: true, summary: "The request."),
            SettingSpecification("accepted_statuses", .list(.integer(200...299)), default: [200], summary: "Accepted."),
        ], sample: "")

    init(settings: AdapterSettings) throws(SettingProblems) {
        guard settings["request", "path"]?.string?.hasPrefix("/") != true else { return }
        throw SettingProblems([
            .init(path: ["request", "path"], message: "a path begins with /.", suggestion: "Write /signalen."),
            .init(path: ["accepted_statuses", "0"], message: "see the path first"),
            .init(path: ["nowhere"], message: "about no key in particular"),
        ])
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        .accepted(Receipt())
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }
}

/// A verwijsindex whose settings can all be left out, as for a handover.
struct OptionalVerwijsindex: Adapter {
    static let specification = AdapterSpecification(
        name: "verwijsindex", summary: "A sample.", recipientKinds: [.verwijsindex], channels: [.handover],
        messages: [.verwijsindexRegistratie, .verwijsindexIntrekking], settings: [], sample: "")

    init(settings: AdapterSettings) throws(SettingProblems) {}

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        .accepted(Receipt())
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }
}

/// Stands in for the adapter of the board's own people: notices by mail need an address.
struct SampleBoard: Adapter {
    static let specification = AdapterSpecification(
        name: "bestuur", summary: "A sample.",
        recipientKinds: [.aandachtsfunctionaris, .centraleContactpersoon, .bestuur], channels: [.mail, .handover],
        messages: [.kennisgeving, .opschaling], messagesPerChannel: [.handover: [.kennisgeving]],
        settings: [SettingSpecification("to", .list(.text), summary: "Addresses.")], sample: "")

    init(settings: AdapterSettings) throws(SettingProblems) {}

    static func lack(in settings: AdapterSettings, for message: MessageKind) -> SettingProblems.Problem? {
        guard message == .kennisgeving, settings.channel == "mail", settings["to"] == nil else { return nil }
        return .init(path: ["to"], message: "a notice needs an address", suggestion: "Write one.")
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        .accepted(Receipt())
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        throw HandoverImpossible(message: disclosure.message)
    }
}
