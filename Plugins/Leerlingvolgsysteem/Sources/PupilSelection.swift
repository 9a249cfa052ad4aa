// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

/// The pupils that fit a question, of all that a register tells about; of each only the asked fields.
struct PupilSelection: Sendable, Hashable {
    let pupil: PupilQuery.Pupil
    let fields: Set<PupilField>
    private var found: [PupilRecord] = []

    /// More fitting pupils than this are not told.
    static let limit = 20

    init(_ query: PupilQuery) {
        pupil = query.pupil
        fields = query.fields
    }

    /// Whether there is nothing more to find: a number is that of one pupil.
    var isComplete: Bool {
        if case .number = pupil, !found.isEmpty { return true }
        return found.count > Self.limit
    }

    var answer: PupilAnswer {
        found.count > Self.limit ? .tooMany : .found(found)
    }

    mutating func add(_ candidate: RegisterPupil) {
        guard !isComplete, fits(candidate) else { return }
        let withheld = fields.intersection(candidate.secret)
        let values = candidate.values.filter { fields.contains($0.key) && !candidate.secret.contains($0.key) }
        let record = PupilRecord(values: values, withheld: withheld)
        // A register that tells of a pupil once for every school year.
        if !isTold(candidate) { found.append(record) }
        numbers.insert(candidate.values[.leerlingnummer] ?? "")
    }

    private var numbers: Set<String> = []

    private func isTold(_ candidate: RegisterPupil) -> Bool {
        guard let number = candidate.values[.leerlingnummer] else { return false }
        return numbers.contains(number)
    }

    private func fits(_ candidate: RegisterPupil) -> Bool {
        switch pupil {
        case .number(let number):
            guard let own = candidate.values[.leerlingnummer] else { return false }
            return own == number || Self.isSameNumber(own, number)
        case .name(let name, let birthDate):
            guard let own = candidate.values[.achternaam], own.lowercased() == name.lowercased() else { return false }
            // A register that tells no birth date cannot rule anybody out: a person looks at who was found.
            guard let birthDate, let ownDate = candidate.values[.geboortedatum] else { return true }
            return birthDate == ownDate
        }
    }

    /// Numbers that differ in the zeros before them only.
    private static func isSameNumber(_ left: String, _ right: String) -> Bool {
        let isDigits = (left + right).utf8.allSatisfy { (0x30...0x39).contains($0) }
        return isDigits && left.drop { $0 == "0" } == right.drop { $0 == "0" }
    }
}
