// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Values

/// What an adapter's README must hold.
public enum Readme {
    /// The sections, as second-level headings.
    public static let sections = [
        "What it does", "Before you start", "Configure", "Settings", "What is sent", "What the answers mean",
        "Troubleshooting",
    ]

    /// The settings as a table in Markdown, derived from the specification.
    public static func settingsTable(of specification: AdapterSpecification) -> String {
        let head = ["| setting | value | default | what it is |", "|---|---|---|---|"]
        return (head + rows(specification.settings, below: "")).joined(separator: "\n")
    }

    private static func rows(_ settings: [SettingSpecification], below prefix: String) -> [String] {
        settings.flatMap { setting in
            let name = "\(prefix)\(setting.name)"
            let row = "| `\(name)` | \(words(setting.shape)) | \(standard(setting)) | \(setting.summary) |"
            return [row] + rows(members(of: setting.shape), below: "\(name)\(isList(setting.shape) ? "[]" : "").")
        }
    }

    private static func standard(_ setting: SettingSpecification) -> String {
        if setting.required { return "required" }
        guard let value = setting.defaultValue else { return "none" }
        // What a list of objects is by default stands in the sample.
        if case .array(let elements) = value, elements.contains(where: { $0.object != nil }) { return "see the sample" }
        return "`\(value.canonicalString)`"
    }

    private static func members(of shape: SettingSpecification.Shape) -> [SettingSpecification] {
        switch shape {
        case .object(let members): members
        case .list(let element): members(of: element)
        default: []
        }
    }

    private static func isList(_ shape: SettingSpecification.Shape) -> Bool {
        if case .list = shape { true } else { false }
    }

    private static func words(_ shape: SettingSpecification.Shape) -> String {
        switch shape {
        case .text: "text"
        case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
        case .boolean: "true or false"
        case .choice(let choices): choices.joined(separator: ", ")
        case .textMap: "names with texts"
        case .secret: "`{file: …}` or `{environment: …}`"
        case .list(let element): "list of: \(words(element))"
        case .object: "settings below"
        }
    }
}
