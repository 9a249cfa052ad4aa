// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Values

extension VeiligThuisAdapter {
    /// Name, channels and settings; `README.md` holds the same table.
    public static let specification = AdapterSpecification(
        name: "veilig-thuis",
        summary:
            "Brings a school's report, and what comes later, to Veilig Thuis by phone, web form or secure mail; advice by phone.",
        recipientKinds: [.veiligThuis, .veiligThuisProces],
        channels: [.mail, .handover],
        messages: [
            .veiligThuisMelding, .veiligThuisAdvies, .verstrekking, .overleg, .correctie, .procesopmerking,
        ],
        messagesPerChannel: [.mail: [.veiligThuisMelding, .verstrekking, .correctie, .procesopmerking]],
        settings: [
            SettingSpecification(
                "to_address", .text,
                summary:
                    "The address that the region gave for reports by secure mail, or of its process mailbox; needed for channel mail."
            ),
            SettingSpecification(
                "phone", .text, default: .string(HandoverWords.nationalPhone),
                summary: "The number that people phone; shown with a handover."),
            SettingSpecification(
                "web_form", .text, summary: "The region's web form for professionals; shown with a handover."),
            SettingSpecification(
                "advice_form", .text,
                summary: "The region's form or chat for asking advice; shown with an advice that can wait."),
            SettingSpecification(
                "sections",
                .list(
                    .object([
                        SettingSpecification(
                            "part", .choice(ReportSection.allCases.map(\.rawValue)), required: true,
                            summary: "Which part of the report."),
                        SettingSpecification(
                            "title", .text, required: true, summary: "What the region's form calls it."),
                    ])),
                default: .array(
                    OrderedSection.usual.map { ["part": .string($0.section.rawValue), "title": .string($0.title)] }),
                summary: "The parts of the report in the order and with the titles of the region's form; all six."),
        ],
        sample: String(decoding: PackageResources.sample_yaml, as: UTF8.self))
}
