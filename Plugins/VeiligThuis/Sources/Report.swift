// SPDX-License-Identifier: EUPL-1.2
import Disclosures
import Values

/// A message taken apart into lines, each with its place: which section of the form, and who may read it.
///
/// Parents, and children from 12, can read the report at Veilig Thuis (part 1). What only Veilig Thuis may know stands in part 2:
/// - when the origin is hidden (Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3)): the school, its staff, what it did, and the steps of
///   the meldcode, since all of these say who reported; and whatever the rules put below `alleenVeiligThuis`;
/// - always: addresses and phone numbers (one parent must not find the other through the report), a special form of violence, why
///   the family was not told, and the conditions that somebody set.
struct Report: Sendable, Hashable {
    enum Reader: Sendable, Hashable { case everyone, veiligThuisOnly }

    struct Line: Sendable, Hashable {
        let section: ReportSection
        let reader: Reader
        let label: String
        let value: String
    }

    let message: MessageKind
    let lines: [Line]
    /// Whether those concerned may read where the message comes from.
    let tellsOrigin: Bool
    /// Whether the origin must stay hidden from those concerned.
    let hidesOrigin: Bool
    let isAcute: Bool
    /// The weighing framework's other reason to phone at once.
    let isStructural: Bool
    let isSpecialForm: Bool

    init(_ disclosure: Disclosure) {
        let content = disclosure.content
        let alone = content["alleenVeiligThuis"] ?? [:]
        message = disclosure.message
        isAcute = content["acuutGevaar"]?.bool == true
        isStructural = content["structureleOnveiligheid"]?.bool == true
        isSpecialForm = content["bijzondereVorm"]?.string != nil
        hidesOrigin = ["grond", "contactpersoon", "meldpoort"].contains { alone[$0] != nil }
        // A later message of a hidden case says nothing of a hidden origin: it names neither school nor staff.
        let isNamed = content["meldpoort"]?["school"] != nil || content["contactpersoon"] != nil
        tellsOrigin = !hidesOrigin && isNamed
        var lines =
            ReportLines(content, open: .everyone, origin: tellsOrigin ? .everyone : .veiligThuisOnly).lines
            + ReportLines(alone, open: .veiligThuisOnly, origin: .veiligThuisOnly).lines
        if let theirs = disclosure.counterpartReference {
            lines.append(
                Line(section: .overig, reader: .everyone, label: "Kenmerk van Veilig Thuis", value: theirs))
        }
        self.lines = lines
    }

    /// The lines of a section that these readers get.
    func lines(_ section: ReportSection, for reader: Reader) -> [Line] {
        lines.filter { $0.section == section && $0.reader == reader }
    }

    /// What the document is called.
    var title: String {
        switch message {
        case .overleg: "Overleg: wat met deze deelnemer besproken mag worden"
        case .verstrekking: "Informatie voor Veilig Thuis"
        case .correctie: "Correctie voor Veilig Thuis"
        default: "Melding bij Veilig Thuis"
        }
    }

    /// The parts in their order: the region's form is for reports, and what comes later has no form.
    func order(_ form: [OrderedSection]) -> [OrderedSection] {
        message == .veiligThuisMelding ? form : OrderedSection.later
    }
}
