// SPDX-License-Identifier: EUPL-1.2
import HTTPTypes
import Logging

/// One line per request. It holds the route and never the address: an address may hold anything that a caller writes there.
struct AccessLog: Sendable {
    private let logger: Logger

    init(_ logger: Logger) {
        self.logger = logger
    }

    func write(
        method: HTTPRequest.Method, route: String?, status: Int, since start: ContinuousClock.Instant, tokenID: String?
    ) {
        logger.info(
            "verzoek",
            metadata: [
                "methode": .string(Self.known(method)), "route": .string(route ?? "(onbekend)"),
                "status": .stringConvertible(status), "ms": .string(Self.milliseconds(since: start)),
                "token": .string(tokenID ?? "-"),
            ])
    }

    /// A request that was answered before it reached a route.
    func write(_ problem: Problem) {
        logger.info(
            "verzoek",
            metadata: ["route": "(verbinding)", "status": .stringConvertible(problem.kind.status.code)])
    }

    private static func known(_ method: HTTPRequest.Method) -> String {
        let methods: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .patch, .delete, .options]
        return methods.contains(method) ? method.rawValue : "(anders)"
    }

    private static func milliseconds(since start: ContinuousClock.Instant) -> String {
        let microseconds = start.duration(to: .now).components
        let tenths = microseconds.seconds * 10_000 + microseconds.attoseconds / 100_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
