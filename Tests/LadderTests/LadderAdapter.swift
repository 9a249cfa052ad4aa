// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Synchronization
import Values

/// A counterpart that takes everything, and keeps who was told of which rung.
struct LadderAdapter: Adapter {
    static let specification = AdapterSpecification(
        name: "ladder", summary: "Voor proeven van de ladder.", recipientKinds: Set(RecipientKind.allCases),
        channels: [.api, .handover], messages: Set(MessageKind.allCases),
        settings: [
            SettingSpecification("post", .text, default: "", summary: "Under which name it keeps what it got.")
        ],
        sample: "")

    private let post: String

    init(settings: AdapterSettings) throws(SettingProblems) {
        post = settings["post"]?.string ?? ""
    }

    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        guard disclosure.message == .opschaling else { return .accepted(Receipt()) }
        LadderPost.keep(
            LadderPost.Letter(
                key: disclosure.idempotencyKey, recipient: disclosure.recipient.id,
                level: disclosure.content["niveau"]?.string ?? "", readers: Set(disclosure.readers),
                items: (disclosure.content["verplichtingen"]?.array ?? []).compactMap { $0["nummer"]?.integer },
                text: String(decoding: disclosure.content.canonicalBytes, as: UTF8.self)),
            under: post)
        return .accepted(Receipt())
    }

    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        HandoverDocument(title: "Melding", instruction: "Bel. Kenmerk \(disclosure.reference).", sections: [])
    }
}

/// What counterparts got, per run. Adapters are made by type, so it is kept beside them.
enum LadderPost {
    struct Letter: Sendable {
        let key: String
        let recipient: String
        let level: String
        /// Addresses.
        let readers: Set<String>
        let items: [Int]
        let text: String
    }

    private struct Pile: Sendable {
        var letters: [Letter] = []
        var isClosed = false
    }

    private static let piles = Mutex<[String: Pile]>([:])

    static func keep(_ letter: Letter, under post: String) {
        piles.withLock { piles in
            if piles[post]?.isClosed != true { piles[post, default: Pile()].letters.append(letter) }
        }
    }

    /// What comes while it is closed comes from a gateway that is dead already.
    static func close(_ post: String, _ isClosed: Bool) {
        piles.withLock { $0[post, default: Pile()].isClosed = isClosed }
    }

    static func letters(of post: String) -> [Letter] { piles.withLock { $0[post]?.letters ?? [] } }
}
