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
        recipientKinds: [.veiligThuis],
        channels: [.mail, .handover],
        messages: [.veiligThuisMelding, .veiligThuisAdvies, .verstrekking, .overleg, .correctie],
        messagesPerChannel: [.mail: [.veiligThuisMelding, .verstrekking, .correctie]],
        settings: [
            SettingSpecification(
                "to_address", .text,
                summary: "The address that the region gave for reports by secure mail; needed for channel mail."),
            SettingSpecification(
                "phone", .text, default: .string(HandoverWords.nationalPhone),
                summary: "The number that people phone; shown with a handover."),
            SettingSpecification(
                "web_form", .text, summary: "The region's web form for professionals; shown with a handover."),
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

/// The configured address for reports.
enum MailAddress {
    static func read(_ settings: AdapterSettings, problems: inout [SettingProblems.Problem]) -> String? {
        guard let address = settings["to_address"]?.string else {
            if settings.channel == Channel.mail.rawValue {
                problems.append(
                    .init(
                        path: ["to_address"], message: "channel mail needs the address for reports",
                        suggestion:
                            "the address from the agreement with the region; without one choose channel: handover"))
            }
            return nil
        }
        guard isPlain(address) else {
            problems.append(
                .init(
                    path: ["to_address"], message: "this is no plain mail address",
                    suggestion: "meldingen@veiligthuis-voorbeeld.example, without a name around it"))
            return nil
        }
        return address
    }

    private static func isPlain(_ address: String) -> Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && address.utf8.count <= 254
            && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".") }
            && address.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"(),:;<>[]\\".utf8.contains($0) }
    }
}
