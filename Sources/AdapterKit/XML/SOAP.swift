// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK

/// The two versions of SOAP. They differ in namespace, media type, where the action stands, and how a fault is written.
public enum SOAPVersion: Sendable, Hashable, CaseIterable {
    case v1_1, v1_2

    /// The namespace of the envelope.
    public var namespace: String {
        switch self {
        case .v1_1: "http://schemas.xmlsoap.org/soap/envelope/"
        case .v1_2: "http://www.w3.org/2003/05/soap-envelope"
        }
    }

    /// The headers of a request with that action.
    /// - Parameter action: A URI or a name, without quotes; printable ASCII.
    public func headers(action: String) -> [HTTPRequest.Header] {
        switch self {
        case .v1_1:
            [.init("Content-Type", "text/xml; charset=utf-8"), .init("SOAPAction", "\"\(action)\"")]
        case .v1_2:
            [.init("Content-Type", "application/soap+xml; charset=utf-8; action=\"\(action)\"")]
        }
    }
}

/// One SOAP message.
public struct SOAPEnvelope: Sendable, Hashable {
    public let version: SOAPVersion
    /// The blocks of the header; without any there is no header.
    public var header: [XMLElement]
    public var body: [XMLElement]

    public init(_ version: SOAPVersion, header: [XMLElement] = [], body: [XMLElement]) {
        self.version = version
        self.header = header
        self.body = body
    }

    /// The message in bytes.
    /// - Throws: `XMLFault` when a text holds a character that XML 1.0 cannot hold.
    public func bytes(prefixes: [String: String] = [:]) throws(XMLFault) -> [UInt8] {
        let namespace = version.namespace
        let head = header.isEmpty ? [] : [XMLElement(XMLName("Header", in: namespace), children: header)]
        let root = XMLElement(
            XMLName("Envelope", in: namespace),
            children: head + [XMLElement(XMLName("Body", in: namespace), children: body)])
        return try XMLWriter.bytes(root, prefixes: prefixes.merging([namespace: "soap"]) { own, _ in own })
    }

    /// Reads a message of that version.
    /// - Throws: `SOAPProblem.fault` when it is a fault, whatever HTTP status it came with, and `.notSOAP` when it is no message of that
    ///   version: HTML, another namespace, two bodies.
    public init(_ bytes: [UInt8], _ version: SOAPVersion) throws(SOAPProblem) {
        guard let root = (try? XMLDocument(bytes))?.root, root.name == XMLName("Envelope", in: version.namespace) else {
            throw .notSOAP
        }
        let headers = root.children(XMLName("Header", in: version.namespace))
        let bodies = root.children(XMLName("Body", in: version.namespace))
        guard headers.count <= 1, bodies.count == 1, let body = bodies.first,
            headers.count + 1 == root.children.count, root.value == nil
        else { throw .notSOAP }
        if let fault = body.child(XMLName("Fault", in: version.namespace)) { throw .fault(SOAPFault(fault, version)) }
        self.version = version
        header = headers.first?.children ?? []
        self.body = body.children
    }
}

/// What stood in a fault, without its texts: those may hold anything.
public struct SOAPFault: Sendable, Hashable {
    /// Who is to blame, as the fault says.
    public enum Side: Sendable, Hashable {
        /// `Client`, or `Sender` in 1.2: the request was wrong, and would be so again.
        case sender
        /// `Server`, or `Receiver` in 1.2.
        case receiver
        /// Another code, or none.
        case unknown
    }

    public let side: Side

    init(_ fault: XMLElement, _ version: SOAPVersion) {
        let code: String? =
            switch version {
            case .v1_1: fault.child(XMLName("faultcode"))?.value
            case .v1_2:
                fault.child(XMLName("Code", in: version.namespace))?.child(XMLName("Value", in: version.namespace))?
                    .value
            }
        // 1.1 lets a code go on behind a dot: `Client.Authentication`.
        let name = code?.split(separator: ":").last?.split(separator: ".").first
        side =
            switch name {
            case "Client", "Sender": .sender
            case "Server", "Receiver": .receiver
            default: .unknown
            }
    }
}

/// Why there is no message to read.
public enum SOAPProblem: Error, Sendable, Hashable {
    case fault(SOAPFault)
    case notSOAP
}
