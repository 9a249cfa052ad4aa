// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Disclosures
public import PrivacyRules
public import Values

/// Keyed one-way functions for what the log holds instead of personal values. Without the key nothing can be guessed back.
public protocol Pseudonyms: Sendable {
    /// The same parts in the same domain always give the same 32 hexadecimal digits.
    func pseudonym(_ domain: String, _ parts: [String]) -> String
    /// HMAC-SHA256 over salt and content, 64 hexadecimal digits.
    func contentMAC(salt: [UInt8], content: [UInt8]) -> String
}

/// What an entry needs besides the permit.
public struct EntryContext: Sendable {
    public let deliveryKey: String
    public let attempt: Int
    public let at: Timestamp
    public let school: String
    public let caseReference: String
    public let traceID: String
    public let submitter: Submitter

    public init(
        deliveryKey: String, attempt: Int, at: Timestamp, school: String, caseReference: String, traceID: String,
        submitter: Submitter
    ) {
        self.deliveryKey = deliveryKey
        self.attempt = attempt
        self.at = at
        self.school = school
        self.caseReference = caseReference
        self.traceID = traceID
        self.submitter = submitter
    }
}

/// The canonical bytes of the disclosure log's entries. They hold names of fields, never values of persons.
public enum DisclosureEntries {
    /// Written before anything leaves.
    /// - Parameter salt: 16 random bytes, so that equal contents do not show as equal.
    public static func intent(
        _ permit: Permit, policyVersion: String, confirmedBy: Confirmation?, shortfalls: [Shortfall],
        context: EntryContext,
        salt: [UInt8], pseudonyms: some Pseudonyms
    ) -> [UInt8] {
        var members = base(.intent, context, pseudonyms)
        members["ontvanger"] = recipient(permit.disclosure.recipient)
        members["bericht"] = .string(permit.disclosure.message.rawValue)
        members["grondslag"] = ground(permit.rule.ground)
        members["doel"] = .string(permit.rule.purpose.rawValue)
        members["verwerkingsactiviteit"] = .string(permit.activity)
        members["beleidsversie"] = .string(policyVersion)
        members["personen"] = persons(permit.persons, context, pseudonyms)
        members["velden"] = .array(permit.otherFields.map { .string($0.text) })
        members["zout"] = .string(hexadecimal(salt))
        members["inhoudMac"] = .string(
            pseudonyms.contentMAC(salt: salt, content: permit.disclosure.content.canonicalBytes))
        members["ingediendDoor"] = submitter(context.submitter, pseudonyms)
        if let confirmer = confirmer(permit, confirmedBy, context.submitter, pseudonyms) {
            members["bevestigdDoor"] = confirmer
        }
        if !shortfalls.isEmpty { members["tekorten"] = .array(shortfalls.map { .string($0.rawValue) }) }
        return JSONValue.object(members).canonicalBytes
    }

    /// What became of an intent.
    public static func outcome(_ outcome: Outcome, context: EntryContext, pseudonyms: some Pseudonyms) -> [UInt8] {
        var members: [String: JSONValue] = [
            "soort": .string(EntryKind.outcome.rawValue), "aflevering": .string(context.deliveryKey),
            "poging": .number(Double(context.attempt)), "tijdstip": .string(context.at.description),
            "uitkomst": .string(outcome.word),
        ]
        if let reason = outcome.reason {
            members["reden"] = .string(reason.label.rawValue)
            if let status = reason.status { members["status"] = .number(Double(status)) }
        }
        return JSONValue.object(members).canonicalBytes
    }

    /// A person closed a handover or settled an unknown: who, in words of the log.
    /// - Parameter kind: `outcome` for a handover, `settled` for what was unknown and has its outcome already.
    public static func settled(
        _ kind: EntryKind, arrived: Bool, by person: String, realTime: Timestamp?, context: EntryContext,
        pseudonyms: some Pseudonyms
    ) -> [UInt8] {
        var members: [String: JSONValue] = [
            "soort": .string(kind.rawValue), "aflevering": .string(context.deliveryKey),
            "poging": .number(Double(context.attempt)), "tijdstip": .string(context.at.description),
            "uitkomst": .string(arrived ? "verstrekt" : "nietVerstrekt"),
            "afgeslotenDoor": .string(pseudonyms.pseudonym("medewerker", [person])),
        ]
        if let realTime { members["verstrektOp"] = .string(realTime.description) }
        return JSONValue.object(members).canonicalBytes
    }

    /// A disclosure by phone or in a meeting, recorded afterwards, with both times (practice 4).
    public static func afterwards(
        event: CaseEvent, recipient: Recipient, rule: Rule?, policyVersion: String, persons: [ConcernedPerson],
        fields: [FieldPath], context: EntryContext, pseudonyms: some Pseudonyms
    ) -> [UInt8] {
        var members = base(.afterwards, context, pseudonyms)
        members["ontvanger"] = Self.recipient(recipient)
        members["beleidsversie"] = .string(policyVersion)
        members["personen"] = Self.persons(persons, context, pseudonyms)
        members["velden"] = .array(fields.map { .string($0.text) })
        members["wijze"] = event.data["wijze"]
        members["verstrektOp"] = event.data["tijdstip"]?.string.flatMap(Timestamp.init).map { .string($0.description) }
        members["ingediendDoor"] = submitter(context.submitter, pseudonyms)
        if let rule {
            members["grondslag"] = ground(rule.ground)
            members["doel"] = .string(rule.purpose.rawValue)
            members["verwerkingsactiviteit"] = .string(rule.activity.name)
        }
        return JSONValue.object(members).canonicalBytes
    }

    /// The names of the fields that an entry says were disclosed; none for an entry that is not about them.
    public static func fields(in canonicalBytes: [UInt8]) -> Set<String> {
        guard case .success(let entry) = StrictJSON.read(canonicalBytes) else { return [] }
        let persons = (entry["personen"]?.array ?? []).flatMap { $0["velden"]?.array ?? [] }
        return Set((persons + (entry["velden"]?.array ?? [])).compactMap(\.string))
    }

    private static func base(_ kind: EntryKind, _ context: EntryContext, _ pseudonyms: some Pseudonyms) -> [String:
        JSONValue]
    {
        [
            "soort": .string(kind.rawValue), "aflevering": .string(context.deliveryKey),
            "poging": .number(Double(context.attempt)), "tijdstip": .string(context.at.description),
            "school": .string(context.school),
            "zaak": .string(pseudonyms.pseudonym("zaak", [context.school, context.caseReference])),
            "traceId": .string(context.traceID),
        ]
    }

    private static func recipient(_ recipient: Recipient) -> JSONValue {
        [
            "id": .string(recipient.id), "soort": .string(recipient.kind.rawValue),
            "kanaal": .string(recipient.channel.rawValue),
        ]
    }

    private static func ground(_ ground: LegalGround) -> JSONValue {
        ["artikel": .string(ground.article), "soort": .string(ground.basis.rawValue)]
    }

    private static func submitter(_ submitter: Submitter, _ pseudonyms: some Pseudonyms) -> JSONValue {
        guard let person = submitter.personID else { return ["systeem": .string(submitter.tokenID)] }
        return ["persoon": .string(pseudonyms.pseudonym("medewerker", [person]))]
    }

    private static func confirmer(
        _ permit: Permit, _ confirmation: Confirmation?, _ submitter: Submitter, _ pseudonyms: some Pseudonyms
    ) -> JSONValue? {
        guard let role = permit.confirmedAs, let person = confirmation?.personID ?? submitter.personID else {
            return nil
        }
        return ["rol": .string(role.rawValue), "persoon": .string(pseudonyms.pseudonym("medewerker", [person]))]
    }

    private static func persons(
        _ persons: [ConcernedPerson], _ context: EntryContext, _ pseudonyms: some Pseudonyms
    ) -> JSONValue {
        .array(
            persons.map { person in
                [
                    "pseudoniem": .string(pseudonym(of: person.identity, context, pseudonyms)),
                    "rol": .string(person.role),
                    "velden": .array(person.fields.map { .string($0.text) }),
                ]
            })
    }

    private static func pseudonym(
        of identity: ConcernedPerson.Identity, _ context: EntryContext, _ pseudonyms: some Pseudonyms
    ) -> String {
        switch identity {
        case .pupil(let school, let number): pseudonyms.pseudonym("leerling", [school, number])
        case .described(let school, let name, let birthDate):
            pseudonyms.pseudonym("persoon", [school, name, birthDate])
        case .unnamed(let place): pseudonyms.pseudonym("onbenoemd", [context.deliveryKey, place])
        }
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension Outcome {
    /// The word for it in the log and on screen, in Dutch.
    public var word: String {
        switch self {
        case .accepted: "aangenomen"
        case .rejected: "afgewezen"
        case .retry: "nietVerzonden"
        case .unknown: "onbekend"
        }
    }

    /// Why, for everything but an acceptance.
    public var reason: OutcomeReason? {
        switch self {
        case .accepted: nil
        case .rejected(let reason), .retry(_, let reason), .unknown(let reason): reason
        }
    }
}
