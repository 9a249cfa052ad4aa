// SPDX-License-Identifier: EUPL-1.2

/// A strict stand-in for a leerlingvolgsysteem that gives pupils over UWLR 2.2 (SOAP 1.1), as ESIS does.
///
/// Written from viewer.edustandaard.nl/uwlr-2-2-1 (autorisatiestructuur, leerlinggegevensverzoekbericht,
/// leerlinggegevensstructuur, alles-in-een-overdracht) and from what a published connector sends
/// (`Tools4everBV/HelloID-Conn-Prov-Source-ESIS`, `persons.ps1`): action `HaalLeerlinggegevens`, credentials in the SOAP
/// header, a client certificate. The whole school comes in one answer, addresses are no part of it. The standard gives
/// the school year as `2011-2012` while that connector sends it empty: both are taken. Not published, so assumed: the
/// words of a fault, that another year than the running one is refused, and where `vestigingen` stands.
public final class UWLRCounterpart: Sendable {
    /// The three parts of `autorisatie`.
    public struct Credentials: Sendable, Hashable {
        /// `autorisatiesleutel`.
        public var key = "Pk77881FG-PROEF="
        /// `klantcode`.
        public var customerCode = "89TY==PROEF"
        /// `klantnaam`.
        public var customerName = "Meldpoort & proef"

        /// The credentials that the counterpart knows unless told otherwise.
        public init() {}
    }

    /// Where it listens, what it saw, and its faults; `SOAPFault.answer(status: 200)` is the error inside a good answer.
    public let site: Site
    /// Whom it knows.
    public let register: MadeUpRegister
    private let path: String

    /// The namespace of request and answer.
    public static let namespace = "http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"
    /// The namespace of the credentials.
    public static let authorisationNamespace = "http://www.edustandaard.nl/leerresultaten/2/autorisatie"

    /// A counterpart that does not listen yet.
    ///
    /// - Parameter security: `.mutual`, as ESIS demands a client certificate.
    public init(
        security: ServerSecurity, register: MadeUpRegister = MadeUpRegister(),
        credentials: Credentials = Credentials(), path: String = "/uwlr2.2.svc", port: Int? = nil
    ) {
        self.register = register
        self.path = path
        let answer = UWLRAnswer(register: register)
        site = Site(
            security: security, port: port,
            routes: [
                SiteRoute("POST", path, takesBody: true) { (request) throws(Objection) in
                    try answer.leerlinggegevens(request, credentials)
                }
            ], refuse: SOAPRules.refusal)
    }

    /// The service's address.
    public var url: String { site.baseURL + path }
}
