// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
public import Values

/// A decision about consent, as somebody took it.
public struct ConsentDecision: Sendable, Hashable {
    public enum Decision: String, Sendable, Hashable {
        case gegeven, geweigerd, ingetrokken
    }

    public enum Giver: String, Sendable, Hashable, CaseIterable {
        case ouderMetGezag, ouderZonderGezag, voogd, gecertificeerdeInstellingMetVoogdij, leerling

        /// Who decides: from 16 the pupil; below, who holds gezag; a GI with voogdij is a representative (practice 11).
        public func mayDecide(at age: AgeBand) -> Bool {
            switch self {
            case .leerling: age.decidesSelf
            case .ouderMetGezag, .voogd, .gecertificeerdeInstellingMetVoogdij:
                age == .onder12 || age == .van12tot15
            case .ouderZonderGezag: false
            }
        }
    }

    public let decision: Decision
    public let giver: Giver
    /// Tells two parents apart.
    public let person: String?
    /// They are known to disagree.
    public let isDisputed: Bool
    public let recipients: Set<String>
    /// Kinds of data, by the names of the schema.
    public let kinds: Set<String>
    /// Nil for every purpose: only where consent is refused or withdrawn.
    public let purpose: Purpose?
    public let date: CalendarDate
    public let until: CalendarDate?

    /// Nil when it is incomplete: consent that does not say for what is none.
    init?(_ data: JSONValue) {
        guard let decision = data["besluit"]?.string.flatMap(Decision.init),
            let giver = data["door"]?.string.flatMap(Giver.init),
            let date = data["datum"]?.string.flatMap(CalendarDate.init)
        else { return nil }
        self.decision = decision
        self.giver = giver
        person = data["persoon"]?.string
        isDisputed = data["onenigheid"]?.bool == true
        recipients = Set((data["ontvangers"]?.array ?? []).compactMap(\.string))
        kinds = Set((data["gegevens"]?.array ?? []).compactMap(\.string))
        purpose = data["doel"]?.string.flatMap(Purpose.init)
        self.date = date
        until = data["geldigTot"]?.string.flatMap(CalendarDate.init)
    }

    fileprivate var giverKey: [String] { [giver.rawValue, person ?? ""] }
}

extension CaseFacts {
    /// What consent says for one recipient and purpose on a day, and for which kinds of data.
    ///
    /// Of each giver the last decision counts. One parent is enough, until the other refuses, withdraws or is known to disagree.
    public func consent(for recipient: String, purpose: Purpose, age: AgeBand, on today: CalendarDate) -> (
        state: ConsentState, kinds: Set<String>
    ) {
        let last = lastDecisions(for: recipient, purpose: purpose, on: today)
        guard !last.isEmpty else { return (.geen, []) }
        let counting = age == .onbekend ? last : last.filter { $0.giver.mayDecide(at: age) }
        guard !counting.isEmpty else { return (.nietBevoegd, []) }
        if counting.contains(where: { $0.decision == .geweigerd || $0.isDisputed }) { return (.geweigerd, []) }
        if counting.contains(where: { $0.decision == .ingetrokken }) { return (.ingetrokken, []) }
        guard age != .onbekend else { return (.leeftijdOnbekend, []) }
        let valid = counting.filter { decision in decision.until.map { today <= $0 } ?? true }
        guard !valid.isEmpty else { return (.verlopen, []) }
        return (.gegeven, valid.reduce(into: []) { $0.formUnion($1.kinds) })
    }

    private func lastDecisions(for recipient: String, purpose: Purpose, on today: CalendarDate) -> [ConsentDecision] {
        let relevant = consents.filter { decision in
            guard decision.recipients.contains(recipient) else { return false }
            // What is given counts for its purpose and from its day on; what is taken back counts at once, for all.
            if decision.decision == .gegeven { return decision.purpose == purpose && decision.date <= today }
            return decision.purpose == nil || decision.purpose == purpose
        }
        var last: [[String]: ConsentDecision] = [:]
        for decision in relevant { last[decision.giverKey] = decision }
        return relevant.filter { last[$0.giverKey] == $0 }
    }
}

/// Which fields belong to the kinds of data that consent names. Fields of no kind (the contact person, the school's own reference)
/// are nobody's to give or refuse.
enum DataKinds {
    private static let prefixes: [(kind: String, prefixes: [String])] = [
        (
            "identiteit",
            [
                "leerling.voornamen", "leerling.voorvoegsel", "leerling.achternaam", "leerling.geboortedatum",
                "leerling.geslacht", "leerling.leerlingnummer",
            ]
        ),
        ("contactgegevens", ["leerling.adres."]),
        ("gezin", ["betrokkenen[]"]),
        ("feiten", ["inhoud.feiten", "inzageBetrokkenen.feiten"]),
        ("zorgen", ["inhoud.zorgen", "inzageBetrokkenen.zorgen"]),
        ("inzetSchool", ["inhoud.inzetSchool", "inzageBetrokkenen.inzetSchool", "gezetteStappen"]),
        ("krachten", ["inhoud.krachten", "inzageBetrokkenen.krachten"]),
        ("vraag", ["inhoud.vraag", "inzageBetrokkenen.verwachting"]),
    ]

    /// The fields that go with consent for these kinds: those, and those of no kind.
    static func covered(_ kinds: Set<String>, of type: EventType) -> FieldSet {
        FieldSet(FieldTable.of(type).paths.filter { path in kind(of: path).map(kinds.contains) ?? true }, of: type)
    }

    /// A field below a person or content that has no kind belongs to none that can be given: it stays.
    private static func kind(of path: FieldPath) -> String? {
        for entry in prefixes where entry.prefixes.contains(where: path.text.hasPrefix) { return entry.kind }
        let isContent = ["leerling.", "inhoud.", "inzageBetrokkenen.", "alleenVeiligThuis.", "afweging."]
            .contains(where: path.text.hasPrefix)
        return isContent ? "geen" : nil
    }
}
