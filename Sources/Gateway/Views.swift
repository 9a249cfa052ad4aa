// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
public import Delivery
import Disclosures
import PrivacyRules
public import Values

/// What HTTP and the command line show: references, states, names of fields; never the content of a case.
extension MeldpoortGateway {
    /// What became of an event: its deliveries, and what is owed about them.
    public func eventView(_ id: EventID, as principal: Principal) async throws(GatewayError) -> JSONValue {
        let (event, deliveries, owed) = try await read { store throws(StoreError) in
            var filter = DeliveryFilter()
            filter.event = id
            return (try await store.event(id), try await store.deliveries(filter), try await store.owed(eventID: id))
        }
        guard let event else { throw .noSuchEvent }
        try await mayRead(event, principal)
        var views: [JSONValue] = []
        for delivery in deliveries { views.append(try await view(delivery, owed: owed, withJudgement: true)) }
        var members: [String: JSONValue] = [
            "id": .number(Double(event.id)), "type": .string(event.type), "school": .string(event.school),
            "ontvangenOp": .string(event.receivedAt.description), "afleveringen": .array(views),
        ]
        if deliveries.contains(where: { isUrgentAndNotArrived($0) }) {
            members["waarschuwing"] = .string(Urgency.warning)
        }
        return .object(members)
    }

    /// Deliveries of the asker's schools; a system sees those of its own events.
    public func deliveryViews(_ filter: DeliveryFilter, as principal: Principal) async throws(GatewayError)
        -> [JSONValue]
    {
        var filter = filter
        filter.schools = filter.schools.map { $0.intersection(principal.schools) } ?? principal.schools
        filter.hiddenFrom = principal.person
        // In the query itself: taken out afterwards, a page would come short while there is more.
        if principal.person == nil { filter.submitterToken = principal.tokenID }
        let wanted = filter
        let deliveries = try await read { store throws(StoreError) in try await store.deliveries(wanted) }
        var views: [JSONValue] = []
        for delivery in deliveries { views.append(try await view(delivery, owed: [], withJudgement: false)) }
        return views
    }

    /// One delivery with its ground, fields, shortfalls and what it waits for.
    public func deliveryView(_ id: DeliveryID, as principal: Principal) async throws(GatewayError) -> JSONValue {
        let (delivery, owed) = try await read { store throws(StoreError) in
            let delivery = try await store.delivery(id)
            return (delivery, try await store.owed(eventID: delivery?.event ?? 0))
        }
        guard let delivery, principal.schools.contains(delivery.school), try await isReadable(delivery, principal)
        else {
            throw .noSuchDelivery
        }
        return try await view(delivery, owed: owed, withJudgement: true)
    }

    /// Entries of the disclosure log about the asker's schools. Only for persons.
    public func disclosureViews(_ filter: DisclosureFilter, as principal: Principal) async throws(GatewayError)
        -> [JSONValue]
    {
        _ = try person(principal)
        var filter = filter
        filter.schools = principal.schools
        filter.hiddenFrom = principal.person
        let wanted = filter
        return try await read { store throws(StoreError) in try await store.disclosures(wanted) }.map(Self.view)
    }

    /// One entry of the log as JSON: what it says, its place and its leaf hash.
    public static func view(_ entry: StoredEntry) -> JSONValue {
        let said: [String: JSONValue] =
            if case .success(let value) = StrictJSON.read(entry.canonicalBytes) { value.object ?? [:] } else { [:] }
        var members = said
        members["volgnummer"] = .number(Double(entry.index))
        members["afleveringsnummer"] = .number(Double(entry.delivery))
        members["bladhash"] = .string(KeyedPseudonyms.hexadecimal(entry.leafHash))
        return .object(members)
    }

    // MARK: - Reading

    func read<Answer: Sendable>(
        _ reading: (any Store) async throws(StoreError) -> Answer
    ) async throws(GatewayError) -> Answer {
        do {
            return try await reading(services.store)
        } catch {
            throw GatewayError(error)
        }
    }

    private func mayRead(_ event: StoredEvent, _ principal: Principal) async throws(GatewayError) {
        guard principal.schools.contains(event.school) else { throw .noSuchEvent }
        guard let person = principal.person else {
            guard event.submitter.tokenID == principal.tokenID else { throw .noSuchEvent }
            return
        }
        if try await isBarred(person, from: event.id) { throw .noSuchEvent }
    }

    /// Practice 7: for who is barred from a case there is no such case.
    func isBarred(_ person: String, from event: EventID) async throws(GatewayError) -> Bool {
        try await read { store throws(StoreError) in try await store.isBarred(person, fromCaseOf: event) }
    }

    private func isReadable(_ delivery: StoredDelivery, _ principal: Principal) async throws(GatewayError) -> Bool {
        if let person = principal.person { return try await !isBarred(person, from: delivery.event) }
        let event = try await read { store throws(StoreError) in try await store.event(delivery.event) }
        return event?.submitter.tokenID == principal.tokenID
    }

    private func isUrgentAndNotArrived(_ delivery: StoredDelivery) -> Bool {
        guard delivery.tellBy != nil, !delivery.state.hasArrived, let type = EventType(rawValue: delivery.eventType),
            let kind = model.recipients[delivery.recipientID]?.recipient.kind, Urgency.isUrgent(kind, type)
        else { return false }
        let isLate = delivery.tellBy.map { $0 <= services.now } ?? false
        return Urgency.mustTellAtOnce(delivery.state) || delivery.state == .released || isLate
    }

    // MARK: - Form

    private func view(
        _ delivery: StoredDelivery, owed: [StoredOwed], withJudgement: Bool
    ) async throws(GatewayError) -> JSONValue {
        var members = base(delivery)
        if withJudgement { try await addJudgement(of: delivery, to: &members) }
        let debts = owed.filter { $0.delivery == delivery.id }
        if !debts.isEmpty {
            members["openTekorten"] = .array(
                debts.map { ["code": .string($0.code), "sinds": .string($0.since.description)] })
        }
        if isUrgentAndNotArrived(delivery) { members["waarschuwing"] = .string(Urgency.warning) }
        return .object(members)
    }

    private func base(_ delivery: StoredDelivery) -> [String: JSONValue] {
        let recipient = model.recipients[delivery.recipientID]?.recipient
        var members: [String: JSONValue] = [
            "nummer": .number(Double(delivery.id)), "gebeurtenis": .number(Double(delivery.event)),
            "type": .string(delivery.eventType), "school": .string(delivery.school),
            "ontvanger": .string(delivery.recipientID), "status": .string(delivery.state.word),
            "pogingen": .number(Double(delivery.attempts)), "gemaaktOp": .string(delivery.createdAt.description),
            "gewijzigdOp": .string(delivery.changedAt.description),
        ]
        if let recipient {
            members["naamOntvanger"] = .string(recipient.name)
            members["kanaal"] = .string(recipient.channel.rawValue)
        }
        if let reason = delivery.reason { members["reden"] = .string(reason) }
        if delivery.state == .queued, let due = delivery.dueAt { members["volgendePoging"] = .string(due.description) }
        if let confirmation = delivery.confirmedBy {
            members["bevestigd"] = ["rol": .string(confirmation.role), "op": .string(confirmation.at.description)]
        }
        if let receipt = delivery.receipt, case .success(let value) = StrictJSON.read(receipt) {
            members["ontvangst"] = value
        }
        return members
    }

    /// What the rules say now: which fields, on which ground, what is missing, who must act.
    private func addJudgement(of delivery: StoredDelivery, to members: inout [String: JSONValue])
        async throws(GatewayError)
    {
        guard let runtime = model.recipients[delivery.recipientID], delivery.state != .handedOver else { return }
        let services = services
        let judgement = try await read { _ throws(StoreError) in
            try await services.judge(try await services.work(for: delivery), for: runtime)
        }
        members["velden"] = .array(judgement.goes.map { .string($0.text) })
        if let rule = judgement.rule {
            members["grondslag"] = .string(rule.ground.article)
            members["doel"] = .string(rule.purpose.text)
        }
        members["tekorten"] = .array(
            judgement.shortfalls.map { ["code": .string($0.rawValue), "tekst": .string($0.text)] })
        if !judgement.alarms.isEmpty { members["eerst"] = .array(judgement.alarms.map { .string($0.text) }) }
        switch judgement.verdict {
        case .permitted: break
        case .waiting(let waiting):
            members["wachtOp"] = .array(waiting.roles.map { .string($0.rawValue) })
            members["wachtgronden"] = .array(waiting.reasons.map { .string($0.hold.rawValue) })
            members["uitleg"] = .string(waiting.text)
        case .refused(let refusals):
            members["uitleg"] = .string(refusals.map { "\($0.text) (\($0.article))" }.joined(separator: " "))
        }
    }
}

extension DeliveryState {
    /// The word on screen, in Dutch, one word in camelCase for JSON.
    public var word: String {
        switch self {
        case .waiting: "wachtOpBevestiging"
        case .queued: "inWachtrij"
        case .sending: "wordtVerzonden"
        case .delivered: "afgeleverd"
        case .rejected: "afgewezen"
        case .refused: "geweigerd"
        case .parked: "geparkeerd"
        case .unknown: "onbekend"
        case .releasable: "vrijTeGeven"
        case .released: "vrijgegeven"
        case .handedOver: "verstrekt"
        case .notHandedOver: "nietVerstrekt"
        case .cancelled: "geannuleerd"
        }
    }

    /// The state of that word.
    public init?(word: String) {
        guard let state = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = state
    }
}

extension KeyedPseudonyms {
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
