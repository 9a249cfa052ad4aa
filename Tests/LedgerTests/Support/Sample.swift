// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Values

/// Made-up values for the tests of the store.
enum Sample {
    static let now = Timestamp(millisecondsSince1970: 1_790_000_000_000)
    static let later = Timestamp(millisecondsSince1970: 1_790_000_600_000)
    static let submitter = Submitter(tokenID: "abc123def456", personID: "ib-de-linde")
    static let confirmation = Confirmation(personID: "ib-de-linde", role: "aandachtsfunctionaris", at: now)

    static func event(
        _ id: String = "1", type: String = "nl.meldpoort.proef.v1", caseReference: String = "zaak-1",
        school: String = "01AB", body: [UInt8] = Array("{}".utf8), submitter: Submitter = Sample.submitter,
        after hours: Int = 0
    ) -> NewEvent {
        NewEvent(
            source: "https://school.example/lvs", id: id, type: type, school: school,
            caseReference: caseReference, body: body, receivedAt: now.adding(seconds: hours * 3_600),
            submitter: submitter,
            traceID: "0af7651916cd43dd8448eb211c80319c")
    }

    static func delivery(
        _ state: DeliveryState = .queued, key: String = "8d2f0d6e-0000-4000-8000-000000000001",
        recipient: String = "veilig-thuis-proef", reason: String? = nil, confirmedBy: Confirmation? = nil,
        tellBy: Timestamp? = nil
    ) -> NewDelivery {
        NewDelivery(
            key: key, recipientID: recipient, state: state, reason: state == .refused ? reason ?? "leeftijd" : reason,
            confirmedBy: confirmedBy, tellBy: tellBy)
    }

    /// A delivery that waits, with what was judged.
    static func judged(_ situation: [UInt8]) -> NewDelivery {
        NewDelivery(
            key: "8d2f0d6e-0000-4000-8000-000000000002", recipientID: "veilig-thuis-proef", state: .waiting,
            reason: "bevestiging", confirmedBy: nil, tellBy: nil, situation: situation)
    }

    /// An event with these deliveries.
    static func change(_ event: NewEvent = event(), _ deliveries: [NewDelivery] = []) -> Change {
        var change = Change()
        change.event = event
        change.deliveries = deliveries
        return change
    }

    /// An entry as the gateway writes it, as far as the store looks at it.
    static func entry(
        _ kind: EntryKind, of subject: NewEntry.Subject, key: String = delivery().key, attempt: Int = 1
    ) -> NewEntry {
        let value: JSONValue = [
            "aflevering": .string(key), "poging": .number(Double(attempt)), "soort": .string(kind.rawValue),
        ]
        return NewEntry(subject: subject, kind: kind, attempt: attempt, canonicalBytes: value.canonicalBytes)
    }

    /// The step that is on disk before anything leaves.
    static func sending(_ delivery: DeliveryID, key: String = delivery().key, attempt: Int = 1) -> Change {
        var move = Move(delivery, from: [.queued], to: .sending)
        move.attempts = attempt
        var change = Change()
        change.moves = [move]
        change.entries = [entry(.intent, of: .existing(delivery), key: key, attempt: attempt)]
        return change
    }

    /// The step after the call.
    static func outcome(
        _ delivery: DeliveryID, _ state: DeliveryState = .delivered, key: String = delivery().key, attempt: Int = 1,
        receipt: [UInt8]? = nil
    ) -> Change {
        var move = Move(delivery, from: [.sending], to: state)
        move.receipt = receipt
        move.dueAt = state == .queued ? later : nil
        move.tellBy = state == .delivered ? .some(nil) : nil
        var change = Change()
        change.moves = [move]
        change.entries = [entry(.outcome, of: .existing(delivery), key: key, attempt: attempt)]
        return change
    }
}

extension Store {
    /// Commits and gives what was stored.
    func stored(_ change: Change) async throws -> (event: EventID, deliveries: [DeliveryID]) {
        guard case .stored(let event?, let deliveries, _) = try await commit(change) else { throw NotStored() }
        return (event, deliveries)
    }

    /// Whether it calls the change a mistake of the program, and not something that passes by itself.
    func refusesAsInvalid(_ change: Change) async -> Bool {
        do {
            _ = try await commit(change)
            return false
        } catch {
            return if case .invalidChange = error { true } else { false }
        }
    }

    /// An event with one delivery, delivered.
    @discardableResult
    func deliverOne(_ event: NewEvent = Sample.event(), receipt: [UInt8]? = nil) async throws -> DeliveryID {
        let delivery = try await stored(Sample.change(event, [Sample.delivery()])).deliveries[0]
        _ = try await commit(Sample.sending(delivery))
        _ = try await commit(Sample.outcome(delivery, receipt: receipt))
        return delivery
    }
}

struct NotStored: Error {}
