// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Values

/// The last day on which something is owed, reckoned from an event. Of several lengths the first to end counts.
public struct OwedTerm: Sendable, Hashable {
    public enum Length: Sendable, Hashable {
        case days(Int)
        case workingDays(Int)
        case months(Int)
        case years(Int)
        /// The birthday of the pupil of the event on which it turns this old.
        case birthday(Int)
    }

    /// A member of the data that holds the last day itself; where the event has it, nothing else counts.
    public let field: String?
    public let lengths: [Length]

    public init(field: String? = nil, _ lengths: [Length]) {
        self.field = field
        self.lengths = lengths
    }

    /// - Parameters:
    ///   - from: The day on which the term begins to run.
    ///   - event: What opened the item, if an event did.
    public func end(from: CalendarDate, of event: CaseEvent?, in calendar: WorkingCalendar) -> CalendarDate {
        if let field, let stated = event?.data[field]?.string.flatMap({ CalendarDate($0) }) { return stated }
        return lengths.compactMap { end(of: $0, from: from, event, calendar) }.min() ?? from
    }

    private func end(
        of length: Length, from: CalendarDate, _ event: CaseEvent?, _ calendar: WorkingCalendar
    ) -> CalendarDate? {
        switch length {
        case .days(let count): from.adding(days: count)
        case .workingDays(let count): calendar.adding(workingDays: count, to: from)
        case .months(let count): from.adding(months: count)
        case .years(let count): from.adding(years: count)
        case .birthday(let age):
            event?.data["leerling"]?["geboortedatum"]?.string.flatMap { CalendarDate($0) }?.birthday(turning: age)
        }
    }
}

/// When the owners hear of an item that is open: on working days, at one hour of the day.
public struct OwedReminders: Sendable, Hashable {
    public enum Offset: Sendable, Hashable {
        /// So many days from the last day of the term, before it if negative; off days give way, away from the term's end.
        case days(Int)
        case workingDays(Int)
    }

    /// As soon as it opens.
    public let atOnce: Bool
    public let offsets: [Offset]
    /// After the last of them, each time after so many working days; nil for no more.
    public let everyWorkingDays: Int?

    public init(atOnce: Bool = false, _ offsets: [Offset], everyWorkingDays: Int? = nil) {
        self.atOnce = atOnce
        self.offsets = offsets
        self.everyWorkingDays = everyWorkingDays
    }

    /// The first moment after an instant, for an item whose last day this is; nil when there is none any more.
    func next(after instant: Timestamp, dueOn: CalendarDate, _ calendar: WorkingCalendar, hour: Int) -> Timestamp? {
        let days = offsets.map { Self.day($0, dueOn, calendar) }.sorted()
        if let next = days.map({ $0.inAmsterdam(hour: hour) }).first(where: { $0 > instant }) { return next }
        guard let everyWorkingDays, everyWorkingDays > 0 else { return nil }
        // The rhythm goes on from the last of them, however long ago that was.
        var day = max(days.last ?? dueOn, calendar.workingDay(onOrAfter: dueOn))
        while day < .latest {
            day = calendar.adding(workingDays: everyWorkingDays, to: day)
            if day.inAmsterdam(hour: hour) > instant { return day.inAmsterdam(hour: hour) }
        }
        return nil
    }

    private static func day(_ offset: Offset, _ dueOn: CalendarDate, _ calendar: WorkingCalendar) -> CalendarDate {
        switch offset {
        case .days(let count) where count < 0: calendar.workingDay(onOrBefore: dueOn.adding(days: count))
        case .days(let count): calendar.workingDay(onOrAfter: dueOn.adding(days: count))
        case .workingDays(let count): calendar.adding(workingDays: count, to: dueOn)
        }
    }
}
