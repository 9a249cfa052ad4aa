// SPDX-License-Identifier: EUPL-1.2
import AdapterKit

/// Fields whose very name, where a correction lists it, may say that a school wrote.
enum OriginFields {
    /// A name that is not known here tells, too.
    static func contain(_ field: String) -> Bool {
        let root = FieldNames.parts(field).first ?? field
        return !aboutFamily.contains(root) || field.hasSuffix(".inzetSchool")
    }

    private static let aboutFamily: Set<String> = [
        "leerling", "betrokkenen", "inhoud", "inzageBetrokkenen", "afsprakenMetBetrokkenen", "bijzondereVorm",
        "acuutGevaar", "structureleOnveiligheid", "ondertoezichtstelling",
    ]
}
