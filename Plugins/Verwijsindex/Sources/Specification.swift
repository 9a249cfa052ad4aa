// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Values

extension VerwijsindexAdapter {
    /// Name, channels and settings; `README.md` holds the same table.
    public static let specification = AdapterSpecification(
        name: "verwijsindex",
        summary: "Registers a school's involvement with a regional verwijsindex, and withdraws it.",
        recipientKinds: [.verwijsindex],
        channels: [.api, .handover],
        messages: [.verwijsindexRegistratie, .verwijsindexIntrekking],
        settings: [
            SettingSpecification(
                "brand_name", .text, default: .string(HandoverWords.plainName),
                summary: "What the region calls its index, such as SISA; shown to people."),
            SettingSpecification(
                "web_address", .text, summary: "Where people find the index's web application; shown with a handover."),
            SettingSpecification(
                "codes", .object(Codes.specification),
                summary: "The index's own words for values that it does not write as Meldpoort does."),
            request(
                "registration", "The request that registers; needed for channel api.",
                reference: "the reference that a withdrawal needs later"),
            request(
                "withdrawal", "The request that withdraws; needed for channel api.",
                reference: "the index's reference for the withdrawal"),
        ],
        sample: String(decoding: PackageResources.sample_yaml, as: UTF8.self))

    private static func request(_ name: String, _ summary: String, reference: String) -> SettingSpecification {
        SettingSpecification(
            name,
            .object([
                SettingSpecification(
                    "method", .choice(RequestReader.methods.map(\.rawValue)), default: "POST",
                    summary: "The HTTP method."),
                SettingSpecification(
                    "path", .text, required: true,
                    summary: "Appended to connection.base_url; a template without personal fields."),
                SettingSpecification(
                    "headers", .textMap, summary: "Further headers by name; templates without personal fields."),
                SettingSpecification(
                    "content_type", .text, default: "application/json",
                    summary: "A JSON or XML type in UTF-8; decides how values are escaped and how answers are read."),
                SettingSpecification(
                    "body", .text, default: "", summary: "The template of the body; empty sends none."),
                SettingSpecification(
                    "response", .object(AnswerRules.specification(reference: reference)),
                    summary: "What the index's answers mean."),
            ]),
            summary: summary)
    }
}
