// SPDX-License-Identifier: EUPL-1.2
public import Values

/// The afwegingskader for education, leerplicht and RMC: five questions, each in its turn (Besluit verplichte meldcode, as
/// amended by Stb. 2017, 291). It advises; nothing waits for it.
public enum WeighingFramework {
    /// Where it comes from, for people.
    public static let source = "Afwegingskader meldcode onderwijs en leerplicht (Stb. 2017, 291)"

    /// The five questions.
    public enum Question: Int, Sendable, Hashable, CaseIterable {
        case vermoeden = 1
        case onveiligheid
        case hulpMogelijk
        case hulpAanvaard
        case resultaat

        /// As it is asked, in Dutch.
        public var text: String {
            switch self {
            case .vermoeden:
                "Is er na stap 1 tot en met 4 een vermoeden van (dreiging van) huiselijk geweld of kindermishandeling?"
            case .onveiligheid: "Is er acute of structurele onveiligheid?"
            case .hulpMogelijk: "Kan de school of een ketenpartner effectieve hulp bieden of organiseren?"
            case .hulpAanvaard: "Aanvaarden betrokkenen de hulp en zetten zij zich in?"
            case .resultaat: "Leidt de hulp binnen de afgesproken termijn tot het resultaat?"
            }
        }
    }

    /// The answers so far; nil for what is not answered yet.
    public struct Answers: Sendable, Hashable {
        public enum Unsafety: String, Sendable, Hashable, CaseIterable { case ja, nee, twijfel }

        public var suspicion: Bool?
        public var unsafety: Unsafety?
        public var helpIsPossible: Bool?
        public var helpIsAccepted: Bool?
        public var helpWorks: Bool?

        public init(
            suspicion: Bool? = nil, unsafety: Unsafety? = nil, helpIsPossible: Bool? = nil,
            helpIsAccepted: Bool? = nil, helpWorks: Bool? = nil
        ) {
            self.suspicion = suspicion
            self.unsafety = unsafety
            self.helpIsPossible = helpIsPossible
            self.helpIsAccepted = helpIsAccepted
            self.helpWorks = helpWorks
        }

        /// From the data of a *weging vastgelegd*. Danger that stands beside the answers counts as unsafety, whatever is
        /// answered: between two readings the safer one is taken.
        public init(_ data: JSONValue) {
            let answers = data["antwoorden"]
            func answer(_ name: String) -> Bool? { answers?[name]?.string.map { $0 == "ja" } }
            let isMarked = data["acuutGevaar"]?.bool == true || data["structureleOnveiligheid"]?.bool == true
            self.init(
                suspicion: answer("vermoeden"),
                unsafety: isMarked ? .ja : answers?["onveiligheid"]?.string.flatMap(Unsafety.init),
                helpIsPossible: answer("hulpMogelijk"), helpIsAccepted: answer("hulpAanvaard"),
                helpWorks: answer("resultaat"))
        }

        /// The first question without an answer.
        var firstOpen: Question? {
            if suspicion == nil { return .vermoeden }
            if unsafety == nil { return .onveiligheid }
            if helpIsPossible == nil { return .hulpMogelijk }
            if helpIsAccepted == nil { return .hulpAanvaard }
            return helpWorks == nil ? .resultaat : nil
        }
    }

    /// What the framework gives.
    ///
    /// Unsafety, or doubt about it, goes before everything. A “no” on question 3, 4 or 5 means a report even when an earlier
    /// question is still open: waiting for that answer would only delay it.
    public static func outcome(_ answers: Answers) -> WeighingOutcome {
        if answers.unsafety == .ja || answers.unsafety == .twijfel { return .meldenNu }
        if answers.suspicion == false { return .afsluitenEnVastleggen }
        if [answers.helpIsPossible, answers.helpIsAccepted, answers.helpWorks].contains(false) { return .melden }
        switch answers.firstOpen {
        case nil: return .afsluitenMetMonitoring
        case .resultaat: return .hulp
        case let question?: return .nogNietTeBepalen(question)
        }
    }
}

/// What the five questions lead to.
public enum WeighingOutcome: Sendable, Hashable {
    /// Question 1: no suspicion.
    case afsluitenEnVastleggen
    /// Question 2: acute or structural unsafety, or doubt. Call now.
    case meldenNu
    /// Question 3, 4 or 5: no.
    case melden
    /// Help is possible and accepted: agree a term and name a case manager.
    case hulp
    /// Question 5: the help worked.
    case afsluitenMetMonitoring
    /// This question comes first.
    case nogNietTeBepalen(WeighingFramework.Question)

    /// A fixed word, for machines.
    public var code: String {
        switch self {
        case .afsluitenEnVastleggen: "afsluitenEnVastleggen"
        case .meldenNu: "meldenNu"
        case .melden: "melden"
        case .hulp: "hulp"
        case .afsluitenMetMonitoring: "afsluitenMetMonitoring"
        case .nogNietTeBepalen: "nogNietTeBepalen"
        }
    }

    /// What to do, in Dutch.
    public var text: String {
        switch self {
        case .afsluitenEnVastleggen:
            "Er is geen vermoeden (meer): sluit af en leg vast waarom. Blijf de leerling volgen zoals u gewend bent."
        case .meldenNu:
            "Acute of structurele onveiligheid, of twijfel daarover: bel nu Veilig Thuis (0800-2000), bij acuut gevaar eerst 112. De vragen 3 tot en met 5 loopt u daarna met Veilig Thuis door."
        case .melden:
            "Hulp is niet mogelijk, niet aanvaard of helpt niet genoeg: doe een melding bij Veilig Thuis. Hulp van de school kan daarnaast doorgaan."
        case .hulp:
            "Organiseer de hulp: spreek een termijn af, wijs een casemanager aan en leg beide vast. Aan het eind van de termijn beantwoordt u vraag 5."
        case .afsluitenMetMonitoring:
            "De hulp heeft het afgesproken resultaat: sluit af en leg vast wie de veiligheid blijft volgen, en tot wanneer."
        case .nogNietTeBepalen(let question):
            "Nog niet te bepalen: beantwoord vraag \(question.rawValue). \(question.text)"
        }
    }
}
