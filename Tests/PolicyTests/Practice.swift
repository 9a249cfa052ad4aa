// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Disclosures
import PrivacyRules
import Values

/// The decided practice as plain sentences about one situation and its ruling. Written from the text, not from the engine: it asks
/// neither the conditions nor the holds of a rule.
struct Practice {
    let policy: Policy
    let row: ExpectedRule?
    private let kind: RecipientKind
    private let type: EventType
    private let allowed: FieldSet
    private let others: FieldSet
    private let telling: FieldSet
    private let demand: FieldSet
    private let isReport: Bool
    private let hasText: Bool

    /// Practice 8.
    static let five: Set<RecipientKind> = [
        .veiligThuis, .politie, .raadVoorDeKinderbescherming, .gecertificeerdeInstelling, .verwijsindex,
    ]
    static let reported: Set<RecipientKind> = [
        .veiligThuis, .politie, .raadVoorDeKinderbescherming, .gecertificeerdeInstelling,
    ]
    static let withoutContent: Set<RecipientKind> = [
        .bestuur, .centraleContactpersoon, .intranet, .veiligThuisProces, .directie, .leerkracht,
        .aandachtsfunctionaris,
    ]
    static let mayDecide: Set<Role> = [.aandachtsfunctionaris, .eindverantwoordelijkeMelding, .directie]

    init(_ policy: Policy, _ type: EventType, _ kind: RecipientKind, _ purpose: Purpose?) {
        self.policy = policy
        self.kind = kind
        self.type = type
        row = ExpectedRule.all.first {
            $0.type == type && $0.kind == kind && ($0.purpose == purpose || type != .verstrekkingBesloten)
        }
        let paths = row?.paths ?? []
        allowed = FieldSet(paths, of: type)
        others = FieldSet(paths.filter { $0.text.hasPrefix("betrokkenen[]") }, of: type)
        telling = FieldSet((Fields.contact + Fields.school).map(FieldPath.init), of: type)
        demand = FieldSet([FieldPath("vordering.artikel")], of: type)
        isReport = row != nil && Self.reported.contains(kind) && type != .adviesGevraagd
        hasText = paths.contains {
            $0.text.hasPrefix("inhoud.") || $0.text == "toelichting" || $0.text == "afsprakenMetBetrokkenen.voorwaarden"
        }
    }

    /// The first sentence that the ruling breaks.
    func breach(_ situation: Situation, _ ruling: Ruling) -> String? {
        if ruling.outcome == .refused { return refusal(situation, ruling) }
        guard let row else { return "goes without a rule" }
        if Self.withoutContent.contains(kind), !isMessageWithoutCase,
            !FieldSet(Fields.notice.map(FieldPath.init), of: type).isSuperset(of: ruling.goes)
        {
            return "something of a case where nothing goes"
        }
        return ground(situation, ruling, row) ?? fields(situation, ruling) ?? person(situation, ruling, row)
            ?? consent(situation, ruling, row) ?? index(situation, ruling) ?? file(situation, ruling)
            ?? origin(situation, ruling) ?? urgent(situation, ruling)
    }

    /// Practice 26, 30 and design: a page, a remark and a rung of the ladder have types of their own, which know no case.
    private var isMessageWithoutCase: Bool {
        kind == .intranet && (type == .publicatieAangeboden || type == .publicatieIngetrokken)
            || kind == .veiligThuisProces && type == .procesopmerkingGemaakt
            || type == .opschalingGedaan
                && [.aandachtsfunctionaris, .centraleContactpersoon, .bestuur, .directie].contains(kind)
    }

    private func refusal(_ situation: Situation, _ ruling: Ruling) -> String? {
        if !ruling.goes.isEmpty || !ruling.confidential.isEmpty { return "refused, yet something goes" }
        if ruling.refusals.isEmpty { return "refused without a reason" }
        return isReport && hasGround(situation) ? "a report is refused" : nil
    }

    /// What makes the ground itself, or ends it; nothing else refuses a report (practice 1).
    private func hasGround(_ situation: Situation) -> Bool {
        let marks = situation.marks
        if marks.contains(.ontvangerAfgesloten) || situation.today.description < ExpectedRule.from { return false }
        if marks.contains(.zedenmisdrijfMedewerker), kind != .politie { return false }
        if kind == .gecertificeerdeInstelling, type != .correctieVastgesteld, situation.supervision != .gesteld {
            return false
        }
        if row?.purpose == .vordering, !situation.present.isSuperset(of: demand) { return false }
        return true
    }

    private func urgent(_ situation: Situation, _ ruling: Ruling) -> String? {
        guard isReport else { return nil }
        if !hasGround(situation) { return "a report without its ground" }
        guard case .bevestigd(let role) = situation.confirmation, Self.mayDecide.contains(role) else { return nil }
        return ruling.outcome == .permitted ? nil : "a confirmed report waits"
    }

    private func ground(_ situation: Situation, _ ruling: Ruling, _ row: ExpectedRule) -> String? {
        guard let index = ruling.rule, policy.rules.indices.contains(index) else { return "no rule is named" }
        let rule = policy.rules[index]
        guard rule.eventType == type, rule.recipientKind == kind, rule.purpose == row.purpose,
            rule.ground.article == row.article
        else { return "another ground or purpose than the law's" }
        let today = situation.today.description
        if today < ExpectedRule.from || rule.validity.from > situation.today { return "before the ground holds" }
        if let until = rule.validity.until, until < situation.today { return "after the ground has ended" }
        if situation.marks.contains(.ontvangerAfgesloten) { return "to a closed recipient" }
        // Only that the bevoegd gezag hears at once that it concerns the staff (practice 7).
        if situation.marks.contains(.zedenmisdrijfMedewerker), kind != .politie,
            type != .medewerkerBetrokken || kind != .bestuur
        {
            return "a staff offence is routed"
        }
        if kind.scope == .extern, !Self.five.contains(kind), kind != .hulpverlener, !type.isAnonymous {
            return "an external permit without consent outside the five"
        }
        if kind.scope == .extern, type == .terugkoppelingOntvangen || type == .informatieverzoekOntvangen {
            return "a partner's words go on"
        }
        return nil
    }

    private func fields(_ situation: Situation, _ ruling: Ruling) -> String? {
        if !allowed.isSuperset(of: ruling.goes) { return "a field outside the list" }
        if !situation.present.isSuperset(of: ruling.goes) { return "a field that is not there" }
        if ruling.goes.isEmpty, !situation.present.isEmpty, !ruling.holds.contains(.toestemming),
            kind != .hulpverlener
        {
            return "nothing goes"
        }
        guard !situation.marks.contains(.herkomstVerborgen) else { return nil }
        var whole = allowed.intersection(situation.present)
        if kind == .hulpverlener {
            guard situation.consent == .gegeven else { return nil }
            whole = whole.intersection(situation.covered)
            if pupilDecides(situation) { whole = whole.subtracting(others) }
        }
        return ruling.goes == whole ? nil : "a field is missing"
    }

    private func pupilDecides(_ situation: Situation) -> Bool {
        [AgeBand.van16en17, .van18tot22, .vanaf23].contains(situation.age)
    }

    private func person(_ situation: Situation, _ ruling: Ruling, _ row: ExpectedRule) -> String? {
        if ruling.outcome == .waiting { return ruling.holds.isEmpty ? "waits for nothing" : nil }
        if !ruling.holds.isEmpty || !ruling.refusals.isEmpty { return "permitted with a hold" }
        let needsNobody = type == .adviesGevraagd || type == .letselduidingGevraagd || kind.scope == .intern
        if needsNobody, !isMessageWithoutCase || type == .opschalingGedaan { return nil }
        if case .bevestigd(let role) = situation.confirmation {
            if row.roles.contains(role) { return nil }
            if !isReport { return "goes though the confirmer had no right role" }
        }
        if situation.confirmation == .nietBevoegd, !isReport { return "goes though the confirmer had no right role" }
        // Otherwise submitting in a role was the confirmation; an answer to a request is read by a second one (practice 13).
        let submitted = situation.submitterRoles.roles.contains { row.roles.contains($0) }
        return submitted && !situation.marks.contains(.opVerzoek) && kind != .verwijsindex
            ? nil : "goes without a person"
    }

    private func consent(_ situation: Situation, _ ruling: Ruling, _ row: ExpectedRule) -> String? {
        guard kind == .hulpverlener else { return nil }
        let state = situation.consent
        if state == .geweigerd || state == .ingetrokken {
            return "goes, or waits, after consent was refused or withdrawn"
        }
        guard ruling.outcome == .permitted else { return nil }
        if state != .gegeven { return "goes without valid consent" }
        if !situation.covered.isSuperset(of: ruling.goes) { return "goes beyond the consent" }
        if pupilDecides(situation), !ruling.goes.intersection(others).isEmpty {
            return "a pupil gives away what is about others"
        }
        let isTold = situation.informed == .geinformeerd || situation.informed == .nietMetReden
        if !isTold { return "goes before anybody was told" }
        let marks = situation.marks
        if hasText, marks.contains(.bevindingInTekst), !marks.contains(.tekstNagekeken) { return "unread text goes" }
        return nil
    }

    private func index(_ situation: Situation, _ ruling: Ruling) -> String? {
        guard kind == .verwijsindex, ruling.outcome == .permitted else { return nil }
        if situation.confirmation != .bevestigd(.meldingsbevoegde) { return "registered without a meldingsbevoegde" }
        if !situation.marks.contains(.schoolHeeftMeldingsbevoegde) { return "registered by a school without one" }
        if type == .verwijsindexintrekkingGevraagd { return nil }
        let marks = situation.marks
        if !marks.contains(.convenant) || situation.review != .geldig {
            return "registered without convenant or review"
        }
        if situation.age == .onbekend || situation.age == .vanaf23 { return "registered at 23 or of unknown age" }
        if !marks.contains(.risicoGenoemd) || marks.contains(.alleenLeerprobleem) { return "registered without a risk" }
        let isTold = situation.informed == .geinformeerd || situation.informed == .nietMetReden
        return isTold ? nil : "registered before anybody was told"
    }

    private func file(_ situation: Situation, _ ruling: Ruling) -> String? {
        guard kind == .leerlingvolgsysteem else { return nil }
        if type == .verwijsindexregistratieGevraagd || type == .verwijsindexintrekkingGevraagd {
            return "the verwijsindex in the file"
        }
        let marks = situation.marks
        if marks.contains(.herkomstVerborgen) || marks.contains(.bijzondereVorm) { return "a warning in the file" }
        return ruling.outcome == .permitted && !marks.contains(.lvsVrijgegeven) ? "in the file before release" : nil
    }

    /// The registration in the index is the school's own name by law (Jeugdwet 7.1.4.3); it tells of no report.
    private func origin(_ situation: Situation, _ ruling: Ruling) -> String? {
        // Who gets nothing of a case learns nothing of where it came from beyond the school, which is its own.
        let isAway = type.isAnonymous || kind == .verwijsindex || Self.withoutContent.contains(kind)
        guard situation.marks.contains(.herkomstVerborgen), !isAway else {
            return ruling.confidential.isEmpty ? nil : "something is confidential without a hidden reporter"
        }
        if kind != .veiligThuis {
            if !ruling.confidential.isEmpty { return "a confidential part elsewhere" }
            return ruling.goes.intersection(telling).isEmpty ? nil : "the origin shows"
        }
        if !ruling.goes.subtracting(ruling.confidential).intersection(telling).isEmpty { return "the origin shows" }
        return ruling.goes.intersection(telling) == telling.intersection(situation.present)
            ? nil : "Veilig Thuis does not hear the origin"
    }
}
