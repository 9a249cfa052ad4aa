// SPDX-License-Identifier: EUPL-1.2
import Gateway
import HTTPTypes

/// One method of one path: what it takes, what it answers, and the code behind it.
///
/// The only list of routes there is: requests are matched with it, and the OpenAPI document is written from it.
struct Route: Sendable {
    /// Who may call, and what is done then.
    enum Action: Sendable {
        /// Anybody.
        case open(@Sendable (Call) async throws(Problem) -> Answer)
        /// Only with a valid token.
        case authenticated(@Sendable (Call, Principal) async throws(Problem) -> Answer)
    }

    /// What a request may carry.
    enum Body: Sendable {
        case none
        /// CloudEvents in one of three forms.
        case events
        case form(Form)
    }

    let method: HTTPRequest.Method
    let path: Path
    /// The OpenAPI operation id.
    let name: String
    let summary: String
    /// Longer explanation, in CommonMark.
    let detail: String
    var query: [Parameter] = []
    var body = Body.none
    /// What success looks like.
    let success: Success
    /// The problems of this route itself, besides those that follow from what it takes.
    var problems: [(kind: ProblemKind, when: String)] = []
    let action: Action

    struct Success: Sendable {
        let status: HTTPResponse.Status
        var mediaType = "application/json"
        /// What it answers instead to a caller that asks for it by name.
        var otherMediaTypes: [String] = []
        /// The name of a schema in the OpenAPI document; nil where the media type says enough.
        let schema: String?
        let summary: String
        var hasLocation = false
    }

    /// Whether a caller takes an answer of this route in some form.
    func isAcceptable(_ header: String?) -> Bool {
        ([success.mediaType] + success.otherMediaTypes).contains { Accept.allows($0, header: header) }
    }

    var isOpen: Bool {
        if case .open = action { true } else { false }
    }

    /// Every problem that this route can answer with, by status.
    var allProblems: [(kind: ProblemKind, when: String)] {
        var all: [(kind: ProblemKind, when: String)] = [
            (.ongeldigVerzoek, "Een parameter is onbekend of ongeldig."),
            (.antwoordvormNietMogelijk, "De kopregel Accept sluit het antwoord uit."),
            (.adresTeLang, "Het adres is langer dan \(Door.maximumPathBytes) tekens."),
        ]
        if !isOpen {
            all.append((.nietAangemeld, "Het toegangsbewijs ontbreekt, klopt niet of is ingetrokken."))
            all.append((.nietBeschikbaar, "De opslag is nu niet te lezen of te schrijven."))
        }
        switch body {
        case .none: break
        case .form, .events:
            all.append((.ongeldigeJSON, "De body is geen strikte JSON."))
            all.append((.teGroot, "De body is te groot."))
            all.append((.verkeerdeInhoudssoort, "De inhoudssoort wordt niet gelezen."))
        }
        if path.parameter != nil { all.append((.nietGevonden, "Dit bestaat niet, of u mag het niet zien.")) }
        return all + problems
    }
}

/// A path with changing parts: `/v1/afleveringen/{id}/vrijgave`.
struct Path: Sendable, Hashable {
    /// As it is written in the OpenAPI document.
    let template: String
    private let segments: [Substring]
    /// The names of the changing parts, without their braces.
    let parameters: [String]

    /// The first of them.
    var parameter: String? { parameters.first }

    init(_ template: String) {
        self.template = template
        segments = template.split(separator: "/", omittingEmptySubsequences: false)
        parameters = segments.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// What stands at each changing part; nil when the path does not fit.
    func match(_ given: [Substring]) -> [String]? {
        guard given.count == segments.count else { return nil }
        var found: [String] = []
        for (segment, text) in zip(segments, given) where segment != text {
            guard segment.hasPrefix("{"), !text.isEmpty else { return nil }
            found.append(String(text))
        }
        return found
    }
}

/// All routes, ready to be matched.
struct RouteTable: Sendable {
    /// A path with its methods.
    struct Entry: Sendable {
        let path: Path
        var routes: [HTTPRequest.Method: Route]

        /// For the `Allow` header.
        var allowed: String {
            let methods = routes.keys.map(\.rawValue).sorted()
            return (routes[.get] == nil ? methods : methods + ["HEAD"]).joined(separator: ", ")
        }
    }

    private var fixed: [String: Entry] = [:]
    private var changing: [Entry] = []

    init(_ routes: [Route]) {
        for (path, group) in Dictionary(grouping: routes, by: \.path) {
            let entry = Entry(
                path: path, routes: Dictionary(group.map { ($0.method, $0) }, uniquingKeysWith: { first, _ in first }))
            if path.parameter == nil { fixed[path.template] = entry } else { changing.append(entry) }
        }
    }

    func find(_ path: String) -> (entry: Entry, parameters: [String])? {
        if let entry = fixed[path] { return (entry, []) }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false)
        for entry in changing {
            if let parameters = entry.path.match(segments) { return (entry, parameters) }
        }
        return nil
    }
}
