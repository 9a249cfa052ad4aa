// SPDX-License-Identifier: EUPL-1.2
import Sandbox
public import Values

/// The gateway answered something else than the test needs to go on.
public struct Unexpected: Error, CustomStringConvertible {
    public let description: String

    public init(_ reply: Reply, _ what: String) {
        description = "\(what): \(reply.status) \(reply.text.prefix(500))"
    }
}

/// The API as its users see it.
extension RunningSite {
    /// One request over a connection of its own.
    public func send(_ request: Request, as asker: Asker) async throws -> Reply {
        try await DoorClient().send(request.authorised(token(of: asker)), to: address)
    }

    /// Sends until it is answered, over any number of restarts. A connection that is lost while nobody killed the gateway is a failure.
    public func insist(on request: Request, with client: DoorClient) async throws -> Reply {
        while true {
            let (started, address) = (starts.count, address)
            do {
                return try await client.send(request, to: address)
            } catch let lost as DoorLost {
                guard await starts.reaches(started + 1) else { throw lost }
            }
        }
    }

    /// Submits, and answers the event's number.
    /// - Throws: `Unexpected` for anything but 202.
    @discardableResult
    public func submit(_ event: JSONValue, as asker: Asker) async throws -> Int {
        let reply = try await send(.event(event), as: asker)
        guard reply.status == 202, let number = reply.event else { throw Unexpected(reply, "submit") }
        return number
    }

    /// - Throws: `Unexpected` for anything but 200.
    public func get(_ path: String, as asker: Asker) async throws -> JSONValue {
        let reply = try await send(.get(path), as: asker)
        guard reply.status == 200 else { throw Unexpected(reply, path) }
        return reply.json
    }

    /// What became of an event.
    public func event(_ number: Int, as asker: Asker = .meldingsbevoegde) async throws -> JSONValue {
        try await get("/v1/gebeurtenissen/\(number)", as: asker)
    }

    public func delivery(_ number: Int) async throws -> Delivery {
        Delivery(try await get("/v1/afleveringen/\(number)", as: .meldingsbevoegde))
    }

    /// The one delivery of an event.
    public func delivery(ofEvent number: Int) async throws -> Delivery {
        let deliveries = try await event(number)["afleveringen"]?.array ?? []
        guard deliveries.count == 1, let only = deliveries.first else {
            throw Overdue("one delivery of event \(number); it has \(deliveries.count)")
        }
        return Delivery(only)
    }

    /// The delivery as soon as it is in that state.
    @discardableResult
    public func delivery(_ number: Int, becomes state: String, within time: Duration = .seconds(30)) async throws
        -> Delivery
    {
        try await eventually("delivery \(number) to become \(state)", within: time) {
            let delivery = try await delivery(number)
            return delivery.state == state ? delivery : nil
        }
    }

    /// Submits a registration and lets the meldingsbevoegde confirm it; answers the delivery's number.
    public func confirmedRegistration(_ event: JSONValue) async throws -> Int {
        let delivery = try await delivery(ofEvent: try await submit(event, as: .system))
        let reply = try await send(.act(delivery.number, "bevestiging"), as: .meldingsbevoegde)
        guard reply.status == 202 else { throw Unexpected(reply, "confirm") }
        return delivery.number
    }

    /// A whole list, page by page.
    public func all(_ name: String, query: String = "") async throws -> [JSONValue] {
        var from = 0
        var found: [JSONValue] = []
        while true {
            let page = try await get("/v1/\(name)?aantal=200&vanaf=\(from)\(query)", as: .meldingsbevoegde)
            found += page[name]?.array ?? []
            guard let next = page["volgendeVanaf"]?.integer else { return found }
            from = next
        }
    }

    public func deliveries() async throws -> [Delivery] {
        try await all("afleveringen").map(Delivery.init)
    }

    /// The entries of the disclosure log, of one delivery or all.
    public func entries(of delivery: Int? = nil) async throws -> [LogEntry] {
        try await all("verstrekkingen", query: delivery.map { "&aflevering=\($0)" } ?? "").map(LogEntry.init)
    }

    /// Returns when nothing is queued or under way any more.
    public func settles(within time: Duration = .seconds(60)) async throws {
        for state in ["inWachtrij", "wordtVerzonden"] {
            try await eventually("no delivery to be \(state)", within: time) {
                let left = try await get("/v1/afleveringen?status=\(state)&aantal=1", as: .meldingsbevoegde)
                return left["afleveringen"]?.array?.isEmpty == true ? true : nil
            }
        }
    }

    /// `disclosures verify --deep`; what it complained about, nothing when it is clean.
    public func verify() async throws -> String {
        let answer = try await cli(["disclosures", "verify", "--deep"], mayFail: true)
        return answer.status == 0 && answer.output.contains("in orde") && !answer.output.contains("NIET")
            ? "" : answer.output + answer.errors
    }
}

/// A delivery as the API shows it.
public struct Delivery: Sendable {
    public let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    public var number: Int { json["nummer"]?.integer ?? 0 }
    public var event: Int { json["gebeurtenis"]?.integer ?? 0 }
    public var state: String { json["status"]?.string ?? "" }
    public var reason: String? { json["reden"]?.string }
    public var recipient: String { json["ontvanger"]?.string ?? "" }
    public var attempts: Int { json["pogingen"]?.integer ?? 0 }
    public var warning: String? { json["waarschuwing"]?.string }
}

/// An entry of the disclosure log as the API shows it.
public struct LogEntry: Sendable {
    public let json: JSONValue

    init(_ json: JSONValue) { self.json = json }

    /// `voornemen`, `uitkomst` or `achterafVastgelegd`.
    public var kind: String { json["soort"]?.string ?? "" }
    /// The key that the counterpart sees too.
    public var key: String { json["aflevering"]?.string ?? "" }
    public var delivery: Int { json["afleveringsnummer"]?.integer ?? 0 }
    public var attempt: Int { json["poging"]?.integer ?? 0 }
    public var outcome: String? { json["uitkomst"]?.string }
    public var time: Timestamp? { json["tijdstip"]?.string.flatMap { Timestamp($0) } }
}
