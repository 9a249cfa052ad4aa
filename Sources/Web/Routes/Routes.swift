// SPDX-License-Identifier: EUPL-1.2
import Gateway
import HTTPTypes

/// All routes of the API, in the order of the document.
enum Routes {
    static let all: [Route] =
        events + deliveries + cases + pupils + owed + post + figures + boardFigures + decisions + disclosures
        + documents + health
}

/// What a route is, for documentation and checks from outside.
public struct RouteSummary: Sendable, Hashable {
    public let method: String
    /// With its changing part in braces: `/v1/gebeurtenissen/{id}`.
    public let path: String
    /// Every status that the document names for it.
    public let statuses: Set<Int>
    public let needsToken: Bool
}

extension MeldpoortServer {
    /// Every route that the server answers.
    public static var routes: [RouteSummary] {
        Routes.all.map { route in
            RouteSummary(
                method: route.method.rawValue, path: route.path.template,
                statuses: Set([route.success.status.code] + route.allProblems.map(\.kind.status.code)),
                needsToken: !route.isOpen)
        }
    }

    /// The OpenAPI document, as `/v1/openapi.json` gives it.
    public static func openAPI(for configuration: WebConfiguration) -> [UInt8] {
        Documents(configuration: configuration).openAPI
    }
}

extension Parameter {
    /// How many, and from where: what every list takes.
    static func page(from summary: String) -> [Parameter] {
        [
            Parameter("vanaf", .number(0...largest), summary),
            Parameter("aantal", .number(1...200), "Hoeveel hoogstens; zonder opgave \(defaultPage)."),
        ]
    }

    static let defaultPage = 50
}
