// SPDX-License-Identifier: EUPL-1.2

/// Which system it is, and so which interface it has for reading.
enum Dialect: String, Sendable, Hashable, CaseIterable {
    case somtoday
    case eduV = "edu-v"
    case parnassys
    case esis
    case magisterSCIM = "magister-scim"
    case magisterCSV = "magister-csv"
    /// Any system without an interface: files only.
    case csv

    /// The key of its settings, where it has any.
    var section: String? {
        switch self {
        case .somtoday, .eduV, .csv: nil
        case .parnassys: "gkv"
        case .esis: "uwlr"
        case .magisterSCIM: "scim"
        case .magisterCSV: "magister_csv"
        }
    }
}
