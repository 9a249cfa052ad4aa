// SPDX-License-Identifier: EUPL-1.2
import HTTPTypes
import Values

/// What a route answers, before the headers that every answer has.
struct Answer: Sendable {
    let status: HTTPResponse.Status
    let mediaType: String
    let body: [UInt8]
    var headers = HTTPFields()
    /// Set when this answer tells about a problem.
    var problem: ProblemKind?

    init(_ status: HTTPResponse.Status, body: [UInt8], mediaType: String) {
        self.status = status
        self.body = body
        self.mediaType = mediaType
    }

    init(
        _ status: HTTPResponse.Status, _ json: JSONValue, mediaType: String = "application/json",
        headers: HTTPFields = HTTPFields(), problem: ProblemKind? = nil
    ) {
        self.init(status, body: json.canonicalBytes, mediaType: mediaType)
        self.headers = headers
        self.problem = problem
    }
}
