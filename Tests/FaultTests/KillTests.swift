// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// The process is killed at moments that nobody chose, while events come in and go out.
@Suite struct KillTests {
    private static let kills = 12

    @Test func nothingIsLostAndNothingIsSilent() async throws {
        let seed =
            ProcessInfo.processInfo.environment["MELDPOORT_SEED"].flatMap(UInt64.init) ?? .random(in: 0..<100_000)
        print("kill test: MELDPOORT_SEED=\(seed)")
        var options = BoardOptions()
        options.hasNoticesRelay = true
        let load = Load(senders: 4, eventsEach: 150, seed: seed)
        try await RunningSite.with(options, logLevel: "notice") { site in
            let clock = WallClock()
            let book = IndexBook()
            // Slow enough that there is always something under way.
            site.board.index.behaviour = .byRequest { request, _ in
                .delay(.milliseconds(15), then: book.answer(to: request))
            }
            let began = ContinuousClock.now
            let progress = Tally()
            async let killed = kill(site, progress, SplitMix64(seed: seed &+ 1))
            let acknowledged: [Load.Acknowledged]
            do {
                acknowledged = try await load.run(at: site, progress: progress)
            } catch {
                progress.finish()
                throw error
            }
            progress.finish()
            let moments = try await killed
            try await site.settles()
            let audit = try await Audit(site, clock: clock)
            audit.check()
            try await checkJournal(acknowledged, audit, site)
            print(
                """
                kill test: \(acknowledged.count) events by \(load.plans.count) senders, killed \(moments.count) times \
                (\(moments.joined(separator: ", "))); \(audit.deliveries.count) deliveries, \(audit.sightings.count) seen \
                by counterparts, \(audit.unknown) unknown, \(audit.entries.count) log entries, \
                \(ContinuousClock.now - began)
                """)
            #expect(moments.count >= Self.kills / 2, "the load was over before the kills were")
            #expect(audit.sightings.count > 100)
        }
    }

    /// Kills, starts again, verifies; answers what it did. Ends early when the load does.
    private func kill(_ site: RunningSite, _ progress: Tally, _ random: SplitMix64) async throws -> [String] {
        var random = random
        var moments: [String] = []
        defer { site.starts.finish() }
        while moments.count < Self.kills {
            let more = Int.random(in: 8...60, using: &random)
            guard await progress.reaches(progress.count + more) else { break }
            // Not to wait for anything: to die at any point of whatever is under way.
            let pause = Int.random(in: 0...40, using: &random)
            try await Task.sleep(for: .milliseconds(pause))
            await site.kill()
            moments.append("+\(more) acknowledgements +\(pause) ms")
            try await site.start()
            let complaint = try await site.verify()
            #expect(complaint == "", "after kill \(moments.count)")
        }
        return moments
    }

    /// Every acknowledged event is there exactly once, and nothing else is.
    private func checkJournal(_ acknowledged: [Load.Acknowledged], _ audit: Audit, _ site: RunningSite) async throws {
        let numbers = Set(acknowledged.map(\.number))
        #expect(numbers.count == acknowledged.count, "two events got one number")
        let client = DoorClient()
        for one in acknowledged {
            let request = Request.event(one.planned.event).authorised(site.token(of: one.planned.sender))
            let again = try await client.send(request, to: site.address)
            #expect(again.status == 202 && again.isRepeat && again.event == one.number, "event \(one.number)")
        }
        var confirmations = 0
        var number = 1
        while true {
            let request = Request.get("/v1/gebeurtenissen/\(number)").authorised(site.token(of: .meldingsbevoegde))
            let reply = try await client.send(request, to: site.address)
            if reply.status == 404 { break }
            let type = reply.json["type"]?.string ?? ""
            if type == "nl.meldcode.bevestiging-gegeven.v1" { confirmations += 1 }
            #expect(
                numbers.contains(number) || type == "nl.meldcode.bevestiging-gegeven.v1", "event \(number): \(type)")
            number += 1
        }
        let confirmed = acknowledged.count { $0.planned.confirmer != nil }
        #expect(number - 1 == acknowledged.count + confirmed)
        #expect(confirmations == confirmed)
        let expected = acknowledged.count { !($0.planned.event["type"]?.string ?? "").contains("zorg") }
        let steps = acknowledged.count { ($0.planned.event["type"]?.string ?? "").contains("stap-gezet") }
        #expect(try await site.deliveries().count == expected - steps)
        #expect(audit.deliveries.allSatisfy { $0.state != "wachtOpBevestiging" })
        #expect(try await site.verify() == "")
    }
}
