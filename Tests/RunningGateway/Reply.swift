// SPDX-License-Identifier: EUPL-1.2
public import Values

/// An answer of the gateway, as it came over the wire.
public struct Reply: Sendable {
    public let status: Int
    /// In order, names in lower case.
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]

    public func header(_ name: String) -> String? {
        headers.first { $0.name == name.lowercased() }?.value
    }

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; null when it is none.
    public var json: JSONValue {
        if case .success(let value) = StrictJSON.read(
            body, limits: JSONLimits(maximumBytes: 16 << 20, maximumDepth: 64))
        {
            value
        } else {
            .null
        }
    }

    /// The end of the problem's `type`, when it is a problem in its proper form.
    public var problem: String? {
        guard header("content-type")?.hasPrefix("application/problem+json") == true else { return nil }
        return json["type"]?.string.map { String($0.split(separator: ":").last ?? "") }
    }

    /// The number that the store gave the event.
    public var event: Int? { json["id"]?.integer }

    public var isRepeat: Bool { json["herhaling"]?.bool ?? false }

    /// Head and body as text, to look for what should not be there.
    public var everything: String {
        headers.map { "\($0.name): \($0.value)\n" }.joined() + text
    }
}

/// A request to the gateway.
public struct Request: Sendable {
    public var method: String
    public var path: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(_ method: String, _ path: String, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
    }

    /// Any request, with that bearer token.
    public func authorised(_ token: String) -> Request {
        var request = self
        request.headers.append(("Authorization", "Bearer \(token)"))
        return request
    }

    /// One event in structured mode.
    public static func event(_ event: JSONValue) -> Request {
        Request(
            "POST", "/v1/gebeurtenissen", headers: [("Content-Type", "application/cloudevents+json")],
            body: event.canonicalBytes)
    }

    /// A form of an act: confirm, release, close.
    public static func act(_ delivery: Int, _ act: String, _ form: JSONValue = .object([:])) -> Request {
        Request(
            "POST", "/v1/afleveringen/\(delivery)/\(act)", headers: [("Content-Type", "application/json")],
            body: form.canonicalBytes)
    }

    public static func get(_ path: String) -> Request { Request("GET", path) }

    var bytes: [UInt8] {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if !body.isEmpty || method == "POST" { head += "Content-Length: \(body.count)\r\n" }
        return Array((head + "\r\n").utf8) + body
    }
}
