// SPDX-License-Identifier: EUPL-1.2
import RunningGateway
import Synchronization
import Testing
import Values

/// Events of mixed types, and what became of each at the door.
struct Load {
    /// One event to send.
    struct Planned: Sendable {
        let event: JSONValue
        let sender: RunningSite.Asker
        /// Who confirms what waits, if it waits.
        let confirmer: RunningSite.Asker?
    }

    /// One event that was acknowledged.
    struct Acknowledged: Sendable {
        let planned: Planned
        let number: Int
    }

    let plans: [[Planned]]

    /// - Parameter senders: how many send side by side, each over its own connection.
    init(senders: Int, eventsEach: Int, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        plans = (0..<senders).map { sender in
            (0..<eventsEach).map { _ in
                // Few enough cases that deliveries of one case follow each other.
                Self.event("zaak-\(sender)-\(Int.random(in: 0..<12, using: &random))", using: &random)
            }
        }
    }

    var count: Int { plans.reduce(0) { $0 + $1.count } }

    private static func event(_ zaak: String, using random: inout SplitMix64) -> Planned {
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<7:
            Planned(event: SchoolEvent.registration(zaak), sender: .system, confirmer: .meldingsbevoegde)
        case 7..<13:
            Planned(event: SchoolEvent.report(zaak), sender: .aandachtsfunctionaris, confirmer: nil)
        case 13..<15:
            Planned(
                event: SchoolEvent.report(zaak, indiener: "af-wilg"), sender: .system, confirmer: .aandachtsfunctionaris
            )
        case 15: Planned(event: SchoolEvent.withdrawal(zaak), sender: .system, confirmer: .meldingsbevoegde)
        case 16: Planned(event: SchoolEvent.advice(zaak), sender: .aandachtsfunctionaris, confirmer: nil)
        case 17..<19: Planned(event: SchoolEvent.concern(zaak), sender: .system, confirmer: nil)
        default: Planned(event: SchoolEvent.step(zaak), sender: .system, confirmer: nil)
        }
    }

    /// Sends everything; whatever is not acknowledged is sent again, over any number of restarts.
    /// - Parameter progress: steps at every acknowledgement, of events and of confirmations.
    func run(at site: RunningSite, progress: Tally) async throws -> [Acknowledged] {
        try await withThrowingTaskGroup(of: [Acknowledged].self) { senders in
            for plan in plans {
                senders.addTask {
                    let client = DoorClient()
                    defer { client.hangUp() }
                    var acknowledged: [Acknowledged] = []
                    for planned in plan {
                        let number = try await Self.submit(planned, to: site, with: client)
                        acknowledged.append(Acknowledged(planned: planned, number: number))
                        progress.step()
                        if let confirmer = planned.confirmer {
                            try await Self.confirm(number, as: confirmer, at: site, with: client)
                            progress.step()
                        }
                    }
                    return acknowledged
                }
            }
            return try await senders.reduce(into: []) { $0 += $1 }
        }
    }

    private static func submit(_ planned: Planned, to site: RunningSite, with client: DoorClient) async throws -> Int {
        let request = Request.event(planned.event).authorised(site.token(of: planned.sender))
        let reply = try await site.insist(on: request, with: client)
        guard reply.status == 202, let number = reply.event else { throw Unexpected(reply, "submit") }
        return number
    }

    private static func confirm(
        _ event: Int, as confirmer: RunningSite.Asker, at site: RunningSite, with client: DoorClient
    ) async throws {
        let token = site.token(of: confirmer)
        let shown = try await site.insist(
            on: Request.get("/v1/gebeurtenissen/\(event)").authorised(token), with: client)
        guard shown.status == 200, let number = shown.json["afleveringen"]?.array?.first?["nummer"]?.integer else {
            throw Unexpected(shown, "event \(event)")
        }
        let reply = try await site.insist(on: Request.act(number, "bevestiging").authorised(token), with: client)
        // 409 when the answer to a confirmation was lost: it stood on disk before the kill.
        guard reply.status == 202 || reply.problem == "verkeerde-status" else { throw Unexpected(reply, "confirm") }
    }
}
