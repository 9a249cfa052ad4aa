// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// Why a counterpart refuses a request. It becomes an answer in the counterpart's own error form.
struct Objection: Error, Sendable {
    let status: Int
    /// The counterpart's own name for what is wrong.
    let code: String
    /// What is wrong, in English; names fields and rules, never values.
    let what: String
    let headers: [RecordedRequest.Header]
    /// Whether the sender could have known better. A token that was revoked is refused, but nobody can see that coming.
    let isViolation: Bool

    init(
        _ status: Int, _ code: String, _ what: String, headers: [RecordedRequest.Header] = [], isViolation: Bool = true
    ) {
        self.status = status
        self.code = code
        self.what = what
        self.headers = headers
        self.isViolation = isViolation
    }
}

/// A request on its way through a site: the recorded one, taken apart.
struct SiteRequest: Sendable {
    let recorded: RecordedRequest
    /// The path's parts, percent-decoded; a slash at the end gives an empty last part.
    let segments: [String]
    /// The query's parts in order, percent-decoded; `+` is a space.
    let query: [(name: String, value: String)]
    /// What stood in the places of the route's template.
    var places: [String: String] = [:]

    /// Nil when the target is no path, or a percent sign begins nothing.
    init?(_ recorded: RecordedRequest) {
        let parts = recorded.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = parts.first, path.hasPrefix("/") else { return nil }
        var segments: [String] = []
        for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let decoded = String(part).removingPercentEncoding else { return nil }
            segments.append(decoded)
        }
        guard let query = FormData.parse(parts.count > 1 ? String(parts[1]) : "") else { return nil }
        self.recorded = recorded
        self.segments = segments
        self.query = query
    }

    /// The first value of that name in the query.
    func query(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// All values of that name in the query.
    func queries(_ name: String) -> [String] {
        query.filter { $0.name == name }.map(\.value)
    }

    /// The media type of the body in lower case, without parameters.
    var mediaType: String? {
        guard let value = recorded.header("Content-Type") else { return nil }
        let type = value.split(separator: ";", omittingEmptySubsequences: false).first ?? ""
        return type.trimmingCharacters(in: .whitespaces).lowercased()
    }

    /// The character set that the content type names, in lower case.
    var charset: String? {
        for parameter in (recorded.header("Content-Type") ?? "").split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if pair.count == 2, pair[0].lowercased() == "charset" {
                return pair[1].trimmingCharacters(in: ["\""]).lowercased()
            }
        }
        return nil
    }

    /// Whether the `Accept` header, if there is one, allows this media type.
    func accepts(_ type: String) -> Bool {
        guard let value = recorded.header("Accept") else { return true }
        let group = type.split(separator: "/").first.map { $0 + "/*" } ?? "*/*"
        return value.split(separator: ",").contains { range in
            let name = (range.split(separator: ";").first ?? "").trimmingCharacters(in: .whitespaces).lowercased()
            return name == type || name == "*/*" || name == group
        }
    }

    /// The body as a JSON object of this media type.
    func object(_ type: String, code: String) throws(Objection) -> [String: SiteJSON] {
        guard mediaType == type else {
            throw Objection(415, code, "the content type is not \(type)")
        }
        guard charset ?? "utf-8" == "utf-8" else { throw Objection(415, code, "the character set is not UTF-8") }
        guard let value = SiteJSON.parse(recorded.body) else { throw Objection(400, code, "the body is not JSON") }
        guard let object = value.object else { throw Objection(400, code, "the body is not a JSON object") }
        return object
    }
}

/// `application/x-www-form-urlencoded`, and the query of an address.
enum FormData {
    /// The pairs in order; nil when a percent sign begins nothing, or what it says is not UTF-8.
    static func parse(_ text: String) -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(pair[0]), let value = decode(pair.count > 1 ? pair[1] : "") else { return nil }
            pairs.append((name, value))
        }
        return pairs
    }

    static func decode(_ text: Substring) -> String? {
        text.replacing("+", with: " ").removingPercentEncoding
    }
}
