// SPDX-License-Identifier: EUPL-1.2

/// A counterpart's address: scheme, host, port and the path that every request path is appended to.
struct BaseURL: Sendable, Hashable {
    let isEncrypted: Bool
    let host: String
    let port: Int?
    /// Empty, or begins with `/` and does not end with one.
    let path: String

    struct Fault: Error, Sendable, Hashable {
        let message: String
        let suggestion: String
    }

    /// Takes `https://host[:port][/path]` and nothing else: no user name, no query, no fragment.
    init(_ text: String) throws(Fault) {
        let rest: Substring
        if text.hasPrefix("https://") {
            isEncrypted = true
            rest = text.dropFirst("https://".count)
        } else if text.hasPrefix("http://") {
            isEncrypted = false
            rest = text.dropFirst("http://".count)
        } else {
            throw Fault(message: "the address does not begin with https://", suggestion: "https://host.example/path")
        }
        let authority = rest.prefix { $0 != "/" }
        let path = String(rest.dropFirst(authority.count))
        self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
        (host, port) = try Self.split(authority)
        guard self.path.isEmpty || (RequestRules.accepts(path: self.path) && !self.path.contains("?")) else {
            throw Fault(
                message: "the path of the address holds characters or steps that are not allowed",
                suggestion: "letters, digits and - . _ ~ between slashes, without .. and without a query")
        }
    }

    var isLoopback: Bool { host == "127.0.0.1" || host == "localhost" }

    /// The whole address of a request path that `RequestRules` accepts.
    func url(_ requestPath: String) -> String {
        "\(isEncrypted ? "https" : "http")://\(host)\(port.map { ":\($0)" } ?? "")\(path)\(requestPath)"
    }

    private static func split(_ authority: Substring) throws(Fault) -> (host: String, port: Int?) {
        let fault = Fault(
            message: "the address has no usable host and port",
            suggestion: "https://host.example or https://host.example:8443")
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw fault }
            host = authority[...end]
            guard host.dropFirst().dropLast().allSatisfy({ $0.isASCII && ($0.isHexDigit || $0 == ":" || $0 == ".") })
            else {
                throw fault
            }
        } else {
            host = authority.prefix { $0 != ":" }
            guard HostName.isValid(host) else { throw fault }
        }
        let rest = authority.dropFirst(host.count)
        if rest.isEmpty { return (String(host), nil) }
        guard rest.hasPrefix(":"), let port = Int(rest.dropFirst()), (1...65_535).contains(port),
            rest.dropFirst().allSatisfy(\.isNumber)
        else { throw fault }
        return (String(host), port)
    }
}

/// What counts as a host name or an IPv4 address.
enum HostName {
    static func isValid(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 253 && !text.hasPrefix(".") && !text.hasPrefix("-") && !text.contains("..")
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }
    }
}
