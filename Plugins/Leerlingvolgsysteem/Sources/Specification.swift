// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
public import AdapterSDK
import Disclosures
import Values

extension LeerlingvolgsysteemAdapter {
    /// Name, channels and settings; `README.md` holds the same table.
    public static let specification = AdapterSpecification(
        name: "leerlingvolgsysteem",
        summary: "Registers steps in the LVS by hand or by file, reads pupils from it, and reads exported concerns.",
        recipientKinds: [.leerlingvolgsysteem], channels: [.handover, .folder, .api],
        messages: [.lvsRegistratie, .correctie], messagesPerChannel: [.api: []],
        settings: [
            SettingSpecification(
                "dialect", .choice(Dialect.allCases.map(\.rawValue)), default: "csv",
                summary: "Which system it is; csv is any system without an interface."),
            SettingSpecification(
                "hidden_section", .text,
                summary: "What this system calls the section that parents and pupils do not see."),
            SettingSpecification(
                "file_format", .choice(RegistrationFile.Format.allCases.map(\.rawValue)), default: "text",
                summary: "What channel folder drops: a text for a person, or a heading and one row."),
            SettingSpecification(
                "school_year", .text,
                summary: "For parnassys and esis, such as 2026-2027; left out, it is that of today, from 1 August."),
            eduV, gkv, uwlr, scim, magisterCSV, concerns,
        ],
        sample: String(decoding: PackageResources.sample_yaml, as: UTF8.self))

    private static let eduV = SettingSpecification(
        "edu_v",
        .object([
            SettingSpecification(
                "user_id_type", .choice(["ASI", "BPI", "NEPPI", "NEPRI", "eduID", "eckId"]), default: "ASI",
                summary: "Which identifier of a pupil is the number; ASI is the system's own.")
        ]), summary: "Dialect edu-v.")

    private static let gkv = SettingSpecification(
        "gkv",
        .object([
            SettingSpecification(
                "path", .text, default: "/gkv/GeneriekeService", summary: "Where the service is, below the base URL."),
            SettingSpecification(
                "supplier_name", .text, required: true, summary: "The name that ParnasSys gave (leveranciernaam)."),
            SettingSpecification(
                "supplier_key", .secret, required: true, summary: "The key that ParnasSys gave (leveranciersleutel)."),
        ]), summary: "Dialect parnassys.")

    private static let uwlr = SettingSpecification(
        "uwlr",
        .object([
            SettingSpecification(
                "path", .text, default: "/uwlr2.2.svc", summary: "Where the service is, below the base URL."),
            SettingSpecification(
                "customer_code", .text, required: true, summary: "The code that the supplier gave (klantcode)."),
            SettingSpecification(
                "customer_name", .text, required: true, summary: "The name that goes with it (klantnaam)."),
            SettingSpecification(
                "schools",
                .list(
                    .object([
                        SettingSpecification(
                            "school", .text, required: true, summary: "The BRIN, with a location if the key is for one."
                        ),
                        SettingSpecification(
                            "authorisation_key", .secret, required: true,
                            summary: "The key that the school made for this link (autorisatiesleutel)."),
                    ])), required: true, summary: "The schools that may be read, each with its key."),
        ]), summary: "Dialect esis.")

    private static let scim = SettingSpecification(
        "scim",
        .object([
            SettingSpecification(
                "number_attribute", .text, required: true,
                summary: "The attribute with the number (stamnummer), as the endpoint /Schemas tells it."),
            SettingSpecification(
                "prefix_attribute", .text, default: "name.middleName",
                summary: "The attribute with what stands before the family name."),
        ]), summary: "Dialect magister-scim.")

    private static let magisterCSV = SettingSpecification(
        "magister_csv",
        .object([
            SettingSpecification(
                "accept_password_in_url", .boolean, required: true,
                summary: "True says that the password may stand in the URL: see the warning."),
            SettingSpecification("user", .text, required: true, summary: "The user of the web service."),
            SettingSpecification("password", .secret, required: true, summary: "That user's password."),
            SettingSpecification(
                "layout", .text, required: true, summary: "The list that the school made for this link."),
        ]), summary: "Dialect magister-csv.")

    private static let concerns = SettingSpecification(
        "concerns",
        .object([
            SettingSpecification(
                "separator", .choice(CSVFormat.Separator.allCases.map(\.rawValue)), default: "semicolon",
                summary: "What stands between the fields."),
            SettingSpecification(
                "encoding", .choice(CSVFormat.Encoding.allCases.map(\.rawValue)), default: "utf-8",
                summary: "How the file is written; windows-1252 is what Windows programs call ANSI."),
            SettingSpecification(
                "school", .text, summary: "The BRIN of every row, where the file has no column with one."),
            SettingSpecification(
                "columns",
                .object(
                    ConcernFile.Column.allCases.map {
                        SettingSpecification($0.rawValue, .text, default: .string($0.standard), summary: $0.summary)
                    }), summary: "The heading of each column that is read; the others are not looked at."),
        ]), summary: "The exported file of concerns.")
}
