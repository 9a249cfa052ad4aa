// SPDX-License-Identifier: EUPL-1.2
import CaseEvents

/// Names of fields as people read them: `leerling.geboortedatum` is "leerling (geboortedatum)".
enum FieldWords {
    /// The school's own administration of an event: about nobody, and of no use to who reads what stays.
    static let administrative: Set<String> = ["zaak", "school", "indiener", "ontvangers[]", "doel", "voorScholen[]"]

    private static let roots = [
        "betrokkenen": "ouders en andere betrokkenen", "inzageBetrokkenen": "deel dat ouders en kinderen kunnen inzien",
        "alleenVeiligThuis": "vertrouwelijk deel", "contactpersoon": "contactpersoon van de school",
        "afsprakenMetBetrokkenen": "afspraken met betrokkenen", "afweging": "weging",
        "risicos": "risico's a tot en met l", "kenmerk": "ons kenmerk", "verzoek": "kenmerk van het verzoek",
        "kenmerkVerwijsindex": "kenmerk van de verwijsindex", "element": "onderdeel van de meldcode",
        "meldingsbevoegde": "meldingsbevoegde die bevestigt", "plaatsLetsel": "plaats van het letsel",
        "gebeurtenis": "wat er is gedaan", "kenmerkOntvanger": "kenmerk van de ontvanger",
        "publicatie": "kenmerk van de publicatie", "post": "nummer van het bericht",
        "opschaling": "kenmerk van dit bericht", "lezers": "wie het bericht krijgt", "verplichtingen": "wat openstaat",
        "verplichting": "nummer van de verplichting", "corrigeert": "welke terugkoppeling dit verbetert",
    ]

    private static let leaves = [
        "bsn": "burgerservicenummer", "brin": "BRIN", "wie": "wie het weet", "geinformeerd": "of zij het weten",
        "redenNietGeinformeerd": "waarom nog niet", "inzetSchool": "inzet van de school", "email": "e-mailadres",
        "bereikbaar": "bereikbaarheid", "doelmatigheid": "waarom nodig", "subsidiariteit": "waarom niet met minder",
        "proportionaliteit": "waarom in verhouding", "kenmerkKetenpartner": "kenmerk van de ketenpartner",
        "afgesprokenOp": "afgesproken of gebruikelijke dag", "geprobeerd": "wat is geprobeerd",
        "bellen": "wie te bellen", "naamSchool": "naam van de school",
    ]

    /// In groups, each in the order in which it first comes.
    static func all(_ paths: [FieldPath]) -> String {
        var order: [String] = []
        var members: [String: [String]] = [:]
        for path in paths {
            let (group, leaf) = parts(path)
            if members[group] == nil { order.append(group) }
            members[group, default: []] += leaf.map { [$0] } ?? []
        }
        return order.map { group in
            let names = members[group] ?? []
            return names.isEmpty ? group : "\(group) (\(names.joined(separator: ", ")))"
        }.joined(separator: "; ")
    }

    static func one(_ path: FieldPath) -> String {
        let (group, leaf) = parts(path)
        return leaf.map { "\($0) (\(group))" } ?? group
    }

    /// What the gateway adds itself stands below `meldpoort`, which says nothing to people.
    private static func parts(_ path: FieldPath) -> (group: String, leaf: String?) {
        var names = path.text.split(separator: ".").map { $0.hasSuffix("[]") ? String($0.dropLast(2)) : String($0) }
        if names.count > 1, names[0] == "meldpoort" { names.removeFirst() }
        let root = names.first ?? path.text
        let leaf = names.count > 1 ? names.last : nil
        return (roots[root] ?? spaced(root), leaf.map { leaves[$0] ?? spaced($0) })
    }

    /// `gezetteStappen` is "gezette stappen".
    private static func spaced(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }
}
