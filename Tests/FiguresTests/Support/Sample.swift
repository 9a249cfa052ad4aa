// SPDX-License-Identifier: EUPL-1.2
import Figures
import Values

/// Input that counts to given numbers.
enum Sample {
    static func day(_ text: String) throws -> CalendarDate {
        guard let day = CalendarDate(text) else { throw Unreadable() }
        return day
    }

    struct Unreadable: Error {}

    static func input(schools: Int = 0, own: Set<Int> = [], partners: Int = 0) throws -> FigureInput {
        guard let period = FigurePeriod.schoolYear(beginning: 2025) else { throw Unreadable() }
        return FigureInput(
            board: "Stichting Voorbeeld", period: period, asOf: try day("2026-09-01"),
            schools: (0..<schools).map { index in
                FigureSchool(brin: brin(index), name: "School \(index)", isOwn: own.contains(index))
            },
            partners: (0..<partners).map { FigurePartner(id: partner($0), name: "Veilig Thuis \($0)") }, cases: [],
            expectations: [], barriers: [])
    }

    static func brin(_ index: Int) -> String { "\(index / 10)\(index % 10)AB" }
    static func partner(_ index: Int) -> String { "vt-\(index / 10)\(index % 10)" }

    /// Partners by kind.
    static func barriers(_ counts: [[Int]]) throws -> FigureInput {
        var input = try input(schools: 1, partners: counts.count)
        for (row, counts) in counts.enumerated() {
            for (kind, count) in zip(BarrierRow.Kind.allCases, counts) {
                input.barriers += Array(
                    repeating: BarrierRow(school: brin(0), partner: partner(row), kind: kind), count: count)
            }
        }
        return input
    }

    /// By partner, school and status.
    static func feedback(_ counts: [[[Int]]], own: Set<Int> = []) throws -> FigureInput {
        var input = try input(schools: counts.first?.count ?? 0, own: own, partners: counts.count)
        input.asOf = try day("2026-06-01")
        for (partner, schools) in counts.enumerated() {
            for (school, statuses) in schools.enumerated() {
                for (status, count) in zip(FeedbackStatus.allCases, statuses) {
                    let row = try expectation(school: brin(school), partner: Self.partner(partner), status)
                    input.expectations += Array(repeating: row, count: count)
                }
            }
        }
        return input
    }

    static func expectation(school: String, partner: String, _ status: FeedbackStatus) throws -> ExpectationRow {
        let due = try day(status == .loopt ? "2026-06-20" : "2026-03-10")
        let answered: CalendarDate? =
            switch status {
            case .opTijd: due
            case .later: due.adding(days: 3)
            case .deels: due.adding(days: -1)
            case .nogNiet, .loopt: nil
            }
        return ExpectationRow(
            school: school, partner: partner, kind: .terugkoppelingBesluit, openedOn: due.adding(days: -7), dueOn: due,
            answeredOn: answered, isPartial: status == .deels, isOpen: answered == nil)
    }

    /// By school: how often used, and in how many of these each element was taken.
    static func use(_ counts: [[Int]], own: Set<Int> = []) throws -> FigureInput {
        var input = try input(schools: counts.count, own: own)
        let used = try day("2025-11-03")
        for (school, counts) in counts.enumerated() {
            for place in 0..<counts[0] {
                let taken = zip(FigureElement.allCases, counts.dropFirst()).filter { place < $1 }.map(\.0)
                input.cases.append(CaseRow(school: brin(school), usedOn: used, elements: Set(taken)))
            }
        }
        return input
    }
}
