// SPDX-License-Identifier: EUPL-1.2

/// A SOAP 1.1 fault, as a counterpart gives it.
public enum SOAPFault {
    /// SOAP 1.1, 6.2: a fault travels with status 500. With 200 it is the error inside an answer that looks well.
    public static func answer(_ text: String, code: String = "Server", status: Int = 500) -> IndexAnswer {
        let fault = XMLTag(
            "Fault", in: SOAPRules.envelope, [:],
            // 4.4: the children of a fault have no namespace; the code is a qualified name.
            [XMLTag("faultcode", text: "soap:\(code)"), XMLTag("faultstring", text: text)])
        return SOAPRules.answer([fault], status: status)
    }
}

/// SOAP 1.1 over HTTP, as far as it holds for every service.
enum SOAPRules {
    static let envelope = "http://schemas.xmlsoap.org/soap/envelope/"

    /// The entries of header and body of a message that is well made.
    struct Message {
        let header: [XMLTag]
        let body: XMLTag
    }

    /// - Parameters:
    ///   - action: What `SOAPAction` must say; between quotes (SOAP 1.1, 6.1.1) unless `bareActionToo`.
    static func open(
        _ request: SiteRequest, action: String, bareActionToo: Bool = false
    ) throws(Objection) -> Message {
        guard request.mediaType == "text/xml" else { throw Objection(415, "http", "the content type is not text/xml") }
        guard request.charset ?? "utf-8" == "utf-8" else {
            throw Objection(415, "http", "the character set is not UTF-8")
        }
        guard let shown = request.recorded.header("SOAPAction") else { throw client("SOAPAction is missing") }
        guard shown == "\"\(action)\"" || bareActionToo && shown == action else {
            throw client("SOAPAction does not name the operation")
        }
        guard let root = XMLTag.parse(request.recorded.body) else {
            throw client("the body is not well-formed XML, or holds a document type")
        }
        guard root.name == "Envelope" else { throw client("the document is not an envelope") }
        guard root.namespace == envelope else {
            throw Objection(500, "VersionMismatch", "the envelope is not of SOAP 1.1")
        }
        return try message(root)
    }

    private static func message(_ root: XMLTag) throws(Objection) -> Message {
        var parts = root.children
        guard !root.hasLooseText, parts.allSatisfy({ $0.namespace == envelope }) else {
            throw client("the envelope holds something else than header and body")
        }
        let header = parts.first?.name == "Header" ? parts.removeFirst() : nil
        guard parts.count == 1, let body = parts.first, body.name == "Body" else {
            throw client("the envelope holds something else than header and body")
        }
        guard body.children.count == 1, let content = body.children.first, !body.hasLooseText else {
            throw client("the body does not hold exactly one element")
        }
        return Message(header: header?.children ?? [], body: content)
    }

    /// The texts of an element's children, which are these in this order.
    ///
    /// - Parameter optional: Those that may be left out.
    static func fields(
        _ element: XMLTag, _ names: [String], optional: Set<String> = [], in namespace: String
    ) throws(Objection) -> [String: String] {
        guard !element.hasLooseText, element.attributes.isEmpty else {
            throw client("\(element.name) holds text or attributes of its own")
        }
        var values: [String: String] = [:]
        var rest = names[...]
        for child in element.children {
            guard child.namespace == namespace else { throw client("\(child.name) is in the wrong namespace") }
            guard names.contains(child.name) else { throw client("\(element.name) has an unknown element") }
            while let expected = rest.first, expected != child.name {
                guard optional.contains(expected) else { throw client("\(expected) is missing or in the wrong place") }
                rest = rest.dropFirst()
            }
            guard !rest.isEmpty else { throw client("\(child.name) is in the wrong place, or there twice") }
            guard child.children.isEmpty else { throw client("\(child.name) holds elements") }
            rest = rest.dropFirst()
            values[child.name] = child.text
        }
        if let missing = rest.first(where: { !optional.contains($0) }) { throw client("\(missing) is missing") }
        return values
    }

    static func client(_ what: String) -> Objection { Objection(500, "Client", what) }

    /// A whole message; `prefixes` for what is beside the envelope.
    static func answer(_ body: [XMLTag], status: Int = 200, prefixes: [String: String] = [:]) -> IndexAnswer {
        let root = XMLTag("Envelope", in: envelope, [:], [XMLTag("Body", in: envelope, [:], body)])
        var all = prefixes
        all[envelope] = "soap"
        return .xml(status, root.rendered(all))
    }

    /// The answer to an objection: a fault, or a bare status for what goes wrong below SOAP.
    static func refusal(_ objection: Objection) -> IndexAnswer {
        guard ["Client", "Server", "VersionMismatch"].contains(objection.code) else {
            return .response(status: objection.status, headers: [], body: [])
        }
        return SOAPFault.answer(objection.what, code: objection.code)
    }
}
