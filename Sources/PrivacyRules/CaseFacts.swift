// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
import Values

/// What the events of a case have made known so far, as far as it changes what may go. A pure fold: the same events in the same
/// order always give the same facts.
public struct CaseFacts: Sendable, Hashable {
    public private(set) var consents: [ConsentDecision] = []
    public private(set) var informing: [Informing] = []
    /// Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3): a ground was given once, so it stays.
    public private(set) var reporterIsHidden = false
    /// A special form of violence was named (Besluit verplichte meldcode art. 2(1)c).
    public private(set) var isSpecialForm = false
    /// By the weighing: acute or structural unsafety, or doubt about it.
    public private(set) var isUnsafe = false
    public private(set) var isWeighed = false
    /// Practice 6. Nil when nobody decided.
    public private(set) var lvsReleased: Bool?
    /// The statutory elements of which a step was taken.
    public private(set) var elements: Set<String> = []
    /// WPO art. 4a.
    public private(set) var isStaffOffence = false
    /// Persons who neither see nor hear nor decide anything of this case (practice 7).
    public private(set) var barred: Set<String> = []
    public private(set) var requests: [InformationRequest] = []

    public init() {}

    /// The types that can change something here: what is read back before a judgement. Every type that can name a special form is one.
    public static let types: Set<EventType> = deciding.union(
        EventType.allCases.filter { type in type.schema.fields.contains { $0.name == "bijzondereVorm" } })

    /// Types of which a later event can take an earlier one back. Of the others one can only add, so one that adds nothing changes
    /// nothing, whatever is journalled beside it.
    public static let deciding: Set<EventType> = [
        .toestemmingVastgelegd, .betrokkenenGeinformeerd, .wegingVastgelegd, .lvsregistratieVrijgegeven,
        .medewerkerBetrokken, .informatieverzoekOntvangen, .stapGezet, .veiligThuisMeldingBesloten,
    ]

    /// Takes in one event, in the order in which they were journalled. Of other types it takes nothing.
    public mutating func apply(_ event: CaseEvent) {
        guard Self.types.contains(event.type) else { return }
        let data = event.data
        if data["bijzondereVorm"] != nil { isSpecialForm = true }
        switch event.type {
        case .toestemmingVastgelegd:
            if let decision = ConsentDecision(data) { consents.append(decision) }
        case .betrokkenenGeinformeerd: informing.append(Informing(data))
        case .wegingVastgelegd:
            isWeighed = true
            let unsafety = data["antwoorden"]?["onveiligheid"]?.string
            isUnsafe = unsafety == "ja" || unsafety == "twijfel" || data["structureleOnveiligheid"]?.bool == true
        case .lvsregistratieVrijgegeven: lvsReleased = data["vrijgegeven"]?.bool
        case .medewerkerBetrokken:
            if data["variant"]?.string == "zedenmisdrijfTegenLeerling" { isStaffOffence = true }
            if let person = data["medewerker"]?.string { barred.insert(person) }
        case .informatieverzoekOntvangen:
            if let request = InformationRequest(data) { requests.append(request) }
        case .stapGezet:
            if data["overgeslagen"]?.bool != true, let element = data["element"]?.string { elements.insert(element) }
        case .veiligThuisMeldingBesloten:
            if data["alleenVeiligThuis"]?["grond"] != nil { reporterIsHidden = true }
        default: break
        }
    }
}

extension CaseFacts {
    /// What to do first about an event of this case.
    public func alarms(for event: CaseEvent) -> [Alarm] {
        var marks: Marks = []
        if event.data["acuutGevaar"]?.bool == true { marks.insert(.acuutGevaar) }
        if event.data["structureleOnveiligheid"]?.bool == true || isUnsafe { marks.insert(.structureleOnveiligheid) }
        if event.data["bijzondereVorm"] != nil || isSpecialForm { marks.insert(.bijzondereVorm) }
        if isStaffOffence { marks.insert(.zedenmisdrijfMedewerker) }
        return Alarm.all(marks)
    }
}

/// A request for information as it came in (practice 13).
public struct InformationRequest: Sendable, Hashable {
    /// The recipient who asks.
    public let from: String
    public let reference: String?
    /// Digits only.
    public let calledBackOn: String?

    init?(_ data: JSONValue) {
        guard let from = data["van"]?.string else { return nil }
        self.from = from
        reference = data["kenmerk"]?.string
        calledBackOn = data["teruggebeldOp"]?.string.map(digits)
    }
}

/// The digits of a telephone number, a Dutch country code as 0, also in `+31 (0)6`.
func digits(_ number: String) -> String {
    let digits = number.filter(\.isASCII).filter(\.isNumber)
    let code = digits.hasPrefix("0031") ? 4 : digits.hasPrefix("31") && number.hasPrefix("+") ? 2 : 0
    guard code > 0 else { return digits }
    let rest = digits.dropFirst(code)
    return rest.hasPrefix("0") ? String(rest) : "0" + rest
}

/// Who was told, or why not (AVG art. 13, 14; Jeugdwet 7.1.5.1).
public struct Informing: Sendable, Hashable {
    /// Recipients that it was about; nil for all.
    public let about: Set<String>?
    /// `leerling`, `vertegenwoordiger`.
    public let told: Set<String>
    public let hasReason: Bool

    init(_ data: JSONValue) {
        about = data["over"]?.array.map { Set($0.compactMap(\.string)) }
        told = Set((data["wie"]?.array ?? []).compactMap(\.string))
        hasReason = data["redenNiet"] != nil
    }
}
