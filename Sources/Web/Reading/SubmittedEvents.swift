// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Gateway
import HTTPTypes
import Values

/// The events of one request, in any of the three forms of the CloudEvents HTTP binding.
struct SubmittedEvents: Sendable {
    /// How they were sent; the values are the words of the specification.
    enum Mode: Sendable {
        case structured
        case binary
        case batch

        /// By the content type alone, as the binding says; nil when it is none that Meldpoort reads.
        init?(contentType: String?) {
            guard let type = contentType.flatMap({ MediaType($0) }), type.isJSON else { return nil }
            switch type.essence {
            case "application/cloudevents+json": self = .structured
            case "application/cloudevents-batch+json": self = .batch
            default:
                guard !type.essence.hasPrefix("application/cloudevents") else { return nil }
                self = .binary
            }
        }
    }

    let mode: Mode
    let events: [CaseEvent]
    private let bytes: [UInt8]

    /// Reads the body once; tells everything that is wrong with all events at once.
    init(_ call: Call, mode: Mode, reader: CloudEventReader) async throws(Problem) {
        let bytes = try await call.body()
        let value: JSONValue
        switch StrictJSON.read(bytes, limits: call.limits) {
        case .success(let read): value = read
        case .failure(let problems): throw Problem(problems)
        }
        let parent = call.headers[.traceparent].flatMap { TraceContext.isValid($0) ? $0 : nil }
        self.mode = mode
        self.bytes = bytes
        switch mode {
        case .structured: events = [try Self.structured(value, parent, reader, bytes)]
        case .binary: events = [try Self.binary(value, call.headers, parent, reader, bytes)]
        case .batch:
            events = try Self.batch(
                value, parent, reader, bytes, maximum: call.services.configuration.maximumBatchEvents)
        }
    }

    /// Where the event at this position stands in the body: empty, or `/3`.
    func root(_ index: Int) -> String { mode == .batch ? "/\(index)" : "" }

    /// What the gateway refused about the event at this position, placed in the body as it was sent.
    func problem(_ error: GatewayError, at index: Int) -> Problem {
        var error = error
        if error == .noSuchDelivery {
            error = .invalid([EventProblem(.ongeldigeWaarde, at: "/data/aflevering", "Deze aflevering bestaat niet.")])
        }
        guard case .invalid(let found) = error else { return Problem(error) }
        var places = ProblemPlaces(in: bytes)
        var problem = Problem(error)
        problem.items = found.map { problem in
            let place =
                mode == .binary && problem.place.hasPrefix("/data")
                ? String(problem.place.dropFirst(5)) : root(index) + problem.place
            return places.locate(Problem.Item(problem.code.rawValue, at: place, problem.message))
        }
        return problem
    }

    // MARK: - The three forms

    private static func structured(
        _ value: JSONValue, _ parent: String?, _ reader: CloudEventReader, _ bytes: [UInt8]
    ) throws(Problem) -> CaseEvent {
        do {
            return try reader.structured(traced(value, by: parent))
        } catch {
            throw problem(error.problems, in: bytes)
        }
    }

    private static func binary(
        _ value: JSONValue, _ fields: HTTPFields, _ parent: String?, _ reader: CloudEventReader, _ bytes: [UInt8]
    ) throws(Problem) -> CaseEvent {
        let read = BinaryAttributes(fields)
        var attributes = read.values
        if let parent, attributes["traceparent"] == nil { attributes["traceparent"] = parent }
        do throws(EventProblems) {
            let event = try reader.binary(attributes: attributes, data: value)
            guard read.problems.isEmpty else { throw EventProblems(read.problems) }
            return event
        } catch {
            let told = Set(read.problems.map(\.place))
            let others = read.problems == error.problems ? [] : error.problems.filter { !told.contains($0.place) }
            throw problem(read.problems + others, in: bytes)
        }
    }

    private static func batch(
        _ value: JSONValue, _ parent: String?, _ reader: CloudEventReader, _ bytes: [UInt8], maximum: Int
    ) throws(Problem) -> [CaseEvent] {
        guard let elements = value.array else {
            throw Problem(.ongeldigeBundel, "Een bundel is een JSON-lijst van CloudEvents.")
        }
        guard !elements.isEmpty else { throw Problem(.ongeldigeBundel, "Deze bundel is leeg.") }
        guard elements.count <= maximum else {
            throw Problem(.ongeldigeBundel, "Een bundel heeft hoogstens \(maximum) gebeurtenissen.")
        }
        var events: [CaseEvent] = []
        var problems: [EventProblem] = []
        for (index, element) in elements.enumerated() {
            do throws(EventProblems) {
                events.append(try reader.structured(traced(element, by: parent), root: "/\(index)"))
            } catch {
                problems += error.problems
            }
        }
        guard problems.isEmpty else { throw problem(problems, in: bytes) }
        return events
    }

    /// The event with the trace context of the request, if it has none of its own.
    private static func traced(_ value: JSONValue, by parent: String?) -> JSONValue {
        guard let parent, var members = value.object, members["traceparent"] == nil else { return value }
        members["traceparent"] = .string(parent)
        return .object(members)
    }

    private static func problem(_ problems: [EventProblem], in bytes: [UInt8]) -> Problem {
        var places = ProblemPlaces(in: bytes)
        return Problem(
            .ongeldigeGebeurtenis, "Er is niets bewaard. Herstel wat bij “problemen” staat en stuur opnieuw.",
            items: problems.prefix(Problem.maximumItems + 1).map { places.locate(Problem.Item($0)) })
    }
}

extension HTTPField.Name {
    /// W3C Trace Context.
    static let traceparent = HTTPField.Name("traceparent") ?? .via
}
