// SPDX-License-Identifier: EUPL-1.2
public import Values

/// A case event that fits its schema: the full case, which no adapter can name.
public struct CaseEvent: Sendable, Hashable {
    /// CloudEvents `id`; with `source` it makes the event unique.
    public let id: String
    /// CloudEvents `source`, a URI reference.
    public let source: String
    public let type: EventType
    /// When the source says it was logged (NL GOV profile).
    public let time: Timestamp?
    /// W3C Trace Context, valid or absent.
    public let traceparent: String?
    /// Fits `type.schema`.
    public let data: JSONValue

    /// What stands before the reference of a publication where a case has its own: no case's reference can begin like it.
    private static let publicationMark = "publicatie:"

    /// The school's own reference of the case. What has none (a publication, a rung of the ladder, a yearly task) has its own
    /// reference there, in a form that no case can have, so that what belongs together keeps its order.
    public let zaak: String
    public let school: BRIN

    /// Makes an event from parts, or tells every problem of its attributes and data.
    public init(
        id: String, source: String, type: EventType, time: Timestamp? = nil, traceparent: String? = nil, data: JSONValue
    ) throws(EventProblems) {
        let problems = type.schema.problems(in: data)
        guard problems.isEmpty else { throw EventProblems(problems) }
        try self.init(id: id, source: source, type: type, time: time, traceparent: traceparent, fitting: data)
    }

    /// Makes an event of data that was found to fit the schema of its type.
    init(
        id: String, source: String, type: EventType, time: Timestamp?, traceparent: String?, fitting data: JSONValue
    ) throws(EventProblems) {
        let other =
            data["publicatie"]?.string.map { Self.publicationMark + $0 }
            ?? data["opschaling"]?.string.map { "opschaling:\($0)" }
            ?? (type == .verplichtingBijgewerkt ? data["verplichting"]?.integer.map { "verplichting:\($0)" } : nil)
        guard let zaak = data["zaak"]?.string ?? other else {
            throw EventProblems([
                EventProblem(.veldOntbreekt, at: "/data/zaak", "Noem de zaak, of bij een publicatie de publicatie.")
            ])
        }
        guard let school = data["school"]?.string.flatMap(BRIN.init) else {
            throw EventProblems([])
        }
        self.id = id
        self.source = source
        self.type = type
        self.time = time
        self.traceparent = traceparent
        self.data = data
        self.zaak = zaak
        self.school = school
    }

    /// The publication that it is about; nil for a case.
    public var publication: String? {
        zaak.hasPrefix(Self.publicationMark) ? String(zaak.dropFirst(Self.publicationMark.count)) : nil
    }

    /// The event as a structured CloudEvent: what is journalled, and compared when the same id comes again.
    ///
    /// The trace context is left out: a sender that repeats itself starts a new trace, and that makes no other event.
    public var structured: JSONValue {
        var members: [String: JSONValue] = [
            "specversion": "1.0", "id": .string(id), "source": .string(source), "type": .string(type.rawValue),
            "data": data,
        ]
        if let time { members["time"] = .string(time.description) }
        return .object(members)
    }

    /// The 32 hexadecimal digits of the trace, if the sender gave one.
    public var traceID: String? {
        traceparent.map { String($0.dropFirst(3).prefix(32)) }
    }
}

/// Everything that is wrong with one event.
public struct EventProblems: Error, Sendable, Hashable {
    public let problems: [EventProblem]

    public init(_ problems: [EventProblem]) {
        self.problems = problems
    }
}
