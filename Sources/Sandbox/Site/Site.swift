// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// A strict HTTPS site on 127.0.0.1, the ground under every counterpart that is written from a published description.
///
/// A request that the description does not allow is answered with an error in the counterpart's own form and is written
/// down as a violation, so that a test can demand that there are none.
public final class Site: Sendable {
    private let counterpart: IndexCounterpart
    private let desk: SiteDesk

    /// - Parameter refuse: The answer to an objection, in the counterpart's own form; headers of the objection are added.
    init(
        security: ServerSecurity, port: Int?, routes: [SiteRoute],
        refuse: @escaping @Sendable (Objection) -> IndexAnswer
    ) {
        let desk = SiteDesk(routes: routes, refuse: refuse)
        self.desk = desk
        counterpart = IndexCounterpart(
            security: security, behaviour: .byRequest { request, _ in desk.answer(request) }, port: port)
    }

    /// Starts to listen.
    ///
    /// - Throws: `SandboxError.unusableIdentity` or `.cannotListen`.
    public func start() async throws { try await counterpart.start() }

    /// Stops to listen and cuts every connection; it can be started again at the same port.
    public func stop() async { await counterpart.stop() }

    /// Cuts the connections there are and goes on listening.
    public func dropConnections() async { await counterpart.dropConnections() }

    /// Its port; 0 before the first start when none was given.
    public var port: Int { counterpart.port }

    /// `https://127.0.0.1:<port>`.
    public var baseURL: String { counterpart.baseURL }

    /// The requests so far, byte for byte.
    public var requests: [RecordedRequest] { counterpart.requests }

    /// How many requests came.
    public var count: Int { counterpart.count }

    /// How many connections ended in a TLS error, such as a missing client certificate.
    public var refusedConnections: Int { counterpart.refusedConnections }

    /// Returns when `count` is at least `wanted`, with the requests so far.
    ///
    /// - Throws: `SandboxError.timedOut`, also when the task is cancelled.
    @discardableResult
    public func waitForRequests(_ wanted: Int, timeout: Duration) async throws -> [RecordedRequest] {
        try await counterpart.waitForRequests(wanted, timeout: timeout)
    }

    /// What senders did against the published description, in order: method, path template, and the rule that was broken.
    /// Holds no values.
    public var violations: [String] { desk.state.withLock { $0.violations } }

    /// How often each route was asked, by name: `POST /sites/{site-id}/pages`.
    public var counts: [String: Int] { desk.state.withLock { $0.counts } }

    /// Where made-up pupils' data stand in a URL: `request 3: achternaam`. Looks at every request of the record.
    public func personalDataInURLs(of register: MadeUpRegister) -> [String] {
        requests.flatMap { request in
            register.fields(in: request.target).map { "request \(request.ordinal): \($0)" }
        }
    }

    /// Empties the record of requests, the violations and the counts; faults stay.
    public func forget() {
        counterpart.forget()
        desk.state.withLock { state in
            state.violations = []
            state.counts = [:]
        }
    }

    /// Lets the next requests fail, one fault each; afterwards all is well again.
    ///
    /// - Parameter route: Only requests to this route, such as `POST /sites/{site-id}/pages`; nil for any.
    public func fail(_ route: String? = nil, _ faults: [SiteFault]) {
        desk.state.withLock { $0.faults[route ?? "", default: []] += faults }
    }

    /// Lets every request be answered so until `recover()`; the only way to hang up before the body is read.
    public func fail(always answer: IndexAnswer) { counterpart.behaviour = .always(answer) }

    /// Ends all faults.
    public func recover() {
        desk.state.withLock { $0.faults = [:] }
        counterpart.behaviour = .byRequest { [desk] request, _ in desk.answer(request) }
    }
}

/// What all connections of a site share.
final class SiteDesk: Sendable {
    struct State {
        var violations: [String] = []
        var counts: [String: Int] = [:]
        /// By route; under the empty name those for any route.
        var faults: [String: [SiteFault]] = [:]

        mutating func takeFault(_ route: String) -> SiteFault? {
            for name in [route, ""] {
                if let first = faults[name]?.first {
                    faults[name]?.removeFirst()
                    return first
                }
            }
            return nil
        }
    }

    let state = Mutex(State())
    private let routes: [SiteRoute]
    private let refuse: @Sendable (Objection) -> IndexAnswer

    init(routes: [SiteRoute], refuse: @escaping @Sendable (Objection) -> IndexAnswer) {
        self.routes = routes
        self.refuse = refuse
    }

    func answer(_ recorded: RecordedRequest) -> IndexAnswer {
        guard let request = SiteRequest(recorded) else {
            return object(Objection(400, "invalidRequest", "the request target cannot be read"), at: recorded.method)
        }
        let found = routes.compactMap { route in route.places(in: request.segments).map { (route, $0) } }
        guard let (route, places) = found.first(where: { $0.0.method == recorded.method }) else {
            return object(unknown(found.map(\.0)), at: recorded.method)
        }
        let fault = state.withLock { state in
            state.counts[route.name, default: 0] += 1
            return state.takeFault(route.name)
        }
        if case .instead(let answer) = fault { return answer }
        var placed = request
        placed.places = places
        let right = answer(placed, route)
        switch fault {
        case .afterEffect(let answer): return answer
        case .late(let time): return .delay(time, then: right)
        default: return right
        }
    }

    private func answer(_ request: SiteRequest, _ route: SiteRoute) -> IndexAnswer {
        do throws(Objection) {
            try route.check(request)
            return try route.handler(request)
        } catch {
            return object(error, at: route.name)
        }
    }

    private func unknown(_ others: [SiteRoute]) -> Objection {
        guard !others.isEmpty else { return Objection(404, "notFound", "no such path") }
        let allowed = Set(others.map(\.method)).sorted().joined(separator: ", ")
        return Objection(405, "notAllowed", "another method is allowed there", headers: [.init("Allow", allowed)])
    }

    private func object(_ objection: Objection, at place: String) -> IndexAnswer {
        if objection.isViolation {
            state.withLock { $0.violations.append("\(place): \(objection.what)") }
        }
        guard let plain = refuse(objection).plain else { return refuse(objection) }
        return .response(
            status: plain.status, headers: plain.headers + objection.headers, body: plain.body)
    }
}

extension IndexAnswer {
    /// A JSON answer.
    static func json(_ status: Int, _ value: SiteJSON, type: String = "application/json") -> IndexAnswer {
        .response(status: status, headers: [.init("Content-Type", type)], body: value.bytes)
    }

    /// 204.
    static var noContent: IndexAnswer { .response(status: 204, headers: [], body: []) }
}
