// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import HTTPTypes
import HummingbirdCore
import NIOCore

/// Answers every request: finds its route, asks who is there, and turns whatever is wrong into a problem.
struct Door: Sendable {
    static let maximumPathBytes = 2_048

    let services: WebServices
    let authenticator: Authenticator
    let headers: StandardHeaders
    let log: AccessLog
    private let table: RouteTable

    init(services: WebServices, authenticator: Authenticator, routes: [Route], log: AccessLog) {
        self.services = services
        self.authenticator = authenticator
        self.log = log
        headers = StandardHeaders(hasTLS: services.configuration.tls != nil)
        table = RouteTable(routes)
    }

    /// What the access log tells about a request.
    private struct Trail {
        var route: Route?
        var tokenID: String?
    }

    func respond(to request: Request) async -> Response {
        let start = ContinuousClock.now
        var trail = Trail()
        let answer: Answer
        do {
            answer = try await self.answer(request, &trail)
        } catch {
            answer = error.answer
            count(error, on: trail.route)
        }
        let size = answer.body.count
        log.write(
            method: request.method, route: trail.route?.path.template, status: answer.status.code, since: start,
            tokenID: trail.tokenID)
        let body =
            request.method == .head || size == 0
            ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        return Response(status: answer.status, headers: headers.fields(for: answer), body: body)
    }

    private func answer(_ request: Request, _ trail: inout Trail) async throws(Problem) -> Answer {
        let target = request.head.path ?? "/"
        guard target.utf8.count <= Self.maximumPathBytes else {
            throw Problem(.adresTeLang, "Een adres heeft hoogstens \(Self.maximumPathBytes) tekens.")
        }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let (entry, parameters) = table.find(parts.first.map(String.init) ?? "/") else { throw .notFound }
        guard let route = entry.routes[request.method == .head ? .get : request.method] else {
            throw Self.wrongMethod(entry)
        }
        trail.route = route
        let query = parts.count == 2 ? parts[1] : nil
        switch route.action {
        case .open(let act):
            return try await act(call(route, request, parameters, query))
        case .authenticated(let act):
            let principal = try await principal(of: request)
            trail.tokenID = principal.tokenID
            return try await act(call(route, request, parameters, query), principal)
        }
    }

    private func call(
        _ route: Route, _ request: Request, _ parameters: [String], _ query: Substring?
    ) throws(Problem) -> Call {
        guard route.isAcceptable(request.headers[.accept]) else {
            throw Problem(.antwoordvormNietMogelijk, "Dit adres antwoordt met \(route.success.mediaType).")
        }
        return Call(
            request: request, parameters: parameters, query: try Query(query, parameters: route.query),
            services: services)
    }

    private func principal(of request: Request) async throws(Problem) -> Principal {
        guard let header = request.headers[.authorization] else { throw .notAuthenticated }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .notAuthenticated }
        let found: Principal?
        do {
            found = try await authenticator.principal(bearer: String(parts[1]))
        } catch {
            throw Problem(error)
        }
        guard let found else { throw .notAuthenticated }
        return found
    }

    private func count(_ problem: Problem, on route: Route?) {
        guard case .events = route?.body ?? .none else { return }
        services.gateway.metrics.count("meldpoort_events_refused_total", ("probleem", problem.kind.rawValue))
    }

    private static func wrongMethod(_ entry: RouteTable.Entry) -> Problem {
        var problem = Problem(.methodeNietToegestaan, "Dit adres kent alleen: \(entry.allowed).")
        problem.headers[.allow] = entry.allowed
        return problem
    }
}
