// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The made-up pupils that all counterparts for a leerlingvolgsysteem show. Nobody in it exists, and nobody has a BSN.
public struct MadeUpRegister: Sendable, Hashable {
    /// One made-up pupil.
    public struct Pupil: Sendable, Hashable {
        /// Sex as the register has it.
        public enum Sex: String, Sendable, Hashable { case female, male, unknown }

        /// The pupil's id in the register: a UUID in lower case.
        public let id: String
        /// The pupil's number at the school.
        public let number: Int
        /// The name the pupil goes by.
        public let roepnaam: String
        /// All given names.
        public let voornamen: String
        /// Initials, without full stops.
        public let voorletters: String
        /// What stands before the family name.
        public let voorvoegsel: String?
        /// Family name without what stands before it.
        public let achternaam: String
        /// Sex.
        public let geslacht: Sex
        /// Birth date, `JJJJ-MM-DD`; nil when the school does not know it.
        public let geboortedatum: String?
        /// Mail address that the school gave.
        public let email: String
        /// Telephone number at home.
        public let telefoon: String
        /// Address.
        public let address: Address
        /// Whether address and telephone number are secret.
        public let isSecret: Bool
        /// The group or class.
        public let groep: String
        /// The number of the school's location, from 0.
        public let location: Int

        /// ECK iD: a pseudonym in the form of an address, made up as well.
        public var eckid: String {
            "https://ketenid.nl/201703/" + String(repeating: id.replacing("-", with: ""), count: 4)
        }
    }

    /// A made-up address.
    public struct Address: Sendable, Hashable {
        /// Street.
        public let straat: String
        /// House number, with its addition.
        public let huisnummer: String
        /// Postcode of a place that does not exist.
        public let postcode: String
        /// Place.
        public let woonplaats: String
    }

    /// The pupils, in the order of their numbers.
    public let pupils: [Pupil]
    /// The school's BRIN; its locations are this with `00`, `01`.
    public let brin: String
    /// The school's name.
    public let schoolName: String
    /// The calendar year in which the running school year began.
    public let schoolYear: Int

    /// - Parameter count: How many pupils; the first five are the special ones below, at least five.
    public init(count: Int = 250, brin: String = "99XX") {
        pupils = (0..<max(count, 5)).map(Self.pupil)
        self.brin = brin
        schoolName = "Basisschool Het Voorbeeld"
        schoolYear = 2026
    }

    /// An ordinary pupil, with everything filled in.
    public var ordinary: Pupil { pupils[0] }
    /// The pupil whose address and telephone number are secret.
    public var withSecretAddress: Pupil { pupils[1] }
    /// The pupil without a birth date.
    public var withoutBirthDate: Pupil { pupils[2] }
    /// Two pupils with the same names, born on different days.
    public var sameName: [Pupil] { [pupils[3], pupils[4]] }

    /// The pupils of one location.
    public func pupils(at location: Int) -> [Pupil] { pupils.filter { $0.location == location } }

    /// BRIN with location number: six characters.
    public func brin6(_ location: Int) -> String { brin + (location < 10 ? "0" : "") + String(location) }

    private static func pupil(_ index: Int) -> Pupil {
        let special: [(String, String?, String)] = [
            ("Testkind", nil, "Voorbeeld-Achternaam"), ("Testkind", "van", "Verborgen-Voorbeeld"),
            ("Testkind", nil, "Zonder-Datum"), ("Testkind", "de", "Dubbel-Voorbeeld"),
            ("Testkind", "de", "Dubbel-Voorbeeld"),
        ]
        let name = index < special.count ? special[index] : ("Proefkind", nil, "Verzonnen-\(index + 1)")
        return Pupil(
            id: "00000000-0000-4000-8000-" + twelve(index + 1),
            number: 810_001 + index, roepnaam: name.0, voornamen: "\(name.0) Tweede", voorletters: "TT",
            voorvoegsel: name.1, achternaam: name.2, geslacht: [.female, .male, .unknown][index % 3],
            geboortedatum: index == 2 ? nil : birthDate(index), email: "leerling\(810_001 + index)@school.example",
            telefoon: "088-" + String(twelve(index + 1).suffix(7)),
            address: Address(
                straat: "Verzonnenstraat", huisnummer: "\(index + 1)\(index % 7 == 6 ? "a" : "")",
                postcode: "9999\(["ZX", "ZY", "ZZ"][index % 3])", woonplaats: "Voorbeeldstad"),
            isSecret: index == 1, groep: "Groep \(index % 8 + 1)", location: index % 50 == 49 ? 1 : 0)
    }

    private static func twelve(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    }

    private static func birthDate(_ index: Int) -> String {
        let month = index % 12 + 1
        let day = index % 28 + 1
        return "\(2014 + index % 8)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}

extension MadeUpRegister {
    /// Which fields of any pupil stand in this text, percent-decoded: their names, each once.
    func fields(in text: String) -> [String] {
        let plain = (text.replacing("+", with: " ").removingPercentEncoding ?? text).lowercased()
        let words = Set(plain.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
        var found: Set<String> = []
        for pupil in pupils {
            for (field, value) in pupil.identifying where !value.isEmpty {
                let isThere = value.contains(" ") ? plain.contains(value) : words.contains(value)
                if isThere { found.insert(field) }
            }
        }
        return found.sorted()
    }
}

extension MadeUpRegister.Pupil {
    /// What must not stand in a URL, in lower case.
    fileprivate var identifying: [(String, String)] {
        [
            ("leerlingnummer", String(number)), ("roepnaam", roepnaam.lowercased()),
            ("voornamen", voornamen.lowercased()), ("achternaam", achternaam.lowercased()),
            ("geboortedatum", geboortedatum ?? ""), ("email", String(email.prefix { $0 != "@" })),
            ("telefoon", telefoon), ("postcode", address.postcode.lowercased()),
        ]
    }
}
