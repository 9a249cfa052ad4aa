// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Synchronization
import Testing
import Values
import Web

/// Every status that the document promises is really given, and no other.
@Suite struct StatusTests {
    @Test func everyDocumentedStatusIsProduced() async throws {
        try await TestDoor.open { door in
            var seen: [String: Set<Int>] = [:]
            func note(_ route: RouteSummary, _ reply: Reply) {
                seen["\(route.method) \(route.path)", default: []].insert(reply.status)
            }
            for route in MeldpoortServer.routes {
                for request in Self.commonRequests(for: route, door) { note(route, try await door.send(request)) }
            }
            for step in try await Self.story(door) { seen[step.route, default: []].insert(step.status) }

            door.store.turn(on: false)
            door.clock.advance(seconds: 5)
            door.reasons.withLock { $0 = ["De opslag is vol."] }
            for route in MeldpoortServer.routes where route.needsToken || route.path == "/health/ready" {
                note(route, try await door.send(Self.plain(route, door)))
            }
            door.store.turn(on: true)

            for route in MeldpoortServer.routes {
                let name = "\(route.method) \(route.path)"
                if Self.elsewhere.contains(name) {
                    #expect(seen[name]?.isSubset(of: route.statuses) == true, "\(name)")
                } else {
                    #expect(seen[name] == route.statuses, "\(name)")
                }
            }
        }
    }

    /// Routes that need mail, a register or figures: their own answers are seen in the tests of those. Here nothing undocumented.
    private static let elsewhere: Set<String> = [
        "POST /v1/leerlingopvragingen", "GET /v1/cijfers/incidenten", "GET /v1/cijfers/meldcode",
        "GET /v1/cijfers/scholen/{brin}", "GET /v1/cijfers/jaarverslag", "GET /v1/post", "GET /v1/post/{id}",
        "GET /v1/post/{id}/bijlagen/{bijlage}", "POST /v1/post/{id}/oordeel",
    ]

    // MARK: - What every route answers

    private static func path(_ route: RouteSummary) -> String {
        route.path.replacing("{id}", with: "999999").replacing("{type}", with: "nl.meldcode.onbekend.v1")
    }

    private static func plain(_ route: RouteSummary, _ door: TestDoor) -> HTTPText {
        var request = HTTPText(method: route.method, path: path(route))
        request.headers = door.bearer(route.path == "/metrics" ? .system : .responsible)
        if route.path == "/v1/gebeurtenissen" || route.path == "/v1/beoordelingen" {
            request.headers.append(("Content-Type", "application/cloudevents+json"))
            request.body = Sample.concern().canonicalBytes
        } else if route.path.hasSuffix("acties") {
            request.headers.append(("Content-Type", "application/json"))
            request.body = Array("{\"actie\":\"gedaan\",\"reden\":\"gedaan\"}".utf8)
        } else if route.path.hasSuffix("afsluiting") {
            request.headers.append(("Content-Type", "application/json"))
            request.body = Array("{\"verstrekt\":false}".utf8)
        }
        return request
    }

    private static func commonRequests(for route: RouteSummary, _ door: TestDoor) -> [HTTPText] {
        var requests: [HTTPText] = []
        func add(_ change: (inout HTTPText) -> Void) {
            var request = plain(route, door)
            change(&request)
            requests.append(request)
        }
        add { $0.path += "?onbekend=1" }
        add { $0.headers.append(("Accept", "image/png")) }
        add { $0.path += "?" + String(repeating: "a", count: 2_100) }
        if route.needsToken { add { $0.headers = [] } }
        if route.path.contains("{") { add { _ in } }
        if route.method == "POST" {
            add { $0.headers = $0.headers.filter { $0.0 != "Content-Type" } + [("Content-Type", "text/plain")] }
            add {
                $0.headers =
                    $0.headers.filter { $0.0 != "Content-Type" } + [
                        ("Content-Type", "application/json"), ("Content-Length", "\(2 << 20)"), ("Connection", "close"),
                    ]
                $0.body = []
                $0.hasLength = false
            }
        }
        return requests
    }

    // MARK: - What each route answers by itself

    typealias Step = (route: String, status: Int)

    /// Two reports and two registrations on their whole way, with every refusal that belongs to them.
    private static func story(_ door: TestDoor) async throws -> [Step] {
        var steps: [Step] = []
        func step(_ route: String, _ reply: Reply) {
            steps.append((route, reply.status))
        }
        let submit = "POST /v1/gebeurtenissen"
        step(submit, try await door.submit(Sample.report()))
        step(submit, try await door.submit(Sample.report(), as: .narrowSystem))
        step(submit, try await door.submit(Sample.concern(id: "a-1")))
        step(submit, try await door.submit(Sample.concern(id: "a-1", signaal: "Anders.")))
        let delivery = try await firstDelivery(door)
        for who in [TestDoor.Who.responsible, .teacher] {
            step(
                "GET /v1/casussen/{zaak}", try await door.get("/v1/casussen/zaak-1?school=01AB", as: who))
            step("GET /v1/verplichtingen", try await door.get("/v1/verplichtingen", as: who))
        }

        let act = { (name: String, who: TestDoor.Who, body: JSONValue?) async throws in
            step(
                "POST /v1/afleveringen/{id}/\(name)",
                try await door.post("/v1/afleveringen/\(delivery)/\(name)", body, as: who))
        }
        try await act("vrijgave", .responsible, nil)  // not confirmed yet: 409
        try await act("bevestiging", .teacher, nil)
        try await act("bevestiging", .responsible, ["rol": "aandachtsfunctionaris"])
        try await act("bevestiging", .responsible, nil)  // again: 409
        try await act("vrijgave", .system, nil)
        try await act("afsluiting", .responsible, ["verstrekt": true])  // not released yet: 409
        try await act("vrijgave", .responsible, nil)
        try await act("annulering", .responsible, nil)  // released: 409
        try await act("afsluiting", .teacher, ["verstrekt": true])
        try await act(
            "afsluiting", .responsible,
            ["verstrekt": true, "wijze": "telefoon", "tijdstip": "2026-11-05T10:00:00+01:00"])
        try await act("herkansing", .responsible, nil)  // arrived: 409
        try await act("herkansing", .teacher, nil)

        step("GET /v1/gebeurtenissen/{id}", try await door.get("/v1/gebeurtenissen/1"))
        step("GET /v1/afleveringen", try await door.get("/v1/afleveringen"))
        step("GET /v1/afleveringen/{id}", try await door.get("/v1/afleveringen/\(delivery)"))
        step("GET /v1/verstrekkingen", try await door.get("/v1/verstrekkingen", as: .responsible))
        step("GET /v1/verstrekkingen", try await door.get("/v1/verstrekkingen"))
        let explain = "POST /v1/beoordelingen"
        let type = "application/cloudevents+json"
        step(explain, try await door.post("/v1/beoordelingen", Sample.report(), type: type))
        step(explain, try await door.post("/v1/beoordelingen", Sample.report(), as: .narrowSystem, type: type))
        for path in ["/v1/schemas", "/v1/openapi.json", "/health/live", "/health/ready", "/metrics"] {
            step("GET \(path)", try await door.get(path))
        }
        step("GET /metrics", try await door.get("/metrics", as: .responsible))
        let schema = try await door.get("/v1/schemas/nl.meldcode.zorg-gesignaleerd.v1")
        step("GET /v1/schemas/{type}", schema)
        return steps + (try await registration(door)) + (try await owed(door))
    }

    /// A registration that the counterpart refuses, is tried again, and is then cancelled.
    private static func registration(_ door: TestDoor) async throws -> [Step] {
        var steps: [Step] = []
        _ = try await door.submit(Sample.registration())
        let list = try await door.get("/v1/afleveringen?ontvanger=vi", as: .responsible)
        let delivery = try #require(list.json?["afleveringen"]?.array?.last?["nummer"]?.integer)
        _ = try await door.post("/v1/afleveringen/\(delivery)/bevestiging", as: .responsible)
        await door.store.waitUntil(.rejected)
        let retried = try await door.post("/v1/afleveringen/\(delivery)/herkansing", as: .responsible)
        steps.append(("POST /v1/afleveringen/{id}/herkansing", retried.status))
        await door.store.waitUntil(.rejected)
        for who in [TestDoor.Who.teacher, .responsible] {
            let cancelled = try await door.post("/v1/afleveringen/\(delivery)/annulering", as: who)
            steps.append(("POST /v1/afleveringen/{id}/annulering", cancelled.status))
        }
        return steps
    }

    /// An obstacle that is seen and done with, and a mistake with each.
    private static func owed(_ door: TestDoor) async throws -> [Step] {
        let barrier = Sample.event("drempel-gemeld", ["van": "vt", "datum": "2026-11-20", "soort": "nietGehoord"])
        _ = try await door.submit(barrier, as: .responsible)
        var filter = OwedFilter()
        filter.kinds = [.drempel]
        let number = try #require(try await door.store.owedItems(filter).first?.id)
        let path = "/v1/verplichtingen/\(number)"
        var steps: [Step] = []
        for who in [TestDoor.Who.responsible, .system] {
            steps.append(("GET /v1/verplichtingen/{id}", try await door.get(path, as: who).status))
        }
        func act(_ reason: JSONValue, _ who: TestDoor.Who) async throws {
            let reply = try await door.post("\(path)/acties", ["actie": "gedaan", "reden": reason], as: who)
            steps.append(("POST /v1/verplichtingen/{id}/acties", reply.status))
        }
        try await act("iets", .responsible)
        try await act("gedaan", .system)
        // Somebody else was just before.
        door.store.refuseChanges(.owedChanged(number))
        try await act("gedaan", .responsible)
        door.store.refuseChanges(nil)
        try await act("gedaan", .responsible)
        return steps
    }

    private static func firstDelivery(_ door: TestDoor) async throws -> Int {
        let reply = try await door.get("/v1/afleveringen?ontvanger=vt")
        return try #require(reply.json?["afleveringen"]?.array?.first?["nummer"]?.integer)
    }
}
