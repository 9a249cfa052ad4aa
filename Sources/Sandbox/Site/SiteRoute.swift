// SPDX-License-Identifier: EUPL-1.2

/// One method at one path of a site.
struct SiteRoute: Sendable {
    typealias Handler = @Sendable (SiteRequest) throws(Objection) -> IndexAnswer

    let method: String
    /// Such as `/sites/{site-id}/pages`: a part between braces stands for any one part that is not empty.
    let template: String
    /// The names that may stand in the query.
    let query: Set<String>
    /// Those of them that may come more than once.
    let repeatable: Set<String>
    /// Whether a body may come with it.
    let takesBody: Bool
    let handler: Handler
    private let parts: [Substring]

    init(
        _ method: String, _ template: String, query: Set<String> = [], repeatable: Set<String> = [],
        takesBody: Bool = false, _ handler: @escaping Handler
    ) {
        self.method = method
        self.template = template
        self.query = query
        self.repeatable = repeatable
        self.takesBody = takesBody
        self.handler = handler
        parts = template.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }

    var name: String { "\(method) \(template)" }

    /// What stands in the places of the template, or nil when the path is another.
    func places(in segments: [String]) -> [String: String]? {
        guard segments.count == parts.count else { return nil }
        var places: [String: String] = [:]
        for (part, segment) in zip(parts, segments) {
            if part.hasPrefix("{"), part.hasSuffix("}") {
                guard !segment.isEmpty else { return nil }
                places[String(part.dropFirst().dropLast())] = segment
            } else if part != segment {
                return nil
            }
        }
        return places
    }

    /// The rules that hold for every route: no unknown or repeated name in the query, no body where none belongs.
    func check(_ request: SiteRequest) throws(Objection) {
        var seen: Set<String> = []
        for (name, _) in request.query {
            guard query.contains(name) else {
                throw Objection(400, "invalidRequest", "the query has an unknown name")
            }
            guard seen.insert(name).inserted || repeatable.contains(name) else {
                throw Objection(400, "invalidRequest", "\(name) stands twice in the query")
            }
        }
        if !takesBody, !request.recorded.body.isEmpty {
            throw Objection(400, "invalidRequest", "a body came where none belongs")
        }
    }
}

/// Something that goes wrong at a site; see `Site.fail`.
public enum SiteFault: Sendable, Hashable {
    /// This answer instead of the right one; the request has no effect.
    case instead(IndexAnswer)
    /// The request takes effect, and this answer is given instead of the right one: the sender must not send it again by
    /// itself. `.hangUpAfterRequest` is the cruellest.
    case afterEffect(IndexAnswer)
    /// The right answer, so much later.
    case late(Duration)
}
