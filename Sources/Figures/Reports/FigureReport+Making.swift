// SPDX-License-Identifier: EUPL-1.2
import Values

extension FigureReport {
    /// All schools over a period: the board's view. For the audience `own` those of the reader alone.
    /// - Throws: `FigureProblem` for a period that this audience gets no figures of.
    public static func board(
        _ input: FigureInput, for audience: FigureAudience
    ) throws(FigureProblem) -> FigureReport {
        let counted = try CountedFigures(input, for: audience)
        let key = KeyFigures.table(
            "kerncijfers", "Kerncijfers", rowHeading: "wat is geteld",
            [(id: "aantal", title: "aantal", lines: KeyFigures(counted).lines)], isCharted: false)
        var sections = [
            FigureSection("kort", "In het kort", [key] + recordLine(counted)),
            FigureSection("gebruik", "Gebruik van de meldcode", [counted.useTable]),
            FigureSection("acties", "Wat is gedaan", [counted.actTable]),
        ]
        if audience != .published {
            sections.append(FigureSection("vastlegging", "Vastlegging", [counted.recordTable]))
        }
        sections.append(
            FigureSection(
                "terugkoppeling", "Terugkoppeling van ketenpartners",
                [.text(feedbackText), counted.partnerFeedbackTable, counted.schoolFeedbackTable]))
        if audience != .published {
            sections.append(FigureSection("opschalingen", "Openstaande opschalingen", [counted.escalationTable]))
        }
        sections.append(FigureSection("drempels", "Drempels bij ketenpartners", [counted.barrierTable]))
        sections.append(explanation(counted))
        return FigureReport(
            kind: .bestuur, title: "De meldcode in cijfers", subject: input.board, period: input.period,
            asOf: input.asOf, audience: audience, sections: sections)
    }

    /// One school on one page, for the *resultaatgesprek*: exactly for its own directie, and otherwise what the board's view shows of it.
    /// - Parameters:
    ///   - input: All schools that the reader may see, not this one alone.
    ///   - previous: The year before, if it is known.
    /// - Throws: `FigureProblem` when the school is not among them, or for a period that this reader gets no figures of.
    public static func sheet(
        _ input: FigureInput, previous: FigureInput? = nil, school brin: String
    ) throws(FigureProblem) -> FigureReport {
        guard let school = input.schools.first(where: { $0.brin == brin }) else {
            throw FigureProblem(message: "Van deze school zijn er voor u geen cijfers.")
        }
        let audience: FigureAudience = school.isOwn ? .own : .inside
        let counted = try CountedFigures(school.isOwn ? input.only(brin) : input, for: audience)
        guard let row = counted.schools.firstIndex(where: { $0.brin == brin }) else {
            throw FigureProblem(message: "Van deze school zijn er voor u geen cijfers.")
        }
        let key = KeyFigures(counted, school: row)
        var columns = [(id: "nu", title: input.period.text, lines: key.lines)]
        if let before = try lines(of: previous, brin, audience) {
            columns.append((id: "ervoor", title: before.period.text, lines: before.lines))
        }
        let steps = KeyFigures.table(
            "onderdelen", "In hoeveel zaken elk onderdeel is gezet", rowHeading: "onderdeel",
            [(id: "nu", title: "zaken", lines: key.elements)], isCharted: true)
        let findings = Findings(counted, school: row)
        return FigureReport(
            kind: .school, title: "De meldcode op school: gespreksblad", subject: school.name, period: input.period,
            asOf: input.asOf, audience: audience,
            sections: [
                FigureSection(
                    "cijfers", "In cijfers",
                    [
                        KeyFigures.table(
                            "kerncijfers", "Kerncijfers", rowHeading: "wat is geteld", columns, isCharted: false),
                        steps,
                    ]),
                FigureSection("stand", "Hoe het ervoor staat", standing(counted, row) + lists(findings)),
                FigureSection(
                    "gesprek", "Voor het resultaatgesprek",
                    [
                        .list(Array(findings.questions.prefix(Self.questionsOnASheet))),
                        .writing(label: "Afspraken", lines: 3),
                    ]),
            ])
    }

    /// A year beside the year before, for the *kwaliteitscyclus*, with what went well, what asks attention and what to ask.
    /// - Parameter previous: The year before, if it is known, with the same schools.
    /// - Throws: `FigureProblem` for a period that this audience gets no figures of.
    public static func year(
        _ input: FigureInput, previous: FigureInput? = nil, for audience: FigureAudience
    ) throws(FigureProblem) -> FigureReport {
        let counted = try CountedFigures(input, for: audience)
        let before: CountedFigures? = if let previous { try CountedFigures(previous, for: audience) } else { nil }
        let years = [counted] + [before].compactMap { $0 }
        let columns = { (lines: (KeyFigures) -> [KeyFigures.Line]) in
            zip(["nu", "ervoor"], years).map { id, year in
                (id: id, title: year.period.text, lines: lines(KeyFigures(year)))
            }
        }
        let findings = Findings(counted)
        var sections = [
            FigureSection(
                "kort", "In het kort",
                [
                    KeyFigures.table(
                        "kerncijfers", "Kerncijfers", rowHeading: "wat is geteld", columns(\.lines), isCharted: true)
                ] + recordLine(counted)),
            FigureSection("bevindingen", "Wat opvalt", lists(findings)),
            FigureSection("vragen", "Vragen voor de resultaatgesprekken", [.list(findings.questions)]),
            FigureSection(
                "onderdelen", "De onderdelen van de meldcode",
                [
                    KeyFigures.table(
                        "onderdelen", "In hoeveel zaken elk onderdeel is gezet", rowHeading: "onderdeel",
                        columns(\.elements), isCharted: true)
                ]),
            FigureSection("scholen", "De scholen", [counted.useTable, counted.actTable]),
        ]
        if audience != .published {
            sections.append(FigureSection("vastlegging", "Vastlegging", [counted.recordTable]))
        }
        sections.append(
            FigureSection(
                "terugkoppeling", "Terugkoppeling van ketenpartners",
                [.text(feedbackText), counted.partnerFeedbackTable]))
        sections.append(FigureSection("drempels", "Drempels bij ketenpartners", [counted.barrierTable]))
        sections.append(explanation(counted))
        return FigureReport(
            kind: .jaarverslag, title: "De meldcode in de kwaliteitscyclus", subject: input.board, period: input.period,
            asOf: input.asOf, audience: audience, sections: sections)
    }

    // MARK: Parts

    /// It is one page.
    private static let questionsOnASheet = 6

    private static let feedbackText = """
        Geteld is terugkoppeling waarvan de afgesproken of gebruikelijke dag in de periode valt. “Later” is later dan die dag. De wet \
        noemt geen termijn voor bericht aan de melder: dit zegt niets over een regel, wel over wat een school mag verwachten.
        """

    private static func recordLine(_ counted: CountedFigures) -> [FigureBlock] {
        guard let state = counted.record, state.record != .nietVanToepassing else { return [] }
        return [.text("Registratie: \(state.record.text). Weging: \(state.weighing.text).")]
    }

    private static func standing(_ counted: CountedFigures, _ row: Int) -> [FigureBlock] {
        let school = counted.schools[row]
        var sentences: [String] = []
        if let state = counted.records[school.brin], state.record != .nietVanToepassing {
            sentences.append("Registratie: \(state.record.text); weging: \(state.weighing.text).")
        }
        sentences.append(
            school.hoursPerWeek.map { "Uren van de aandachtsfunctionaris: \(FigureCell.decimal($0)) per week." }
                ?? "Uren van de aandachtsfunctionaris: niet bekend.")
        if counted.schools.count == 1, let median = counted.median {
            sentences.append("Dagen tot terugkoppeling (mediaan): \(FigureCell.decimal(median)).")
        }
        if counted.schools.count == 1, let grid = counted.feedbackByPartner {
            let partners = zip(counted.partners, grid.cells).compactMap { partner, cells -> String? in
                let parts = zip(FeedbackStatus.allCases, cells).filter { $1 != .exact(0) }.map { "\($0.text) \($1)" }
                return parts.isEmpty ? nil : "\(partner.name): \(parts.joined(separator: ", "))"
            }
            if !partners.isEmpty { sentences.append("Terugkoppeling van \(partners.joined(separator: "; ")).") }
        }
        return [.list(sentences)]
    }

    private static func lists(_ findings: Findings) -> [FigureBlock] {
        var blocks: [FigureBlock] = []
        if !findings.well.isEmpty { blocks += [.text("Wat goed ging:"), .list(findings.well)] }
        if !findings.attention.isEmpty { blocks += [.text("Wat aandacht vraagt:"), .list(findings.attention)] }
        return blocks.isEmpty ? [.text("Uit de cijfers die te zien zijn, springt niets eruit.")] : blocks
    }

    private static func lines(
        of previous: FigureInput?, _ brin: String, _ audience: FigureAudience
    ) throws(FigureProblem) -> (period: FigurePeriod, lines: [KeyFigures.Line])? {
        guard let previous, previous.schools.contains(where: { $0.brin == brin }) else { return nil }
        let counted = try CountedFigures(audience == .own ? previous.only(brin) : previous, for: audience)
        guard let row = counted.schools.firstIndex(where: { $0.brin == brin }) else { return nil }
        return (previous.period, KeyFigures(counted, school: row).lines)
    }

    private static func explanation(_ counted: CountedFigures) -> FigureSection {
        var sentences = [
            "Geteld zijn zaken en gebeurtenissen, nooit personen; elke dag telt in Nederlandse tijd, op de dag waarop iets is gebeurd."
        ]
        switch counted.audience {
        case .inside:
            sentences += [
                "1-4: een klein aantal staat er als band, zodat het niet naar een leerling wijst. Een 0 is een 0.",
                "Een totaal staat er precies, tenzij daaruit een klein aantal is terug te rekenen; dan staat er een band.",
            ]
        case .own: sentences.append("Dit zijn de precieze aantallen van de eigen school.")
        case .published:
            sentences += [
                "n.g. (niet getoond): het aantal is kleiner dan 5, ook als het 0 is, of het zou zo'n aantal verraden.",
                "Een band, zoals 62-65, staat waar het precieze aantal samen met andere cijfers een klein aantal zou verraden.",
                "Deze cijfers zijn alleen per heel jaar openbaar; uit perioden die elkaar overlappen, is een klein aantal terug te rekenen.",
            ]
        }
        if counted.audience != .published {
            sentences.append(
                "“Op orde”: bij elke zaak is van elk gezet onderdeel vastgelegd wat erbij hoort, en is de weging volledig. “Aandacht”: niet overal."
            )
        }
        sentences.append(
            "De mediaan van de dagen staat er pas vanaf 5 ontvangen terugkoppelingen\(counted.audience == .own ? ", behalve op de eigen school" : "")."
        )
        return FigureSection("toelichting", "Hoe is geteld", [.list(sentences)])
    }
}

extension FigureInput {
    /// Of one school alone.
    fileprivate func only(_ brin: String) -> FigureInput {
        var input = self
        input.schools = schools.filter { $0.brin == brin }
        return input
    }
}
