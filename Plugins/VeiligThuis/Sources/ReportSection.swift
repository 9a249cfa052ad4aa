// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

/// The parts that the regions' forms for professionals have in common.
enum ReportSection: String, Sendable, Hashable, CaseIterable {
    case melder
    case meldcode
    case betrokkenen
    case melding
    case netwerk
    case overig
}

/// A part of the report with the title that the region's form gives it.
struct OrderedSection: Sendable, Hashable {
    let section: ReportSection
    let title: String

    /// The order and the titles where a region says nothing else.
    static let usual: [OrderedSection] = [
        OrderedSection(section: .melder, title: "Melder gegevens"),
        OrderedSection(section: .meldcode, title: "Meldcode"),
        OrderedSection(section: .betrokkenen, title: "Betrokkenen"),
        OrderedSection(section: .melding, title: "Melding"),
        OrderedSection(section: .netwerk, title: "Ondersteunend netwerk"),
        OrderedSection(section: .overig, title: "Overige informatie"),
    ]

    /// For what comes after a report, for which the regions have no form.
    static let later: [OrderedSection] = [
        OrderedSection(section: .betrokkenen, title: "Betrokkenen"),
        OrderedSection(section: .melding, title: "Informatie"),
        OrderedSection(section: .netwerk, title: "Ondersteunend netwerk"),
        OrderedSection(section: .meldcode, title: "Meldcode en afspraken met betrokkenen"),
        OrderedSection(section: .melder, title: "Afzender"),
        OrderedSection(section: .overig, title: "Overige informatie"),
    ]

    /// Every part must have its place, or a part of the report would get lost.
    static func read(_ settings: JSONValue?, problems: inout [SettingProblems.Problem]) -> [OrderedSection] {
        guard let list = settings?.array else { return usual }
        var result: [OrderedSection] = []
        for (index, entry) in list.enumerated() {
            let path = ["sections", String(index)]
            let name = entry["part"]?.string ?? ""
            guard let section = ReportSection(rawValue: name) else {
                let nearest = Suggestion.nearest(to: name, among: ReportSection.allCases.map(\.rawValue))
                problems.append(
                    .init(
                        path: path + ["part"], message: "there is no part '\(name)'",
                        suggestion: nearest.map { "did you mean '\($0)'?" }))
                continue
            }
            let title = entry["title"]?.string ?? ""
            if title.isEmpty || title.contains(where: \.isNewline) {
                problems.append(.init(path: path + ["title"], message: "a title is one line of text"))
            }
            if result.contains(where: { $0.section == section }) {
                problems.append(.init(path: path + ["part"], message: "the part '\(name)' stands here twice"))
            }
            result.append(OrderedSection(section: section, title: title))
        }
        for section in ReportSection.allCases
        where problems.isEmpty && !result.contains(where: { $0.section == section }) {
            problems.append(
                .init(
                    path: ["sections"],
                    message: "the part '\(section.rawValue)' is missing: what it holds would get lost",
                    suggestion: "- {part: \(section.rawValue), title: …}"))
        }
        return result
    }
}
