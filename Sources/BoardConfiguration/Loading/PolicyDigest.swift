// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Crypto
import Disclosures
import PrivacyRules
import Values

/// A fingerprint of what the rules say, whatever the file looks like.
enum PolicyDigest {
    /// The first twelve hexadecimal digits of the SHA-256.
    static func digits(of rules: [Rule]) -> String {
        let digits = SHA256.hash(data: JSONValue.array(rules.map(json)).canonicalBytes)
            .flatMap { byte in [byte >> 4, byte & 15] }
        return String(digits.prefix(12).map { Character(String($0, radix: 16)) })
    }

    private static func json(_ rule: Rule) -> JSONValue {
        [
            "event": .string(rule.eventType.rawValue), "recipient": .string(rule.recipientKind.rawValue),
            "message": .string(rule.message.rawValue), "purpose": .string(rule.purpose.rawValue),
            "ground": [
                "basis": .string(rule.ground.basis.rawValue), "article": .string(rule.ground.article),
                "summary": .string(rule.ground.summary),
            ],
            "confirmation": [
                "need": .string(rule.confirmation.need.rawValue),
                "roles": list(rule.confirmation.roles.map(\.rawValue)),
            ],
            "conditions": list(rule.conditions.map(\.rawValue)),
            "holds": list(rule.holds.map(\.rawValue)),
            "shortfalls": list(rule.shortfalls.map(\.rawValue)),
            "fields": list(rule.fields.map(\.text)),
            "herkomst": list(rule.origin.map(\.text)),
            "verwerkingsactiviteit": [
                "naam": .string(rule.activity.name), "herkomst_verborgen": .string(rule.activity.confidential),
            ],
            "geldig_van": .string(rule.validity.from.description),
            "geldig_tot": .string(rule.validity.until?.description ?? ""),
            "herzien_voor": .string(rule.validity.reviewBy?.description ?? ""),
        ]
    }

    private static func list(_ texts: [String]) -> JSONValue {
        .array(texts.map { .string($0) })
    }
}
