// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// The one owner of a counterpart's access token: fetches it once for all who wait, and again before it runs out.
actor TokenSource {
    struct Grant: Sendable {
        let token: Secret
        /// Fetched for this very request: when it is refused, another one will be too.
        let isFresh: Bool
    }

    private struct Kept {
        let token: AccessToken
        let until: ContinuousClock.Instant
    }

    private let transport: HTTPTransport
    private let client: OAuthClient
    private let path: String
    private var kept: Kept?
    private var fetching: Task<Result<AccessToken, TokenFailure>, Never>?

    /// - Throws: `EndpointProblems` when the settings are not usable.
    init(_ client: OAuthClient, engine: CurlEngine) throws(EndpointProblems) {
        let problems = client.settingProblems
        guard problems.isEmpty, let address = TokenAddress(client.tokenURL) else { throw EndpointProblems(problems) }
        transport = try HTTPTransport(client.endpoint(address), engine: engine)
        self.client = client
        path = address.path
    }

    /// A token that is good for a while yet.
    func grant() async throws(TokenFailure) -> Grant {
        if let kept, kept.until > .now { return Grant(token: kept.token.value, isFresh: false) }
        // A task of its own: whoever began to wait may be cancelled, the others still want the token.
        let task = fetching ?? Task { await self.fetch() }
        fetching = task
        return Grant(token: try await task.value.get().value, isFresh: true)
    }

    /// Makes the next one who asks fetch a new token, unless somebody did so meanwhile.
    func forget(_ token: Secret) {
        if kept?.token.value == token { kept = nil }
    }

    private func fetch() async -> Result<AccessToken, TokenFailure> {
        let asked = ContinuousClock.now
        let result: Result<AccessToken, TokenFailure> =
            switch await transport.send(TokenForm(client, path: path).request) {
            case .answered(let response): TokenAnswer.token(response)
            case .notSent(let reason), .uncertain(let reason): .failure(TokenFailure(reason))
            }
        fetching = nil
        if case .success(let token) = result {
            kept = Kept(token: token, until: asked + token.usefulTime)
        }
        return result
    }
}
