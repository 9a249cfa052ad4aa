// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Values

extension KetenpartnerAdapter {
    /// Name, channels and settings; `README.md` holds the same table.
    public static let specification = AdapterSpecification(
        name: "ketenpartner",
        summary:
            "Brings what the school shares to a partner of the chain by secure mail, or prepares the text that a person passes on or puts into the LVS.",
        recipientKinds: [
            .raadVoorDeKinderbescherming, .politie, .gecertificeerdeInstelling, .hulpverlener,
            .deskundigeLetselduiding, .leerlingvolgsysteem,
        ],
        channels: [.mail, .handover],
        messages: [.verstrekking, .overleg, .letselduiding, .lvsRegistratie, .correctie],
        messagesPerChannel: [.mail: [.verstrekking, .letselduiding, .correctie]],
        settings: [
            SettingSpecification(
                "to_address", .text,
                summary: "The address that this partner gave for secure mail; needed for channel mail."),
            SettingSpecification(
                "phone", .text, summary: "The number that people phone, known beforehand; shown with a handover."),
            SettingSpecification(
                "way", .text,
                summary: "How this partner takes written information, in Dutch, to stand after 'via'."),
            SettingSpecification(
                "hidden_section", .text,
                summary: "What a leerlingvolgsysteem calls the section that parents and pupils do not see."),
        ],
        sample: String(decoding: PackageResources.sample_yaml, as: UTF8.self))
}
