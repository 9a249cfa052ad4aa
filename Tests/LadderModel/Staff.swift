// SPDX-License-Identifier: EUPL-1.2

/// Who is there on a day: by hand, from the words of the persons file.
public struct Staff: Sendable {
    /// Somebody in one role at some schools.
    public struct Post: Sendable {
        public let person: String
        public let role: String
        /// Nil for all.
        public let schools: Set<String>?
        public let deputies: [String]
        /// Whether it is work of a school, which stands still in its holidays.
        public let isOfSchool: Bool

        public init(
            _ person: String, _ role: String, at schools: Set<String>?, deputies: [String] = [], isOfSchool: Bool
        ) {
            self.person = person
            self.role = role
            self.schools = schools
            self.deputies = deputies
            self.isOfSchool = isOfSchool
        }
    }

    /// From the first day up to and including the last.
    public typealias Days = (first: Day, last: Day)

    public let posts: [Post]
    public let absences: [String: [Days]]
    /// Per school.
    public let holidays: [String: [Days]]
    /// Can be reached in the holidays of a school too.
    public let neverOnHoliday: Set<String>

    public init(
        posts: [Post], absences: [String: [Days]], holidays: [String: [Days]], neverOnHoliday: Set<String>
    ) {
        self.posts = posts
        self.absences = absences
        self.holidays = holidays
        self.neverOnHoliday = neverOnHoliday
    }

    public func isAway(_ person: String, on day: Day) -> Bool {
        (absences[person] ?? []).contains { $0.first <= day && day <= $0.last }
    }

    /// Who hears: those in the roles who are there, and for each who is not, the deputies who are; without anybody at all, the next
    /// higher up (aandachtsfunctionaris, centrale contactpersoon, board), and below them only when nobody is there either.
    public func readers(_ roles: [String], at school: String, on day: Day, barred: Set<String>) -> Set<String> {
        let (first, middle, last) = ("aandachtsfunctionaris", "centraleContactpersoon", "bestuur")
        let others =
            if roles.contains(last) {
                [middle, first]
            } else if roles.contains(middle) {
                [last, first]
            } else {
                [first, middle, last]
            }
        for roles in [roles] + others.map({ [$0] }) {
            var found: Set<String> = []
            for post in posts where roles.contains(post.role) && post.schools?.contains(school) ?? true {
                let isHoliday =
                    post.isOfSchool && (holidays[school] ?? []).contains { $0.first <= day && day <= $0.last }
                func isThere(_ person: String) -> Bool {
                    !barred.contains(person) && !isAway(person, on: day)
                        && (!isHoliday || neverOnHoliday.contains(person))
                }
                found.formUnion(isThere(post.person) ? [post.person] : post.deputies.filter(isThere))
            }
            if !found.isEmpty { return found }
        }
        return []
    }
}
