// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import Meldcode
public import PrivacyRules
public import Values

/// What would happen with an event for one recipient: for `explain` and `/v1/beoordelingen`, in words a care coordinator can act on.
/// Names of fields, never their values.
public struct Explanation: Sendable {
    public let recipientID: String
    public let recipientName: String
    public let channel: Channel
    public let judgement: Judgement
    public let stays: [FieldPath]

    /// The JSON of `explain --json` and of `/v1/beoordelingen`.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "ontvanger": .string(recipientID), "naam": .string(recipientName), "kanaal": .string(channel.rawValue),
            "oordeel": .string(judgement.ruling.outcome.rawValue), "velden": Self.list(judgement.goes),
            "blijft": Self.list(stays),
            "tekorten": .array(judgement.shortfalls.map { Self.item($0.rawValue, $0.article, $0.text) }),
            "beleidsversie": .string(judgement.policyVersion),
        ]
        if !judgement.alarms.isEmpty { members["eerst"] = .array(judgement.alarms.map { .string($0.text) }) }
        if let rule = judgement.rule {
            members["grondslag"] = [
                "artikel": .string(rule.ground.article), "soort": .string(rule.ground.basis.rawValue),
                "tekst": .string(rule.ground.summary),
            ]
            members["doel"] = .string(rule.purpose.text)
        }
        switch judgement.verdict {
        case .permitted: break
        case .waiting(let waiting):
            members["wachtOp"] = .array(waiting.roles.map { .string($0.rawValue) })
            members["wachtgronden"] = .array(
                waiting.reasons.map { Self.item($0.hold.rawValue, $0.article, $0.text) })
            members["uitleg"] = .string(waiting.text)
        case .refused(let refusals):
            members["redenen"] = .array(refusals.map { Self.item($0.code.rawValue, $0.article, $0.text) })
        }
        if !confidential.isEmpty { members["alleenVeiligThuis"] = Self.list(confidential) }
        if let informing { members["informeren"] = .string(informing) }
        if !texts.isEmpty {
            members["teksten"] = .object(
                Dictionary(uniqueKeysWithValues: texts.map { ($0.audience.rawValue, $0.text.json) }))
        }
        if !judgement.findings.isEmpty {
            members["bevindingen"] = .array(
                judgement.findings.map { finding in
                    [
                        "veld": .string(finding.field.text), "soort": .string(finding.kind.rawValue),
                        "tekst": .string(finding.text),
                    ]
                })
        }
        return .object(members)
    }

    /// The text of `explain`: first what cannot wait, then the answer, why, what goes, and what is missing.
    public var text: String {
        var lines = judgement.alarms.map { "EERST: \($0.text)" }
        lines.append("\(recipientName) (\(recipientID)): \(answer)")
        switch judgement.verdict {
        case .permitted: lines += grounds + data
        case .waiting(let waiting):
            lines += waiting.reasons.map { "  Nodig: \($0.text) (\($0.article))" }
            lines += grounds + data
        case .refused(let refusals):
            // The ground of a refused rule is no ground, and what would have gone says nothing.
            lines += refusals.map { "  Waarom niet: \($0.text) (\($0.article))" }
            lines.append("  Er gaat niets mee.")
        }
        if let informing, saysInforming { lines.append("  Informeren: \(informing)") }
        if !judgement.shortfalls.isEmpty { lines.append("  Nog aan te vullen (houdt dit niet tegen):") }
        lines += judgement.shortfalls.map { "    - \($0.text)" }
        lines += judgement.findings.map { "  Let op bij \(FieldWords.one($0.field)): \($0.text)" }
        return lines.joined(separator: "\n")
    }

    private var holds: [Hold] { judgement.ruling.holds }

    /// Ready texts to tell those who must be told, where telling is due and not dangerous (practice 5 and 31).
    public var texts: [(audience: InformText.Audience, text: InformText)] {
        let situation = judgement.situation
        guard informing != nil, situation.informed != .nietMetReden,
            situation.marks.isDisjoint(with: [.bijzondereVorm, .acuutGevaar]), let occasion
        else { return [] }
        let audiences: [InformText.Audience] =
            situation.age == .onder12 ? [.ouders] : situation.age.decidesSelf ? [.leerling] : [.ouders, .leerling]
        return audiences.map { ($0, InformText(occasion, for: $0)) }
    }

    private var occasion: InformText.Occasion? {
        switch judgement.situation.recipientKind {
        case .veiligThuis: .meldingVeiligThuis
        case .verwijsindex: .registratieVerwijsindex(indexName: recipientName)
        case .hulpverlener: .delenMetHulpverlener(name: recipientName, data: [])
        default: nil
        }
    }

    private var answer: String {
        switch judgement.ruling.outcome {
        case .permitted: "mag. \(channelText)"
        case .waiting where holds == [.bevestiging]: "mag, zodra iemand het bevestigt. \(channelText)"
        case .waiting: "mag nog niet, er is eerst iets nodig."
        case .refused: "mag niet."
        }
    }

    private var channelText: String {
        switch channel {
        case .api: "Het gaat elektronisch."
        case .mail: "Het gaat per beveiligde mail."
        // Practice 6: what parents can see may warn.
        case .handover where isSchoolSystem: "Een persoon voert het in, in het deel dat ouders niet zien."
        case .handover where judgement.situation.eventType == .overlegGepland:
            "Een persoon bespreekt het in het overleg."
        case .folder: "Het komt als bestand in een map van het bestuur."
        case .handover: "Een persoon geeft het door."
        }
    }

    private var isSchoolSystem: Bool { judgement.situation.recipientKind == .leerlingvolgsysteem }

    private var grounds: [String] {
        guard let rule = judgement.rule else { return [] }
        let label = holds.contains(.toestemming) ? "Grondslag, zodra de toestemming er is" : "Grondslag"
        return ["  \(label): \(rule.ground.article). \(rule.ground.summary)", "  Doel: \(rule.purpose.text)."]
    }

    private var data: [String] {
        let alone = judgement.goes.filter { confidential.contains($0) || $0.text.hasPrefix("alleenVeiligThuis.") }
        let others = isPupilsConsent ? judgement.goes.filter(Self.isAboutOthers) : []
        let goes = judgement.goes.filter { !alone.contains($0) && !others.contains($0) } + contactToCome
        let kept = stays.filter { !FieldWords.administrative.contains($0.text) } + others
        let label = holds.contains(.toestemming) ? "Gaat mee, voor zover de toestemming het noemt" : "Gaat mee"
        var lines = line(label, goes) + line("Gaat mee, alleen voor Veilig Thuis en niet voor het gezin", alone)
        lines += line("Blijft hier", kept)
        if isPupilsConsent, kept.contains(where: Self.isAboutOthers) {
            lines.append("  De leerling beslist niet over gegevens van ouders en anderen: die blijven hier.")
        }
        if isHiddenElsewhere {
            lines.append("  In deze zaak blijft verborgen wie meldde: wat dat verraadt gaat niet mee.")
        }
        return lines
    }

    /// Of the person who is still to confirm; no event carries it.
    private var contactToCome: [FieldPath] {
        guard holds.contains(.bevestiging), let rule = judgement.rule else { return [] }
        return rule.fields.filter { $0.text.hasPrefix("meldpoort.meldingsbevoegde.") && !judgement.goes.contains($0) }
    }

    /// Given or still to be asked: what is about others does not go with it.
    private var isPupilsConsent: Bool {
        judgement.rule?.ground.basis == .toestemming && judgement.situation.age.decidesSelf
    }

    private static func isAboutOthers(_ path: FieldPath) -> Bool { path.text.hasPrefix("betrokkenen[]") }

    private var isHiddenElsewhere: Bool {
        judgement.situation.marks.contains(.herkomstVerborgen) && judgement.situation.recipientKind != .veiligThuis
            && judgement.situation.recipientKind.scope == .extern
    }

    /// Not twice the same advice: as what is needed, or in what comes first.
    private var saysInforming: Bool {
        !holds.contains(.informeren) && !judgement.alarms.contains(.bijzondereVorm)
    }

    private func line(_ label: String, _ paths: [FieldPath]) -> [String] {
        guard !paths.isEmpty else { return [] }
        // As the form has them: the pupil first, not in the order of the alphabet.
        let order = judgement.situation.eventType.schema.leaves.map(\.path)
        let known = order.filter { paths.contains($0) }
        return ["  \(label): \(FieldWords.all(known + paths.filter { !order.contains($0) }))."]
    }

    /// With a hidden reporter: what tells the origin.
    private var confidential: [FieldPath] {
        judgement.ruling.confidential.paths(of: judgement.situation.eventType)
    }

    /// Who is still to be told of a disclosure outside the school; the other way round where telling would be dangerous.
    private var informing: String? {
        let situation = judgement.situation
        guard situation.recipientKind.scope == .extern, !situation.eventType.isAnonymous,
            judgement.ruling.outcome != .refused, situation.informed != .geinformeerd
        else { return nil }
        if !situation.marks.isDisjoint(with: [.bijzondereVorm, .acuutGevaar]) {
            return "nog niet het gezin; vraag eerst advies aan Veilig Thuis (0800-2000)."
        }
        if situation.informed == .nietMetReden { return "nog niet; de reden is vastgelegd." }
        let whom = situation.mustBeInformed
        return situation.informed == .deels ? "wie het nog niet weet (\(whom))." : "\(whom)."
    }

    private static func list(_ paths: [FieldPath]) -> JSONValue {
        .array(paths.map { .string($0.text) })
    }

    private static func item(_ code: String, _ article: String, _ text: String) -> JSONValue {
        ["code": .string(code), "artikel": .string(article), "tekst": .string(text)]
    }
}
