// SPDX-License-Identifier: EUPL-1.2

/// Names of fields, as a correction lists them, as people read them: `leerling.geboortedatum` is "kind: geboortedatum".
enum FieldWords {
    /// Whether the field's very name may say that a school wrote; of a name that is not known here, too.
    static func tellsOrigin(_ field: String) -> Bool {
        let root = root(field)
        return roots[root] == nil || root == "contactpersoon" || field.hasSuffix(".inzetSchool")
    }

    static func text(_ field: String) -> String {
        guard let word = roots[root(field)] else { return field }
        let rest = field.split(separator: ".").dropFirst().map { leaves[String($0)] ?? String($0) }
        return ([word] + rest).joined(separator: ": ")
    }

    private static func root(_ field: String) -> String {
        (field.split(separator: ".").first.map(String.init) ?? field).filter { $0 != "[" && $0 != "]" }
    }

    private static let roots = [
        "leerling": "kind", "betrokkenen": "andere betrokkenen", "inhoud": "inhoud", "inzageBetrokkenen": "inhoud",
        "contactpersoon": "contactpersoon", "afsprakenMetBetrokkenen": "afspraken met betrokkenen",
        "bijzondereVorm": "bijzondere vorm", "acuutGevaar": "acuut gevaar",
        "structureleOnveiligheid": "structurele onveiligheid", "ondertoezichtstelling": "ondertoezichtstelling",
    ]

    private static let leaves = [
        "inzetSchool": "inzet van de school", "geinformeerd": "geïnformeerd",
        "redenNietGeinformeerd": "waarom niet geïnformeerd",
    ]
}
