// SPDX-License-Identifier: EUPL-1.2
public import Values

extension EventSchema {
    /// Everything in which `data` does not fit this schema; empty when it fits. Places begin with `root`.
    public func problems(in data: JSONValue, root: String = "/data") -> [EventProblem] {
        var validation = Validation()
        validation.check(object: data, fields: fields, at: root)
        return validation.problems
    }
}

/// Walks a value beside its schema and collects problems. Holds no values, so that none can get into a message.
private struct Validation {
    var problems: [EventProblem] = []

    mutating func check(object value: JSONValue, fields: [Field], at place: String) {
        guard let members = value.object else {
            return report(.verkeerdType, place, "Hier hoort een object te staan.")
        }
        for field in fields {
            if let member = members[field.name] {
                check(member, shape: field.shape, at: "\(place)/\(field.name)")
            } else if field.isRequired {
                report(.veldOntbreekt, "\(place)/\(field.name)", "Het veld “\(field.name)” ontbreekt. \(field.summary)")
            }
        }
        guard
            members.count > fields.count || members.keys.contains(where: { key in !fields.contains { $0.name == key } })
        else { return }
        for key in members.keys.sorted() where !fields.contains(where: { $0.name == key }) {
            reportUnknown(key, fields: fields, at: place)
        }
    }

    private mutating func reportUnknown(_ key: String, fields: [Field], at place: String) {
        // A key can hold anything, a name too: only keys that look like field names are repeated.
        let isPlain = key.utf8.count <= 40 && key.utf8.allSatisfy { $0.isASCIILetter } && !key.isEmpty
        guard isPlain else {
            return report(.onbekendVeld, place, "Hier staat een veld dat dit type niet kent.")
        }
        var message = "Het veld “\(key)” bestaat niet in dit type."
        if let nearest = Suggestion.nearest(to: key, among: fields.map(\.name)) {
            message += " Bedoelt u “\(nearest)”?"
        }
        report(.onbekendVeld, "\(place)/\(key)", message)
    }

    private mutating func check(_ value: JSONValue, shape: Shape, at place: String) {
        switch shape {
        case .object(let fields): check(object: value, fields: fields, at: place)
        case .person(_, let fields): check(object: value, fields: fields, at: place)
        case .list(let element, let max): check(list: value, element: element, max: max, at: place)
        case .boolean:
            if value.bool == nil { report(.verkeerdType, place, "Hier hoort true of false te staan.") }
        case .integer(let range):
            guard let integer = value.integer else {
                return report(.verkeerdType, place, "Hier hoort een geheel getal te staan.")
            }
            if !range.contains(integer) {
                report(.ongeldigeWaarde, place, "Het getal ligt buiten het toegestane bereik.")
            }
        default:
            guard let text = value.string else {
                return report(.verkeerdType, place, "Hier hoort tekst te staan.")
            }
            check(text: text, shape: shape, at: place)
        }
    }

    private mutating func check(list value: JSONValue, element: Shape, max: Int, at place: String) {
        guard let elements = value.array else {
            return report(.verkeerdType, place, "Hier hoort een lijst te staan.")
        }
        if elements.count > max { return report(.teVeel, place, "Deze lijst mag hoogstens \(max) waarden hebben.") }
        for (index, item) in elements.enumerated() {
            check(item, shape: element, at: "\(place)/\(index)")
        }
    }

    private mutating func check(text: String, shape: Shape, at place: String) {
        switch shape {
        case .line(let max): checkLength(text, max: max, isLine: true, at: place)
        case .text(let max): checkLength(text, max: max, isLine: false, at: place)
        case .reference: checkReference(text, at: place)
        case .caseReference:
            checkReference(text, at: place)
            // Case references appear in addresses later on, so they keep the rule for context attributes.
            if !UUIDText.isUUID(text), BSN.isPresent(inContextValue: text) {
                report(.persoonsgegevenInContext, place, "Een kenmerk van een zaak mag geen burgerservicenummer zijn.")
            }
        case .choice(let options):
            if !options.contains(text) {
                report(.ongeldigeWaarde, place, "Kies een van: \(options.joined(separator: ", ")).")
            }
        case .date:
            if CalendarDate(text) == nil {
                report(.ongeldigeDatum, place, "Geen bestaande datum in de vorm JJJJ-MM-DD.")
            }
        case .timestamp:
            if Timestamp(text) == nil {
                report(
                    .ongeldigTijdstip, place,
                    "Geen bestaand tijdstip volgens RFC 3339, zoals 2026-03-01T09:30:00+01:00.")
            }
        case .brin:
            if BRIN(text) == nil {
                report(
                    .ongeldigeWaarde, place,
                    "Een BRIN is twee cijfers en twee hoofdletters, zo nodig met twee cijfers voor de vestiging.")
            }
        case .bsn:
            if !BSN.passesElevenTest(text) {
                report(.ongeldigeWaarde, place, "Geen geldig burgerservicenummer (negen cijfers, elfproef).")
            }
        case .boolean, .integer, .object, .person, .list:
            report(.verkeerdType, place, "Hier hoort geen tekst te staan.")
        }
    }

    private mutating func checkReference(_ text: String, at place: String) {
        guard !(1...64).contains(text.utf8.count) || !text.utf8.allSatisfy({ $0.isReferenceCharacter }) else { return }
        report(
            .ongeldigeWaarde, place,
            "Een kenmerk heeft 1 tot 64 tekens: letters, cijfers, punt, streepje of liggend streepje.")
    }

    private mutating func checkLength(_ text: String, max: Int, isLine: Bool, at place: String) {
        let hasContent = text.unicodeScalars.contains { !$0.properties.isWhitespace }
        if !hasContent { return report(.leeg, place, "Dit veld is leeg; laat het weg als er niets is.") }
        // Code points, as JSON Schema counts: no tower of accents passes for one character. There are at most as many as
        // bytes, so counting them is only needed for long texts.
        if text.utf8.count > max, text.unicodeScalars.count > max {
            return report(.teLang, place, "Hoogstens \(max) tekens.")
        }
        let hasControl = text.unicodeScalars.contains { scalar in
            let isBreak = !isLine && (scalar == "\n" || scalar == "\r" || scalar == "\t")
            return (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)) && !isBreak
                || scalar.value == 0x2028 || scalar.value == 0x2029
                || scalar.properties.generalCategory == .format && scalar.isBidirectionalControl
        }
        if hasControl { report(.ongeldigeWaarde, place, "Dit veld bevat stuurtekens; die zijn niet toegestaan.") }
    }

    private mutating func report(_ code: EventProblem.Code, _ place: String, _ message: String) {
        problems.append(EventProblem(code, at: place, message))
    }
}

extension UInt8 {
    fileprivate var isASCIILetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    fileprivate var isReferenceCharacter: Bool {
        isASCIILetter || (0x30...0x39).contains(self) || self == UInt8(ascii: ".") || self == UInt8(ascii: "_")
            || self == UInt8(ascii: "-")
    }
}

extension Unicode.Scalar {
    /// Characters that reorder the text around them and so can make a document read differently from what was checked.
    fileprivate var isBidirectionalControl: Bool {
        (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    }
}
