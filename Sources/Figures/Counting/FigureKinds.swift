// SPDX-License-Identifier: EUPL-1.2
import Values

/// What is done in a case beside the steps of the meldcode.
public enum FigureAct: String, Sendable, Hashable, CaseIterable {
    case adviezen
    case meldingen
    case hulp
    case registraties

    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .adviezen: "advies gevraagd"
        case .meldingen: "melding Veilig Thuis"
        case .hulp: "hulp of overdracht"
        case .registraties: "registratie verwijsindex"
        }
    }
}

/// What became of feedback that was expected.
public enum FeedbackStatus: String, Sendable, Hashable, CaseIterable {
    /// On the agreed or usual day, or before it.
    case opTijd
    /// After that day. The law sets no term for telling the reporter: nobody broke a rule by it.
    case later
    /// Something came, and not all.
    case deels
    /// The day is over, and nothing was recorded.
    case nogNiet
    /// The day is still to come.
    case loopt

    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .opTijd: "op tijd"
        case .later: "later"
        case .deels: "deels"
        case .nogNiet: "nog niet ontvangen"
        case .loopt: "loopt nog"
        }
    }
}

/// Whether what should be on paper is.
public enum Completeness: String, Sendable, Hashable, CaseIterable {
    case opOrde
    case aandacht
    /// The meldcode was not used.
    case nietVanToepassing

    /// For people, in Dutch.
    public var text: String {
        switch self {
        case .opOrde: "op orde"
        case .aandacht: "aandacht"
        case .nietVanToepassing: "niet gebruikt"
        }
    }
}

/// The state of the records of one school, or of the whole board.
public struct RecordState: Sendable, Hashable {
    public let record: Completeness
    public let weighing: Completeness
    /// The elements of which something is missing in a record.
    public let attention: [FigureElement]

    /// Of cases in which the meldcode was used.
    init(_ cases: [CaseRow]) {
        guard !cases.isEmpty else {
            (record, weighing, attention) = (.nietVanToepassing, .nietVanToepassing, [])
            return
        }
        let missing = cases.reduce(into: Set<FigureElement>()) { $0.formUnion($1.incomplete) }
        attention = FigureElement.allCases.filter(missing.contains)
        record = attention.isEmpty ? .opOrde : .aandacht
        let isWeighed = cases.allSatisfy { row in
            switch row.weighing {
            case .complete: true
            case .incomplete: false
            case .none: !row.isClosed
            }
        }
        weighing = isWeighed ? .opOrde : .aandacht
    }
}

extension ExpectationRow {
    /// Nil for what does not count as feedback of the period.
    func status(in period: FigurePeriod, asOf day: CalendarDate) -> FeedbackStatus? {
        guard !isCancelled, kind != .drempel, period.contains(dueOn) else { return nil }
        if isPartial { return .deels }
        if let answeredOn { return answeredOn <= dueOn ? .opTijd : .later }
        return isOpen && day <= dueOn ? .loopt : .nogNiet
    }

    /// Days from when it was expected until it was given; nil while it was not, or not fully.
    var days: Int? {
        guard !isPartial, let answeredOn else { return nil }
        return max(0, answeredOn.daysSince(openedOn))
    }
}
