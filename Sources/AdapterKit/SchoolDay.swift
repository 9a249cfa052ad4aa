// SPDX-License-Identifier: EUPL-1.2
import Foundation
public import Values

/// The calendar of Dutch schools.
public enum SchoolDay {
    /// Today in the Netherlands, by the machine's clock.
    public static func today() -> CalendarDate {
        Timestamp(millisecondsSince1970: Int64(Date().timeIntervalSince1970 * 1000)).calendarDateInAmsterdam
    }

    /// The calendar year in which the school year of that day began: it runs from 1 August to 31 July (WPO art. 1, WVO 2020 art. 1.1).
    public static func schoolYear(of day: CalendarDate) -> Int {
        day.month >= 8 ? day.year : day.year - 1
    }
}
