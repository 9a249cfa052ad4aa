// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// A store that cannot be written: everybody hears so at once, nothing is half written, and it passes by itself.
@Suite struct DiskTests {
    @Test func aFullDiskRefusesAndRecoversByItself() async throws {
        try await StoreDisk.with(megabytes: 16) { disk in
            var options = BoardOptions()
            options.storePath = "\(disk.path)/meldpoort.db"
            try await RunningSite.with(options) { site in
                let process = site.processNumber
                let waiting = try await site.submit(SchoolEvent.registration("zaak-1"), as: .system)
                let delivery = try await site.delivery(ofEvent: waiting).number
                try disk.fill()
                let (acknowledged, refused) = try await fillUp(site)
                try await checkClosed(site, delivery, waiting)
                disk.free()
                try await eventually("readiness after the disk was freed", within: .seconds(10)) {
                    try await site.send(.get("/health/ready"), as: .system).status == 200 ? true : nil
                }
                // Nothing of what was refused is there, whole or by half.
                for event in refused {
                    let reply = try await site.send(.event(event), as: .system)
                    #expect(reply.status == 202 && !reply.isRepeat)
                }
                for (event, number) in acknowledged {
                    let reply = try await site.send(.event(event), as: .system)
                    #expect(reply.status == 202 && reply.isRepeat && reply.event == number)
                }
                let last = try await site.submit(SchoolEvent.concern("zaak-laatste"), as: .system)
                #expect(last == 1 + acknowledged.count + refused.count + 1)
                let confirmed = try await site.send(.act(delivery, "bevestiging"), as: .meldingsbevoegde)
                #expect(confirmed.status == 202)
                try await site.delivery(delivery, becomes: "afgeleverd")
                #expect(try await site.verify() == "")
                #expect(site.processNumber == process)
            }
        }
    }

    /// Submits until the store takes no more: what is free inside its files is used up first.
    private func fillUp(_ site: RunningSite) async throws -> (acknowledged: [(JSONValue, Int)], refused: [JSONValue]) {
        var acknowledged: [(JSONValue, Int)] = []
        var refused: [JSONValue] = []
        for number in 0..<2_000 {
            let event = SchoolEvent.report(
                "zaak-vol-\(number)", facts: String(repeating: "Feit. ", count: 2_000), indiener: "af-wilg")
            let reply = try await site.send(.event(event), as: .system)
            if let stored = reply.event, reply.status == 202 {
                acknowledged.append((event, stored))
                continue
            }
            #expect(reply.status == 503)
            #expect(reply.problem == "niet-beschikbaar", "\(reply.text)")
            #expect(reply.header("retry-after").flatMap { Int($0) } != nil)
            refused.append(event)
            if refused.count == 5 { break }
        }
        #expect(refused.count == 5)
        return (acknowledged, refused)
    }

    private func checkClosed(_ site: RunningSite, _ delivery: Int, _ event: Int) async throws {
        let ready = try await site.send(.get("/health/ready"), as: .system)
        #expect(ready.status == 503, "ready says \(ready.text)")
        #expect(ready.problem == "niet-beschikbaar")
        #expect(ready.header("retry-after") != nil)
        #expect(try await site.send(.get("/health/live"), as: .system).status == 200)
        #expect(try await site.event(event)["afleveringen"]?.array?.count == 1)
    }

    @Test func aStoreThatTurnsReadOnlyRefusesAndRecoversByItself() async throws {
        var options = BoardOptions()
        options.reportRecipients = ["veilig-thuis-telefoon"]
        try await RunningSite.with(options) { site in
            let process = site.processNumber
            let block = try WriteBlock(storeAt: site.board.storePath)
            let index = site.board.index
            let waiting = try await site.submit(SchoolEvent.registration("zaak-1"), as: .system)
            let waitingDelivery = try await site.delivery(ofEvent: waiting).number
            let report = try await site.submit(SchoolEvent.report("zaak-2"), as: .aandachtsfunctionaris)
            let handover = try await site.delivery(ofEvent: report).number
            // This one is at the counterpart when the store closes: its outcome must not get lost.
            index.behaviour = .inTurn([.delay(.seconds(1), then: .json(201, #"{"signaalId":"IDX-1"}"#))], then: .index)
            let underWay = try await site.confirmedRegistration(SchoolEvent.registration("zaak-3"))
            try await index.waitForRequests(1, timeout: .seconds(20))
            let refused = SchoolEvent.concern("zaak-4")
            try await block.whileSet {
                let reply = try await site.send(.event(refused), as: .system)
                #expect(reply.status == 503 && reply.problem == "niet-beschikbaar")
                #expect(reply.header("retry-after") != nil)
                let ready = try await site.send(.get("/health/ready"), as: .system)
                #expect(ready.status == 503, "ready says \(ready.text)")
                let confirmed = try await site.send(.act(waitingDelivery, "bevestiging"), as: .meldingsbevoegde)
                #expect(confirmed.status == 503)
                // No intent on disk, no text for the person.
                let released = try await site.send(.act(handover, "vrijgave"), as: .aandachtsfunctionaris)
                #expect(released.status == 503)
                #expect(!released.text.contains("plekken") && !released.text.contains("Testkind"))
                #expect(try await site.delivery(handover).state == "vrijTeGeven")
                #expect(try await site.delivery(waitingDelivery).state == "wachtOpBevestiging")
                #expect(try await site.delivery(underWay).state == "wordtVerzonden")
                // The counterpart's answer comes now; the outcome cannot be written yet.
                let before = try await Self.failures(site)
                try await eventually("the outcome to find the store closed") {
                    try await Self.failures(site) > before ? true : nil
                }
            }
            try await eventually("readiness", within: .seconds(10)) {
                try await site.send(.get("/health/ready"), as: .system).status == 200 ? true : nil
            }
            try await site.delivery(underWay, becomes: "afgeleverd")
            #expect(index.count == 1)
            let again = try await site.send(.event(refused), as: .system)
            #expect(again.status == 202 && !again.isRepeat)
            #expect(try await site.send(.act(waitingDelivery, "bevestiging"), as: .meldingsbevoegde).status == 202)
            #expect(try await site.send(.act(handover, "vrijgave"), as: .aandachtsfunctionaris).status == 200)
            try await site.delivery(waitingDelivery, becomes: "afgeleverd")
            #expect(try await site.verify() == "")
            #expect(site.processNumber == process)
        }
    }

    private static func failures(_ site: RunningSite) async throws -> Int {
        let metrics = try await site.send(.get("/metrics"), as: .system).text
        return metrics.split(separator: "\n").first { $0.hasPrefix("meldpoort_store_failures_total ") }
            .flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 0
    }

    @Test func aReadOnlyStoreIsNamedAtTheStart() async throws {
        try await StoreDisk.with(megabytes: 16) { disk in
            var options = BoardOptions()
            options.storePath = "\(disk.path)/meldpoort.db"
            try await RunningSite.with(options, isStarted: false) { site in
                try disk.remount(readOnly: true)
                await #expect(throws: SandboxError.self) { try await site.start() }
                try await site.log.wait(for: "store: ")
                #expect(site.log.text.contains(disk.path))
                try disk.remount(readOnly: false)
                try await site.start()
                try await site.submit(SchoolEvent.concern("zaak-1"), as: .system)
            }
        }
    }
}
