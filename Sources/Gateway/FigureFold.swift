// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Figures
import Meldcode
import Values

/// What is counted of one case, from what happened in it up to the end of the period. Pure.
///
/// Everything counts on the day on which it happened, also when it was recorded later.
struct FigureFold {
    /// One event of the case.
    struct Entry {
        let number: EventID
        let arrival: CaseRecord.Arrival
        let day: CalendarDate

        init(_ number: EventID, _ event: CaseEvent, receivedAt: Timestamp) {
            self.number = number
            arrival = CaseRecord.Arrival(event, receivedAt: receivedAt)
            day = event.day(receivedAt: receivedAt)
        }

        var event: CaseEvent { arrival.event }
    }

    /// Who the recipients of the configuration are.
    struct Partners {
        /// As the course of a case names them.
        let named: [String: CaseRecord.Partner]
        /// Those who give help.
        let helpers: Set<String>
        /// Where children are registered.
        let indexes: Set<String>
    }

    /// What became of one delivery.
    struct Outcome {
        /// The recipient's identifier in the configuration.
        let recipient: String
        let state: DeliveryState
    }

    private let school: String
    private let period: FigurePeriod
    /// Up to the end of the period.
    private let entries: [Entry]
    private let outcomes: [EventID: [Outcome]]
    private let partners: Partners
    private let timeline: CaseTimeline

    /// - Parameters:
    ///   - entries: All events of the case, in the order in which they came in.
    ///   - outcomes: What became of the deliveries of each event.
    init(
        school: String, _ entries: [Entry], outcomes: [EventID: [Outcome]], track: Track?, partners: Partners,
        period: FigurePeriod
    ) {
        self.school = school
        self.period = period
        self.entries = entries.filter { $0.day <= period.to }
        self.outcomes = outcomes
        self.partners = partners
        timeline = CaseTimeline(
            CaseRecord(zaak: "", events: self.entries.map(\.arrival), track: track, partners: partners.named))
    }

    /// Types of which it matters what became of their deliveries.
    static let deliveredTypes: Set<EventType> = [
        .adviesGevraagd, .veiligThuisMeldingBesloten, .verwijsindexregistratieGevraagd, .verstrekkingBesloten,
    ]

    /// Nil when nothing of it belongs in the period, or when it goes outside the meldcode (WPO art. 4a).
    var row: CaseRow? {
        let current = entries.filter { period.contains($0.day) }
        guard !current.isEmpty, !isOutsideMeldcode else { return nil }
        let taken = Set(entries.flatMap { Self.elements(of: $0.event) })
        return CaseRow(
            school: school, usedOn: current.filter { !Self.elements(of: $0.event).isEmpty }.map(\.day).min(),
            elements: taken, incomplete: incomplete(of: taken), weighing: weighing,
            advices: current.count { $0.event.type == .adviesGevraagd && !hasEnded($0, at: isVeiligThuis) },
            reports: reports(in: current), referrals: referrals(in: current),
            registrations: registrations(in: current), isClosed: isClosed)
    }

    /// Obstacles at partners in the period.
    var barriers: [BarrierRow] {
        entries.compactMap { entry in
            guard entry.event.type == .drempelGemeld, period.contains(entry.day),
                let partner = entry.event.data["van"]?.string,
                let kind = entry.event.data["soort"]?.string.flatMap(BarrierRow.Kind.init)
            else { return nil }
            return BarrierRow(school: school, partner: partner, kind: kind)
        }
    }

    // MARK: - Steps

    /// What an event says was taken, and not skipped.
    private static func elements(of event: CaseEvent) -> Set<FigureElement> {
        var taken = declared(by: event)
        switch event.type {
        case .stapGezet where event.data["overgeslagen"]?.bool != true:
            taken.formUnion(event.data["element"]?.string.flatMap(FigureElement.init).map { [$0] } ?? [])
        case .wegingVastgelegd: taken.formUnion([.wegen, .beslissen])
        case .veiligThuisMeldingBesloten: taken.insert(.beslissen)
        default: break
        }
        return taken
    }

    /// What it only says was taken: where it was recorded is not here.
    private static func declared(by event: CaseEvent) -> Set<FigureElement> {
        Set((event.data["gezetteStappen"]?.array ?? []).compactMap { $0.string.flatMap(FigureElement.init) })
    }

    private func incomplete(of taken: Set<FigureElement>) -> Set<FigureElement> {
        let recorded = Set(entries.flatMap { Self.elements(of: $0.event).subtracting(Self.declared(by: $0.event)) })
        var missing = taken.subtracting(recorded)
        for step in timeline.steps {
            switch step.state {
            case .overgeslagenZonderReden: missing.formUnion(Self.elements(step.step.elements))
            case .ontbreekt where step.isPassedBy || isClosed, .deels where step.isPassedBy || isClosed:
                missing.formUnion(Self.elements(step.open))
            default: break
            }
            switch step.talk?.state {
            case .nietGevoerdZonderReden: missing.insert(.gesprek)
            case .ontbreekt where isClosed: missing.insert(.gesprek)
            default: break
            }
        }
        return missing
    }

    private static func elements(_ elements: [StatutoryElement]) -> Set<FigureElement> {
        Set(elements.compactMap { FigureElement(rawValue: $0.rawValue) })
    }

    private var weighing: CaseRow.Weighing {
        timeline.weighing.map { $0.weighing.shortfall == nil ? .complete : .incomplete } ?? .none
    }

    private var isClosed: Bool {
        let reopening: Set<EventType> = [
            .zaakAfgesloten, .zorgGesignaleerd, .stapGezet, .wegingVastgelegd, .veiligThuisMeldingBesloten,
        ]
        return entries.last { reopening.contains($0.event.type) }?.event.type == .zaakAfgesloten
    }

    private var isOutsideMeldcode: Bool {
        entries.contains {
            $0.event.type == .medewerkerBetrokken && $0.event.data["variant"]?.string == "zedenmisdrijfTegenLeerling"
        }
    }

    // MARK: - What was asked, reported and shared

    /// Decisions to report. One by phone, recorded afterwards, counts where the case has no such decision: it is the same report.
    private func reports(in current: [Entry]) -> Int {
        let isDecided = { (entry: Entry) in
            entry.event.type == .veiligThuisMeldingBesloten && !self.hasEnded(entry, at: self.isVeiligThuis)
        }
        guard !entries.contains(where: isDecided) else { return current.count(where: isDecided) }
        return toldOnce(to: isVeiligThuis)
    }

    /// Registrations that were asked for. One that was made elsewhere, or stood there already, counts where the case asked for none.
    private func registrations(in current: [Entry]) -> Int {
        let isAsked = { (entry: Entry) in
            entry.event.type == .verwijsindexregistratieGevraagd && self.isConfirmed(entry)
        }
        guard !entries.contains(where: isAsked) else { return current.count(where: isAsked) }
        return toldOnce(to: partners.indexes.contains)
    }

    /// Whether the first that was told and recorded afterwards lies in the period.
    private func toldOnce(to isRecipient: (String) -> Bool) -> Int {
        let told = entries.filter { entry in
            entry.event.type == .verstrekkingVastgelegd && !Self.isAnswer(entry)
                && isRecipient(entry.event.data["ontvanger"]?.string ?? "")
        }
        return told.map(\.day).min().map { period.contains($0) ? 1 : 0 } ?? 0
    }

    /// What was told because somebody asked is no report and no referral: the school did not turn to them.
    private static func isAnswer(_ entry: Entry) -> Bool { entry.event.data["verzoek"] != nil }

    private func isVeiligThuis(_ recipient: String) -> Bool { partners.named[recipient]?.isVeiligThuis == true }

    /// Content shared with who gives help, or a case that was handed over without that.
    private func referrals(in current: [Entry]) -> Int {
        let shared = entries.filter(isReferral)
        guard shared.isEmpty else { return shared.count { period.contains($0.day) } }
        return current.count {
            $0.event.type == .zaakAfgesloten && $0.event.data["reden"]?.string == "overgedragen"
        }
    }

    private func isReferral(_ entry: Entry) -> Bool {
        guard !Self.isAnswer(entry) else { return false }
        switch entry.event.type {
        case .verstrekkingBesloten:
            let named = Set((entry.event.data["ontvangers"]?.array ?? []).compactMap(\.string))
            return entry.event.data["doel"]?.string == "hulpVerlenen" && !hasEnded(entry, at: named.contains)
        case .verstrekkingVastgelegd: return partners.helpers.contains(entry.event.data["ontvanger"]?.string ?? "")
        default: return false
        }
    }

    /// Nothing of it arrived where it counts, and nothing of it will. That others, such as the directie, heard of it is no arrival.
    private func hasEnded(_ entry: Entry, at isRecipient: (String) -> Bool) -> Bool {
        let ended: Set<DeliveryState> = [.cancelled, .refused, .rejected, .notHandedOver]
        let own = states(of: entry, at: isRecipient)
        return !own.isEmpty && own.allSatisfy(ended.contains)
    }

    /// Every registration waits for a person: what nobody confirmed is none.
    private func isConfirmed(_ entry: Entry) -> Bool {
        let own = states(of: entry, at: partners.indexes.contains)
        return !hasEnded(entry, at: partners.indexes.contains) && (own.isEmpty || own.contains { $0 != .waiting })
    }

    /// Of whom the configuration no longer knows what they are, what became of it counts as well.
    private func states(of entry: Entry, at isRecipient: (String) -> Bool) -> [DeliveryState] {
        (outcomes[entry.number] ?? [])
            .filter { isRecipient($0.recipient) || partners.named[$0.recipient] == nil }.map(\.state)
    }
}

extension CaseEvent {
    /// The day on which what it tells happened: its `tijdstip` or `datum`, unless that lies after it came in.
    func day(receivedAt: Timestamp) -> CalendarDate {
        let received = receivedAt.calendarDateInAmsterdam
        let moment = data["tijdstip"]?.string.flatMap { Timestamp($0) }?.calendarDateInAmsterdam
        return min(moment ?? data["datum"]?.string.flatMap { CalendarDate($0) } ?? received, received)
    }
}
