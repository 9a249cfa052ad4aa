// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
public import Values

/// The course of one case for those who work on it: steps, decisions, disclosures, and what is owed.
///
/// It is made of fixed Dutch words, names of organisations and titles of the track: no free text of an event and no name of a
/// person ever stands in it.
public struct CaseTimeline: Sendable, Hashable {
    /// One thing that happened.
    public struct Line: Sendable, Hashable {
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            case signaal, stap, gesprek, overleg, advies, weging, besluit, verwijsindex, toestemming, informeren
            case match, bezwaar, post, proces, publicatie, contact, drempel, verplichting
            case verzoek, verstrekking, aflevering, terugkoppeling, vrijgave, medewerker, correctie, afsluiting
        }

        public let kind: Kind
        /// The day it happened, in the Netherlands.
        public let date: CalendarDate
        /// When the gateway got to know of it.
        public let recordedAt: Timestamp
        /// The moment it happened, where that was recorded.
        public let happenedAt: Timestamp?
        public let text: String
    }

    /// Something that still has to be done or recorded. It reminds; it stops nothing.
    public struct Owed: Sendable, Hashable {
        public enum Subject: String, Sendable, Hashable, CaseIterable {
            case stap, gesprek, weging, meldingVeiligThuis, hulp, aflevering, terugkoppeling, verzoek
        }

        public let subject: Subject
        public let text: String
    }

    /// The latest weighing; earlier ones stay in the lines.
    public struct LatestWeighing: Sendable, Hashable {
        public let date: CalendarDate
        public let weighing: Weighing
    }

    public let zaak: String
    public let trackName: String?
    public let trackTitle: String?
    /// To be shown above everything, most urgent first.
    public let alarms: [String]
    /// In the order of the track.
    public let steps: [StepStatus]
    public let weighing: LatestWeighing?
    /// By the day on which they happened.
    public let lines: [Line]
    public let owed: [Owed]

    /// The timeline of a case as it stands.
    public init(_ record: CaseRecord) {
        let facts = TimelineFacts(record)
        zaak = record.zaak
        trackName = record.track?.name
        trackTitle = record.track?.title
        alarms = Self.alarms(record, facts)
        steps = record.track.map { Self.steps(record, facts, $0) } ?? []
        weighing = facts.weighing
        lines = Self.lines(record)
        owed = OwedItems(record: record, facts: facts, steps: steps).all
    }

    /// Unsafety tells to call even when whoever asks gave no alarm.
    private static func alarms(_ record: CaseRecord, _ facts: TimelineFacts) -> [String] {
        guard record.alarms.isEmpty, facts.weighing?.weighing.outcome == .meldenNu, !facts.isReported else {
            return record.alarms
        }
        return [WeighingOutcome.meldenNu.text]
    }

    private static func steps(_ record: CaseRecord, _ facts: TimelineFacts, _ track: Track) -> [StepStatus] {
        var fold = StepFold(track)
        for arrival in record.events { fold.apply(arrival.event, on: day(of: arrival)) }
        return fold.statuses(
            isClosed: facts.closedUnconfirmed || facts.isStaffOffence, tellsFamily: !facts.tellsNobodyYet)
    }

    private static func lines(_ record: CaseRecord) -> [Line] {
        let writer = LineWriter(record: record)
        let all = record.events.map(writer.line) + record.deliveries.map(writer.line)
        return all.enumerated()
            .sorted { left, right in
                (left.element.date, left.element.recordedAt, left.offset)
                    < (right.element.date, right.element.recordedAt, right.offset)
            }
            .map(\.element)
    }

    /// The day on which what an event tells happened: its `datum`, unless that is a day to come.
    static func day(of arrival: CaseRecord.Arrival) -> CalendarDate {
        let received = arrival.receivedAt.calendarDateInAmsterdam
        if let moment = happened(arrival.event.data) { return moment.calendarDateInAmsterdam }
        let stated = arrival.event.data["datum"]?.string.flatMap { CalendarDate($0) }
        return min(stated ?? received, received)
    }

    static func happened(_ data: JSONValue) -> Timestamp? {
        data["tijdstip"]?.string.flatMap { Timestamp($0) }
    }
}
