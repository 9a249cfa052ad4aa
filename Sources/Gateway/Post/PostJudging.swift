// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
public import Delivery
import Values

/// A person says what a received mail is, and thereby places it. Only so does it come to mean anything (practice 24).
extension MeldpoortGateway {
    /// Says what a mail is: makes the event `post-beoordeeld` and brings it in through the same door.
    /// - Parameters:
    ///   - verdict: `ontvangstbevestiging`, `vraag`, `terugkoppeling`, `match`, `informatieverzoek`, `automatisch` or `nietTerZake`.
    ///   - school: The school and `zaak` of the case; nil for the case with which the mail is placed already.
    public func judgePost(
        _ id: MailID, as principal: Principal, verdict: String, school: String? = nil, zaak: String? = nil,
        note: String? = nil
    ) async throws(GatewayError) -> Acceptance {
        let mail = try await mail(id, for: principal)
        let name = try await caseName(of: mail, school: school, zaak: zaak)
        var data: [String: JSONValue] = [
            "zaak": .string(name.reference), "school": .string(name.school), "post": .number(Double(id)),
            "soort": .string(verdict), "datum": .string(services.now.calendarDateInAmsterdam.description),
        ]
        if let note { data["toelichting"] = .string(note) }
        do {
            let event = try CaseEvent(
                id: Fresh.uuid(), source: "urn:meldpoort:console", type: .postBeoordeeld, time: services.now,
                data: .object(data))
            return try await submit(event, as: principal)
        } catch let error as EventProblems {
            throw .invalid(error.problems)
        } catch let error as GatewayError {
            throw error
        } catch {
            throw .corrupt
        }
    }

    /// What the event that a person brings in says of a mail, for the same commit; nil for an event about none.
    func mailJudgement(
        in event: CaseEvent, as principal: Principal, at now: Timestamp
    ) async throws(GatewayError) -> NewMailJudgement? {
        guard let number = event.data["post"]?.integer, let verdict = Self.verdict(event) else { return nil }
        guard let person = principal.person else { throw .forbidden(.alleenPersoon) }
        do throws(GatewayError) {
            _ = try await mail(Int64(number), for: principal)
        } catch {
            // By the event that placed it, a mail can have gone out of the sight of who sends that event once more.
            guard case .noSuchMail = error, try await !isKnown(event, principal) else {
                if case .noSuchMail = error { return nil }
                throw error
            }
            throw .invalid([
                EventProblem(.ongeldigeWaarde, at: "/data/post", "Er is voor u geen post met dit nummer.")
            ])
        }
        return NewMailJudgement(mail: Int64(number), verdict: verdict, personID: person, at: now)
    }

    /// Whether this very event is journalled. Stores nothing: what is asked of a delivery that does not exist is never carried out.
    func isKnown(_ event: CaseEvent, _ principal: Principal) async throws(GatewayError) -> Bool {
        var change = Change()
        change.event = IntakePlan.newEvent(
            IntakePlan.Arrival(
                event: event, school: model.brin(of: event), submitter: principal.submitter, receivedAt: services.now,
                traceID: event.traceID ?? Fresh.traceID()))
        change.moves = [Move(0, from: [.waiting], to: .queued)]
        do throws(GatewayError) {
            if case .duplicate = try await commit(change) { return true }
            return false
        } catch {
            if case .noSuchDelivery = error { return false }
            throw error
        }
    }

    private static func verdict(_ event: CaseEvent) -> String? {
        switch event.type {
        case .postBeoordeeld: event.data["soort"]?.string
        case .terugkoppelingOntvangen: "terugkoppeling"
        case .informatieverzoekOntvangen: "informatieverzoek"
        case .verwijsindexmatchOntvangen: "match"
        case .bezwaarOntvangen: "bezwaar"
        case .adviesverzoekOntvangen: "adviesverzoek"
        default: nil
        }
    }

    /// The case that a person names, or the one with which the mail is placed: as the event says with which that case began.
    private func caseName(of mail: StoredMail, school: String?, zaak: String?) async throws(GatewayError) -> CaseName {
        if let school, let zaak { return CaseName(school: school, reference: zaak) }
        guard let placement = mail.placement, school == nil, zaak == nil else {
            throw .invalid([
                EventProblem(
                    .veldOntbreekt, at: "/zaak",
                    "Deze post hoort nog niet bij een zaak: geef “school” en “zaak” allebei.")
            ])
        }
        return CaseName(school: placement.school, reference: try await caseReference(placement.caseNumber))
    }
}
