// SPDX-License-Identifier: EUPL-1.2
import Crypto
public import Delivery
import Synchronization
public import Values

/// Who is asking, as a bearer token says.
public struct Principal: Sendable, Hashable {
    public let tokenID: String
    public let kind: NewToken.Kind
    /// The configured person of a `persoon` token.
    public let personID: String?
    /// BRINs.
    public let schools: Set<String>
    /// CloudEvents types.
    public let eventTypes: Set<String>

    /// The person, when a person is asking.
    public var person: String? { kind == .persoon ? personID : nil }

    var submitter: Submitter { Submitter(tokenID: tokenID, personID: person) }
}

/// Makes and checks bearer tokens: `mp_<12 letters and digits>_<43 letters and digits>`. Only a hash is ever stored.
public struct Authenticator: Sendable {
    /// How long a token that was found valid is trusted without a look at the store: the longest that a revocation takes.
    public static let revocationDelaySeconds = 1

    private struct Cache: Sendable {
        var tokens: [String: StoredToken] = [:]
        var readAt = Timestamp.earliest
    }

    private let store: any Store
    private let now: @Sendable () -> Timestamp
    private let cache = Shared(Cache())

    public init(store: any Store, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    /// Nil when the token is malformed, unknown or revoked; the answer to the asker is the same for all three.
    public func principal(bearer text: String) async throws(StoreError) -> Principal? {
        guard let (id, hash) = Self.parts(of: text) else { return nil }
        let tokens = try await currentTokens()
        guard let stored = tokens[id], stored.revokedAt == nil, Self.areEqual(stored.token.hash, hash) else {
            return nil
        }
        let token = stored.token
        return Principal(
            tokenID: token.id, kind: token.kind, personID: token.personID, schools: Set(token.schools),
            eventTypes: Set(token.eventTypes))
    }

    private func currentTokens() async throws(StoreError) -> [String: StoredToken] {
        let time = now()
        let known = cache.value.withLock { $0 }
        let age = time.millisecondsSince(known.readAt)
        if age >= 0, age < Int64(Self.revocationDelaySeconds) * 1_000 { return known.tokens }
        let tokens = try await store.tokens()
        let byID = Dictionary(tokens.map { ($0.token.id, $0) }, uniquingKeysWith: { first, _ in first })
        cache.value.withLock { $0 = Cache(tokens: byID, readAt: time) }
        return byID
    }

    // MARK: - Form

    /// A new token: the text is shown once, the record is stored.
    public static func issue(
        kind: NewToken.Kind, personID: String?, schools: [String], eventTypes: [String], label: String,
        at now: Timestamp
    ) -> (text: String, record: NewToken) {
        let id = randomText(12)
        let text = "mp_\(id)_\(randomText(43))"
        return (
            text,
            NewToken(
                id: id, hash: hash(of: text), kind: kind, personID: personID, schools: schools, eventTypes: eventTypes,
                label: label, createdAt: now)
        )
    }

    private static func parts(of text: String) -> (id: String, hash: [UInt8])? {
        let parts = text.split(separator: "_", omittingEmptySubsequences: false)
        guard text.utf8.count == 59, parts.count == 3, parts[0] == "mp", parts[1].utf8.count == 12 else { return nil }
        return (String(parts[1]), hash(of: text))
    }

    /// The secret has more than 200 bits of chance, so one round of SHA-256 is enough.
    private static func hash(of text: String) -> [UInt8] {
        Array(SHA256.hash(data: Array(text.utf8)))
    }

    private static func randomText(_ count: Int) -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        var generator = SystemRandomNumberGenerator()
        return String(
            decoding: (0..<count).map { _ in letters[Int.random(in: 0..<letters.count, using: &generator)] },
            as: UTF8.self)
    }

    /// Compares without telling by its time where the difference is.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// A mutex that copies of a value share.
final class Shared<Value: Sendable>: Sendable {
    let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }
}
