// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Values

extension ConfigurationReader {
    func httpsConnection(_ node: YAMLNode) -> HTTPSConnection? {
        let keys = [
            "base_url", "ca_file", "client_certificate", "headers", "connect_timeout_seconds", "total_timeout_seconds",
            "max_response_bytes", "max_connections", "requests_per_minute", "oauth", "plaintext_loopback",
        ]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let isPlaintextLoopback = section.boolean("plaintext_loopback")
        let baseURL = section.required("base_url") { self.baseURL($0, allowsPlaintextLoopback: isPlaintextLoopback) }
        let certificate = section.optional("client_certificate", clientCertificate)
        let headers = section.optional("headers", self.headers) ?? []
        let caFile = section.optional("ca_file") { surroundings.file($0) }
        let connect = section.integer("connect_timeout_seconds", in: 1...3_600, default: 10)
        let total = section.integer("total_timeout_seconds", in: 1...3_600, default: 30)
        let bytes = section.integer("max_response_bytes", in: 1...67_108_864, default: 1_048_576)
        let connections = section.integer("max_connections", in: 1...64, default: 8)
        let perMinute = section.optional("requests_per_minute") { $0.integer(in: 1...60_000, log) }
        let oauth = section.optional("oauth") {
            self.oauth($0, caFile: caFile, allowsPlaintextLoopback: isPlaintextLoopback)
        }
        if section["oauth"] != nil, headers.contains(where: { $0.name.lowercased() == "authorization" }) {
            log.error(
                section.place(of: "headers"), "oauth sets the header Authorization itself",
                suggestion: "Remove one of the two.")
        }
        guard let baseURL else { return nil }
        return HTTPSConnection(
            baseURL: baseURL, caFile: caFile, clientCertificate: certificate, headers: headers,
            connectTimeoutSeconds: connect, totalTimeoutSeconds: total, maximumResponseBytes: bytes,
            maximumConnections: connections, requestsPerMinute: perMinute, oauth: oauth,
            isPlaintextLoopback: isPlaintextLoopback, places: places(of: section))
    }

    /// The absolute path of an existing folder.
    func folderConnection(_ node: YAMLNode) -> String? {
        guard let section = Section(node, keys: ["folder"], log) else { return nil }
        return section.required("folder", existingFolder)
    }

    func existingFolder(_ node: YAMLNode) -> String? {
        guard let path = surroundings.path(node) else { return nil }
        guard surroundings.isFolder(path) else {
            log.error(node.place, "\(path) is no folder", suggestion: "Make it, writable by the service's user.")
            return nil
        }
        return path
    }

    func mailConnection(_ node: YAMLNode) -> MailConnection? {
        let keys = [
            "host", "port", "security", "username", "password", "ca_file", "sender", "hello_name",
            "connect_timeout_seconds", "total_timeout_seconds", "max_connections",
        ]
        guard let section = Section(node, keys: keys, log) else { return nil }
        let security =
            section.optional("security") {
                $0.choice(rawChoices(MailConnection.Security.self), "way to begin TLS", log)
            }
            ?? .startTLS
        let host = section.required("host", hostName)
        let port = section.integer("port", in: 1...65_535, default: security == .startTLS ? 587 : 465)
        let username = section.text("username")
        let password = section.required("password", surroundings.secret)
        let sender = section.required("sender", mailAddress)
        let hello = section.optional("hello_name", hostName)
        let caFile = section.optional("ca_file") { surroundings.file($0) }
        let connect = section.integer("connect_timeout_seconds", in: 1...3_600, default: 15)
        let total = section.integer("total_timeout_seconds", in: 1...3_600, default: 120)
        let connections = section.integer("max_connections", in: 1...64, default: 4)
        guard let host, let username, let password, let sender else { return nil }
        return MailConnection(
            host: host, port: port, security: security, username: username, password: password, caFile: caFile,
            sender: sender, helloName: hello, connectTimeoutSeconds: connect, totalTimeoutSeconds: total,
            maximumConnections: connections, places: places(of: section))
    }

    private func baseURL(_ node: YAMLNode, allowsPlaintextLoopback: Bool) -> String? {
        guard let text = node.text(log) else { return nil }
        if let problem = Addresses.webProblem(text, allowsPlaintextLoopback: allowsPlaintextLoopback) {
            log.error(node.place, problem.message, suggestion: problem.suggestion)
            return nil
        }
        return text
    }

    func hostName(_ node: YAMLNode) -> String? {
        guard let text = node.text(log) else { return nil }
        guard Addresses.isHost(text) else {
            log.error(
                node.place, "expected a host name or an IPv4 address",
                suggestion: "Write only the name, such as relay.example.")
            return nil
        }
        return text
    }

    private func headers(_ node: YAMLNode) -> [HTTPSConnection.Header]? {
        guard let entries = node.entries else {
            if case .refused = node.content { return nil }
            log.error(
                node.place, "expected a mapping, found \(node.kindName)",
                suggestion: "Write Name: {file: secrets/name}.")
            return nil
        }
        return entries.compactMap { entry in
            guard entry.key.utf8.allSatisfy({ Self.headerNameBytes.contains($0) }), !entry.key.isEmpty else {
                log.error(entry.place, "a header's name has letters, digits and “-” only")
                return nil
            }
            return surroundings.secret(entry.value).map { HTTPSConnection.Header(name: entry.key, value: $0) }
        }
    }

    private static let headerNameBytes = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_".utf8)

    private enum CertificateFormat: String, CaseIterable { case pem, pkcs12 }

    private func clientCertificate(_ node: YAMLNode) -> ClientCertificate? {
        guard let section = Section(node, keys: ["file", "key", "format", "password"], log) else { return nil }
        let format =
            section.optional("format") { $0.choice(rawChoices(CertificateFormat.self), "certificate format", log) }
            ?? .pem
        let file = section.required("file") { surroundings.file($0, isPrivate: format == .pkcs12) }
        let password = section.optional("password", surroundings.secret)
        switch format {
        case .pem:
            let key = section.required("key") { surroundings.file($0, isPrivate: true) }
            guard let file, let key else { return nil }
            return .pem(certificateFile: file, keyFile: key, password: password)
        case .pkcs12:
            if let key = section["key"] {
                log.error(key.place, "a pkcs12 file holds its key itself", suggestion: "Remove “key”.")
            }
            if section["password"] == nil { log.error(section.place, "the key “password” is missing here") }
            guard let file, let password else { return nil }
            return .pkcs12(file: file, password: password)
        }
    }

    func places(of section: Section) -> ConnectionPlaces {
        var keys = section.places
        for inner in ["client_certificate", "oauth"] {
            for entry in section[inner]?.entries ?? [] { keys["\(inner).\(entry.key)"] = entry.value.place }
        }
        return ConnectionPlaces(connection: section.place, keys: keys)
    }
}
