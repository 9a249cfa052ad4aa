// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import RunningGateway
import Sandbox
import Values

/// An event in which every personal value is one of a kind, with what may leave of it.
struct CanaryEvent {
    let type: EventType
    let json: JSONValue
    /// Values of fields that may go to a recipient of this type.
    let allowed: [LeakCanary.Canary]
    /// All other values.
    let forbidden: [LeakCanary.Canary]

    /// Stands in every text of every event, so that one search finds them all.
    static let mark = "Kanarie"

    var all: [LeakCanary.Canary] { allowed + forbidden }

    /// The family name: tells which event a message is about.
    var familyName: String { json["data"]?["leerling"]?["achternaam"]?.string ?? "" }

    init(_ type: EventType, _ generator: inout EventGenerator, serial: Int) {
        var data = Self.fitting(generator.data(type), type, serial: serial)
        // A burgerservicenummer in free text: masked on its way out.
        let written = generator.bsn()
        var more: [LeakCanary.Canary] = []
        if type == .veiligThuisMeldingBesloten, let facts = data["inzageBetrokkenen"]?["feiten"]?.string {
            data = data.with("/inzageBetrokkenen/feiten", .string("\(facts). Het BSN is \(written)."))
            more = [.init("bsn in vrije tekst", written)]
            more.append(.init("feiten", facts))
        }
        var allowed: [LeakCanary.Canary] = []
        var forbidden: [LeakCanary.Canary] = []
        for leaf in data.leaves where leaf.isCanary {
            let canary = LeakCanary.Canary("\(type.shortName) \(leaf.path)", leaf.value.string ?? "")
            if leaf.path.text == "inzageBetrokkenen.feiten" { continue }
            if Self.mayLeave(leaf.path.text, type) { allowed.append(canary) } else { forbidden.append(canary) }
        }
        allowed += more.filter { $0.label == "feiten" }
        forbidden += more.filter { $0.label != "feiten" }
        self.type = type
        self.allowed = allowed
        self.forbidden = forbidden
        json = SchoolEvent.make(type.shortName, data.object ?? [:])
    }

    /// Written here once more, apart from the rules that the gateway ships with: the test must not learn from them what is right.
    private static func mayLeave(_ path: String, _ type: EventType) -> Bool {
        switch type {
        case .veiligThuisMeldingBesloten:
            let stays = [
                "zaak", "school", "indiener", "leerling.leerlingnummer", "leerling.bsn", "betrokkenen[].leerlingnummer",
            ]
            return !stays.contains(path) && !path.hasPrefix("afweging.")
        case .verwijsindexregistratieGevraagd, .verwijsindexintrekkingGevraagd:
            return [
                "leerling.voorvoegsel", "leerling.achternaam", "leerling.geboortedatum",
                "afsprakenMetBetrokkenen.datum",
            ].contains(path)
        default:
            return false
        }
    }

    /// Made to fit the made-up board: its school, its recipients, a youth whom the index takes.
    private static func fitting(_ data: JSONValue, _ type: EventType, serial: Int) -> JSONValue {
        var data = data
        for (position, leaf) in data.leaves.enumerated() {
            guard let text = leaf.value.string else { continue }
            if text.hasPrefix("Kan"), !leaf.path.text.hasSuffix("postcode") {
                // A postcode has no room for the mark. The end keeps one value from being the beginning of another.
                data = data.replacing(leaf.pointer, with: .string("\(mark)\(text)zzz"))
            } else if CalendarDate(text) != nil {
                // Long ago, and in no other event.
                let date = CalendarDate.earliest.adding(days: serial * 400 + position * 3)
                data = data.replacing(leaf.pointer, with: .string(date.description))
            }
        }
        // No mail came in.
        data = data.with("/school", "01AB").without("/post")
        switch type {
        case .verwijsindexregistratieGevraagd, .verwijsindexintrekkingGevraagd:
            let birth = CalendarDate("2008-01-01")?.adding(days: serial * 37).description ?? ""
            let fitting = data.with("/leerling/geboortedatum", .string(birth))
            return type == .verwijsindexintrekkingGevraagd ? fitting : fitting.with("/alleenLeerprobleem", false)
        case .verstrekkingBesloten, .overlegGepland, .toestemmingVastgelegd:
            return data.with("/ontvangers", ["hulp", "raad"]).without("/ondertoezichtstelling")
        case .betrokkenenGeinformeerd: return data.with("/over", ["hulp"])
        case .informatieverzoekOntvangen: return data.with("/van", "raad")
        case .medewerkerBetrokken: return data.with("/medewerker", "dir-wilg")
        case .correctieVastgesteld: return data.with("/velden", ["leerling.achternaam"])
        case .verstrekkingVastgelegd:
            return data.with("/ontvanger", "veilig-thuis-telefoon").with("/velden", ["leerling.achternaam"])
                .with("/tijdstip", "2026-11-05T09:30:00+01:00")
        case .terugkoppelingOntvangen:
            return data.with("/van", "veilig-thuis")
        default:
            return data
        }
    }
}
