// SPDX-License-Identifier: EUPL-1.2
public import Values

/// Reads CloudEvents 1.0 (NL GOV profile) in the form that the HTTP binding gives them, and refuses what the profile
/// forbids: personal data in context attributes above all, since anybody on the way may log those.
public struct CloudEventReader: Sendable {
    /// What the configuration says about a source.
    public struct Source: Sendable, Hashable {
        public let uri: String
        /// Its ids are running numbers, so nine digits that pass the eleven-test mean nothing (practice 16).
        public let idsAreRunningNumbers: Bool

        public init(uri: String, idsAreRunningNumbers: Bool) {
            self.uri = uri
            self.idsAreRunningNumbers = idsAreRunningNumbers
        }
    }

    private let sources: [String: Source]

    public init(sources: [Source]) {
        self.sources = Dictionary(sources.map { ($0.uri, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Attributes that may accompany an event besides the required ones.
    private static let knownAttributes: Set<String> = [
        "specversion", "id", "source", "type", "time", "datacontenttype", "dataschema", "traceparent", "tracestate",
        "sequence", "sequencetype",
    ]

    /// Reads one event in structured mode. Places are pointers below `root` (`""`, or `"/3"` in a batch).
    public func structured(_ value: JSONValue, root: String = "") throws(EventProblems) -> CaseEvent {
        guard let members = value.object else {
            throw EventProblems([EventProblem(.verkeerdType, at: root, "Een CloudEvent is een JSON-object.")])
        }
        var attributes: [String: String] = [:]
        var problems: [EventProblem] = []
        for (name, member) in members where name != "data" {
            if let text = member.string {
                attributes[name] = text
            } else if name == "data_base64" || member != .null {
                problems.append(
                    EventProblem(
                        .ongeldigAttribuut, at: "\(root)/\(Self.quotable(name))",
                        "Dit contextattribuut hoort tekst te zijn."))
            }
        }
        return try read(
            attributes: attributes, data: members["data"], problems: problems, place: { "\(root)/\($0)" },
            dataPlace: "\(root)/data")
    }

    /// Reads one event in binary mode: attributes from `ce-` headers (already percent-decoded), the body as its data.
    public func binary(attributes: [String: String], data: JSONValue) throws(EventProblems) -> CaseEvent {
        try read(attributes: attributes, data: data, problems: [], place: { "ce-\($0)" }, dataPlace: "")
    }

    private func read(
        attributes: [String: String], data: JSONValue?, problems: [EventProblem], place: (String) -> String,
        dataPlace: String
    ) throws(EventProblems) -> CaseEvent {
        var problems = problems
        let reported = Set(problems.map(\.place))
        for name in ["specversion", "id", "source", "type"]
        where attributes[name, default: ""].isEmpty && !reported.contains(place(name)) {
            problems.append(
                EventProblem(.attribuutOntbreekt, at: place(name), "Het contextattribuut “\(name)” ontbreekt."))
        }
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            problems += self.problems(
                attribute: name, value: value, source: attributes["source"], at: place(Self.quotable(name)))
        }
        let type = attributes["type"].flatMap(EventType.init(rawValue:))
        if let type {
            if let data {
                problems += type.schema.problems(in: data, root: dataPlace)
            } else {
                problems.append(
                    EventProblem(.veldOntbreekt, at: dataPlace, "De gegevens van de gebeurtenis (data) ontbreken."))
            }
        }
        guard problems.isEmpty, let type, let data, let id = attributes["id"], let source = attributes["source"] else {
            throw EventProblems(problems)
        }
        return try CaseEvent(
            id: id, source: source, type: type, time: attributes["time"].flatMap(Timestamp.init),
            traceparent: attributes["traceparent"].flatMap { TraceContext.isValid($0) ? $0 : nil }, fitting: data)
    }

    private func problems(attribute name: String, value: String, source: String?, at place: String) -> [EventProblem] {
        guard Self.knownAttributes.contains(name) else {
            return [EventProblem(.onbekendAttribuut, at: place, Self.unknownAttributeMessage(name))]
        }
        if value.isEmpty, ["specversion", "id", "source", "type"].contains(name) { return [] }
        if let message = Self.formProblem(attribute: name, value: value) {
            return [EventProblem(name == "time" ? .ongeldigTijdstip : .ongeldigAttribuut, at: place, message)]
        }
        if name == "type", EventType(rawValue: value) == nil { return [Self.unknownType(value, at: place)] }
        if name == "source", sources[value] == nil {
            return [EventProblem(.bronNietToegestaan, at: place, "Deze bron staat niet in de configuratie (sources).")]
        }
        let hasRunningNumbers = source.flatMap { sources[$0] }?.idsAreRunningNumbers ?? false
        let isExempt =
            ["time", "traceparent", "specversion", "type"].contains(name) || (name == "id" && hasRunningNumbers)
        if !isExempt, !UUIDText.isUUID(value), BSN.isPresent(inContextValue: value) {
            return [
                EventProblem(
                    .persoonsgegevenInContext, at: place,
                    "Dit contextattribuut bevat een burgerservicenummer. Contextattributen worden onderweg gelogd; gebruik een UUID."
                )
            ]
        }
        return []
    }

    private static func formProblem(attribute name: String, value: String) -> String? {
        // W3C Trace Context: a list of vendors' members of at least 512 characters, whose keys may hold an `@`.
        let isVendors = name == "tracestate"
        guard value.utf8.count <= (isVendors ? 1_024 : 256) else {
            return "Een contextattribuut heeft hoogstens \(isVendors ? 1_024 : 256) tekens."
        }
        guard value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else {
            return "Een contextattribuut bevat geen stuurtekens."
        }
        if value.contains("@"), !isVendors { return "Een contextattribuut bevat geen e-mailadres." }
        switch name {
        case "specversion": return value == "1.0" ? nil : "Meldpoort leest CloudEvents 1.0."
        case "time": return Timestamp(value) == nil ? "Geen bestaand tijdstip volgens RFC 3339." : nil
        case "datacontenttype":
            return MediaType(value)?.isJSON == true ? nil : "De gegevens horen JSON te zijn (application/json)."
        case "id", "source", "dataschema":
            return value.utf8.contains(0x20) ? "Dit contextattribuut bevat geen spaties." : nil
        default: return nil
        }
    }

    private static func unknownAttributeMessage(_ name: String) -> String {
        switch name {
        case "subject":
            "“subject” wordt niet aangenomen: het zou een persoon kunnen noemen, en contextattributen worden onderweg gelogd."
        case "data_base64": "Gegevens als base64 worden niet aangenomen; stuur ze als JSON in “data”."
        default: "Dit contextattribuut kent Meldpoort niet."
        }
    }

    private static func unknownType(_ value: String, at place: String) -> EventProblem {
        let stem = value.split(separator: ".").dropLast().joined(separator: ".")
        let hasOtherVersion = EventType.allCases.contains {
            $0.rawValue.split(separator: ".").dropLast().joined(separator: ".") == stem
        }
        if hasOtherVersion {
            return EventProblem(
                .onbekendeVersie, at: place, "Deze versie van het type bestaat niet; zie /v1/schemas voor de versies.")
        }
        var message = "Dit type gebeurtenis bestaat niet."
        if let nearest = Suggestion.nearest(to: value, among: EventType.allCases.map(\.rawValue)) {
            message += " Bedoelt u “\(nearest)”?"
        }
        return EventProblem(.onbekendType, at: place, message)
    }

    /// An attribute's name if it is one that CloudEvents allows; anything else, and a BSN, is not repeated.
    private static func quotable(_ name: String) -> String {
        let isPlain =
            (1...20).contains(name.utf8.count) && !BSN.isPresent(inContextValue: name)
            && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        return isPlain ? name : "(onbekend)"
    }
}
