// SPDX-License-Identifier: EUPL-1.2
import Values

/// Of which cases figures are made, for one reader.
public struct FigureScope: Sendable, Hashable {
    /// BRINs.
    public let schools: Set<String>
    /// Without the cases that this person is barred from (practice 7).
    public var hiddenFrom: String?
    /// Without every case that anybody is barred from: what is published is the same whoever publishes it, and nobody who is barred
    /// finds a case by comparing it with what they see themselves.
    public var withoutBarred = false

    public init(schools: Set<String>) {
        self.schools = schools
    }
}

/// A case of which something came in, without its name.
public struct ActiveCase: Sendable, Hashable {
    /// The number of the case within the store.
    public let number: Int64
    /// A BRIN.
    public let school: String

    public init(number: Int64, school: String) {
        self.number = number
        self.school = school
    }
}

/// What a partner was expected to tell, as figures count it.
public struct ExpectedFeedback: Sendable, Hashable {
    public let item: StoredOwedItem
    /// Something came, and not all of it.
    public let isPartial: Bool

    public init(_ item: StoredOwedItem, isPartial: Bool) {
        self.item = item
        self.isPartial = isPartial
    }
}
