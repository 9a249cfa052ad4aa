// SPDX-License-Identifier: EUPL-1.2
public import Disclosures

/// A system of the school itself from which the identity of a pupil can be read, to complete an event before it is submitted.
///
/// Reading is never a disclosure: the pupil's school asks its own register, by the number that the register gave, or by name. What a
/// search by name finds is confirmed by a person (practice 20).
public protocol PupilSource: Adapter {
    /// Reads the asked fields of the pupils that fit, and no other fields.
    func find(_ query: PupilQuery, over transport: any OutboundTransport) async -> PupilAnswer
}

/// Which pupil, and which fields of the pupil. Never part of a URL, a header or a log.
public struct PupilQuery: Codable, Sendable, Hashable {
    public enum Pupil: Codable, Sendable, Hashable {
        /// The number in the leerlingvolgsysteem.
        case number(String)
        /// Family name without prefix, and birth date (`JJJJ-MM-DD`) if known.
        case name(String, birthDate: String?)
    }

    /// BRIN of the school, with the number of the location where the configuration has one.
    public let school: String
    public let pupil: Pupil
    /// What the rules need, and no more.
    public let fields: Set<PupilField>

    public init(school: String, pupil: Pupil, fields: Set<PupilField>) {
        self.school = school
        self.pupil = pupil
        self.fields = fields
    }
}

/// A field of a pupil, named as in case events below `leerling`.
public enum PupilField: String, Codable, Sendable, Hashable, CaseIterable {
    case leerlingnummer, voornamen, voorvoegsel, achternaam, geboortedatum, geslacht
    case straat = "adres.straat"
    case huisnummer = "adres.huisnummer"
    case postcode = "adres.postcode"
    case woonplaats = "adres.woonplaats"

    /// The address as a whole: what a register marks as secret together.
    public static let address: Set<PupilField> = [.straat, .huisnummer, .postcode, .woonplaats]
}

/// One pupil as the register has it.
public struct PupilRecord: Codable, Sendable, Hashable {
    /// The asked fields that the register gave; dates as `JJJJ-MM-DD`, `geslacht` as `man`, `vrouw` or `onbekend`.
    public let values: [PupilField: String]
    /// Asked, but marked secret by the register (`adres_geheim`): not read into `values`.
    public let withheld: Set<PupilField>

    public init(values: [PupilField: String], withheld: Set<PupilField> = []) {
        self.values = values
        self.withheld = withheld
    }
}

/// What the register answered.
public enum PupilAnswer: Codable, Sendable, Hashable {
    /// None, one or several; at most twenty.
    case found([PupilRecord])
    /// More than twenty fit: ask more precisely.
    case tooMany
    /// It was not reached, refused, or answered what is not understood.
    case failed(OutcomeReason)
}
