// SPDX-License-Identifier: EUPL-1.2

/// An adapter that reads concerns out of a file that another system of the school exported.
public protocol ConcernSource: Adapter {
    /// Reads the whole file, or tells every problem in it. Nothing of a file with a problem is taken in.
    func concerns(in file: [UInt8]) throws(ConcernFileProblems) -> [ExportedConcern]
}

/// One concern as a teacher wrote it down in the leerlingvolgsysteem.
public struct ExportedConcern: Codable, Sendable, Hashable {
    /// What makes the row the same row in a later export: its own number in the system, or a digest of its fields.
    public let rowID: String
    /// BRIN, with the number of the location where the file has one.
    public let school: String
    /// The case's reference where the file has one; otherwise the gateway makes one.
    public let caseReference: String?
    public let pupil: PupilRecord
    /// `JJJJ-MM-DD`.
    public let date: String
    /// What was seen or heard.
    public let signal: String
    /// Who wrote it down, by the key of the persons file.
    public let raisedBy: String?

    public init(
        rowID: String, school: String, caseReference: String?, pupil: PupilRecord, date: String, signal: String,
        raisedBy: String?
    ) {
        self.rowID = rowID
        self.school = school
        self.caseReference = caseReference
        self.pupil = pupil
        self.date = date
        self.signal = signal
        self.raisedBy = raisedBy
    }
}

/// Everything that is wrong with a file, without a word of what stands in it.
public struct ConcernFileProblems: Error, Codable, Sendable, Hashable {
    public struct Problem: Codable, Sendable, Hashable {
        /// From 1; the heading is line 1.
        public let line: Int
        /// The column's heading, if it is about one.
        public let column: String?
        /// In Dutch: what is wrong and how to mend it.
        public let message: String

        public init(line: Int, column: String?, message: String) {
            self.line = line
            self.column = column
            self.message = message
        }
    }

    public let problems: [Problem]

    public init(_ problems: [Problem]) {
        self.problems = problems
    }
}
