// SPDX-License-Identifier: EUPL-1.2

/// How the HTTP door is set up.
public struct WebConfiguration: Sendable, Hashable {
    /// Paths of PEM files; the certificate file holds the whole chain, the server's own certificate first.
    public struct TLS: Sendable, Hashable {
        public let certificateFile: String
        public let keyFile: String

        public init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// Whom a developer of a connecting system can ask; stands in the OpenAPI document.
    public struct Contact: Sendable, Hashable {
        public let name: String
        public let email: String?
        public let url: String?

        public init(name: String, email: String? = nil, url: String? = nil) {
            self.name = name
            self.email = email
            self.url = url
        }
    }

    /// A name or an address to listen on.
    public var host: String
    /// 0 lets the system choose; `MeldpoortServer` tells which.
    public var port: Int
    /// Nil serves plain HTTP: for loopback, or behind a proxy on the same machine.
    public var tls: TLS?
    /// A larger body is answered with 413, before anything of it is parsed.
    public var maximumBodyBytes: Int
    public var maximumBatchEvents: Int
    /// What stands before `/v1` in answers, without a slash at its end; nil gives addresses without a host.
    public var publicURL: String?
    public var contact: Contact
    /// Threads for the network.
    public var eventLoops = 2
    /// From the head of a request to the end of its body.
    public var requestTimeoutSeconds = 30
    /// A connection on which nothing happens is closed after this time; a head that comes in slowly as well.
    public var idleTimeoutSeconds = 60
    /// More connections than this wait until one closes.
    public var maximumConnections = 512

    public init(
        host: String = "127.0.0.1", port: Int = 0, tls: TLS? = nil, maximumBodyBytes: Int = 1 << 20,
        maximumBatchEvents: Int = 256, publicURL: String? = nil,
        contact: Contact = Contact(name: "ICT-beheer van het schoolbestuur")
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.maximumBodyBytes = maximumBodyBytes
        self.maximumBatchEvents = maximumBatchEvents
        self.publicURL = publicURL
        self.contact = contact
    }
}
