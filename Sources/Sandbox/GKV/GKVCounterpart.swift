// SPDX-License-Identifier: EUPL-1.2

/// A strict stand-in for reading pupils from ParnasSys over its generic interface (GKV, SOAP 1.1).
///
/// The WSDL is behind a contract. Written from what a published connector sends and reads
/// (`Tools4everBV/HelloID-Conn-Prov-Source-Topicus-ParnasSys`, `persons.Students.ps1` and its README): the operation
/// `getLeerlingen` in the namespace `http://www.topicus.nl/parnassys`, its four arguments without a namespace, the
/// quoted `SOAPAction`, and in the answer lists that point to each other by `id`. Not published, so assumed: that the order
/// of the arguments is fixed, the words for sex (`M`, `V`, `O`), that dates are `JJJJ-MM-DD`, and the words of a fault.
public final class GKVCounterpart: Sendable {
    /// What the supplier of our software got from ParnasSys.
    public struct Credentials: Sendable, Hashable {
        /// `leveranciernaam`; holds an ampersand, which must be escaped.
        public var supplierName = "Proef & Voorbeeld (Meldpoort)"
        /// `leveranciersleutel`.
        public var supplierKey = "sleutel<&>proef"

        /// The credentials that the counterpart knows unless told otherwise.
        public init() {}
    }

    /// Where it listens, what it saw, and its faults; `SOAPFault.answer(status: 200)` is the error inside a good answer.
    public let site: Site
    /// Whom it knows. Every pupil comes in one answer: there is no paging.
    public let register: MadeUpRegister
    private let path: String

    /// The namespace of the operation and its answer.
    public static let namespace = "http://www.topicus.nl/parnassys"

    /// A counterpart that does not listen yet.
    public init(
        security: ServerSecurity, register: MadeUpRegister = MadeUpRegister(),
        credentials: Credentials = Credentials(), path: String = "/bao/services/cxf/v3/generic", port: Int? = nil
    ) {
        self.register = register
        self.path = path
        let answer = GKVAnswer(register: register)
        site = Site(
            security: security, port: port,
            routes: [
                SiteRoute("POST", path, takesBody: true) { (request) throws(Objection) in
                    try answer.leerlingen(request, credentials)
                }
            ], refuse: SOAPRules.refusal)
    }

    /// The service's address.
    public var url: String { site.baseURL + path }
}
