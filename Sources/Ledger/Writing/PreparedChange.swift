// SPDX-License-Identifier: EUPL-1.2
import Delivery

/// A change with all that is costly done on the caller's side: keyed hashes, sealed bodies, leaf hashes. Left to the writing
/// thread are the statements alone.
struct PreparedChange: Sendable {
    let change: Change
    let event: PreparedEvent?
    /// One per entry of the change.
    let leafHashes: [[UInt8]]
    /// One per delivery of the change; nil where nothing was judged.
    let situationDigests: [[UInt8]?]
    /// By position of the move.
    let sealedReceipts: [Int: [UInt8]]
    let mail: PreparedMail?
    /// When this change was prepared: the time of its moves.
    let at: Int64

    init(
        _ change: Change, event: PreparedEvent? = nil, sealedReceipts: [Int: [UInt8]] = [:], mail: PreparedMail? = nil,
        at: Int64
    ) {
        self.change = change
        self.event = event
        self.sealedReceipts = sealedReceipts
        self.mail = mail
        self.at = at
        situationDigests = change.deliveries.map { delivery in
            delivery.situation.map { Array(Merkle.leafHash($0).prefix(16)) }
        }
        leafHashes = change.entries.map { Merkle.leafHash($0.canonicalBytes) }
    }
}

/// A new event, sealed under the key of its case.
struct PreparedEvent: Sendable {
    let event: NewEvent
    let dedupe: [UInt8]
    let bodyMAC: [UInt8]
    /// The opened key, if the case is known to be in the store; else a new key, offered for a case that is probably new.
    /// The writing thread finds out, and seals again if it is not.
    let key: CaseKey
    let caseNumber: Int64?
    /// The wrapped new key; empty for a known case.
    let wrappedKey: [UInt8]
    let sealedBody: [UInt8]

    init(_ event: NewEvent, ring: KeyRing, cache: CaseKeyCache) throws {
        self.event = event
        dedupe = ring.dedupeHash(source: event.source, id: event.id)
        bodyMAC = ring.bodyMAC(event.body)
        let pseudonym = ring.casePseudonymBytes(school: event.school, reference: event.caseReference)
        if let known = cache.find(pseudonym: pseudonym) {
            key = known.key
            caseNumber = known.number
            wrappedKey = []
        } else {
            key = CaseKey(pseudonym: pseudonym)
            caseNumber = nil
            wrappedKey = try key.wrapped(by: ring)
        }
        sealedBody = try key.seal(event.body, for: .body(dedupe: dedupe))
    }
}

/// What became of a change that was written.
struct Applied: Sendable {
    let receipt: CommitReceipt
    /// The case of the new event, now certainly in the store.
    let knownCase: KnownCase?
}
