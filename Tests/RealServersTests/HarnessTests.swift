// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Foundation
import RealServers
import Sandbox
import Testing
import Transport

/// The servers themselves: up with what was asked for, and gone afterwards.
@Suite(.serialized) struct HarnessTests {
    @Test func `a wordpress takes pages from its editor, and breaks when told`() async throws {
        let engine = CurlEngine()
        let root = try await WordPress.run { press in
            var endpoint = HTTPEndpoint(baseURL: press.baseURL)
            endpoint.trust = .authorities(file: press.certificates.ca)
            let transport = try HTTPTransport(endpoint, engine: engine)
            func make(_ slug: String, password: String? = nil) async -> Int? {
                let key = Data("\(WordPress.userName):\(password ?? press.applicationPassword)".utf8)
                let request = HTTPRequest(
                    method: .post, path: "/wp-json/wp/v2/pages",
                    headers: [
                        .init("Content-Type", "application/json"),
                        .init("Authorization", "Basic \(key.base64EncodedString())"),
                    ],
                    body: Array(
                        #"{"slug":"\#(slug)","title":"Proef","status":"publish","content":"<p>Tekst</p>"}"#.utf8))
                guard case .answered(let response) = await transport.send(request) else { return nil }
                return response.status
            }
            #expect(await make("een") == 201)
            #expect(await make("twee", password: "ander") == 401)
            try press.breakPlugin(.failsBefore)
            #expect(await make("drie") == 500)
            try press.breakPlugin(.failsAfter)
            #expect(await make("vier") == 500)
            try press.breakPlugin(.errorInside)
            #expect(await make("vijf") == 200)
            try press.breakPlugin(.none)
            let counts = try ["een", "twee", "drie", "vier", "vijf"].map { try press.pages(named: $0).count }
            #expect(counts == [1, 0, 0, 1, 0])
            #expect(try press.pages(named: "een").first?.text == "<p>Tekst</p>")
            return press.certificates.folder
        }
        await engine.shutdown(grace: .zero)
        #expect(!FileManager.default.fileExists(atPath: root))
    }
}
