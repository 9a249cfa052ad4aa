// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// A value of one's own in every field that could name somebody: where it shows up, and where it must not.
@Suite struct PrivacyTests {
    private static let mix: [(EventType, Int)] = [
        (.verwijsindexregistratieGevraagd, 7), (.verwijsindexintrekkingGevraagd, 3), (.veiligThuisMeldingBesloten, 9),
        (.adviesGevraagd, 2), (.zorgGesignaleerd, 3), (.stapGezet, 3), (.terugkoppelingOntvangen, 3),
        (.verstrekkingVastgelegd, 3),
    ]

    private static func events() throws -> [CanaryEvent] {
        var generator = EventGenerator(seed: 20_261_122, fill: .everything, texts: .canaries)
        var serial = 0
        let events = mix.flatMap { type, count in
            (0..<count).map { _ in
                serial += 1
                return CanaryEvent(type, &generator, serial: serial)
            }
        }
        return events
    }

    @Test func whatMayNotLeaveIsNowhere() async throws {
        let events = try Self.events()
        var options = BoardOptions()
        options.hasNoticesRelay = true
        options.makesPapers = true
        options.reportRecipients = ["veilig-thuis", "veilig-thuis-telefoon"]
        options.retry = "{first_delay_seconds: 1, factor: 1, longest_delay_seconds: 1, maximum_attempts: 3}"
        try await RunningSite.with(options, logLevel: "trace") { site in
            try await bringIn(events, site)
            try await site.settles()
            // Beside the running gateway, with its log of writes.
            let running = try StoreBytes(folder: Self.folder(of: site))
            #expect(running.files.contains { $0.name.hasSuffix("-wal") && !$0.bytes.isEmpty })
            checkStore(running, events)
            try checkIndex(site, events)
            try checkRelay(site, events)
            let notices = LeakCanary(Self.marks(events))
            #expect(site.board.noticesRelay.messages.flatMap(notices.findings) == [])
            try await checkViews(site, events)
            try await checkRefusals(site)
            #expect(LeakCanary(Self.marks(events)).findings(in: site.log.bytes, place: "log") == [])
            #expect(site.log.position > 1_000, "a log of nothing proves nothing")
            #expect(await site.stop())
            checkStore(try StoreBytes(folder: Self.folder(of: site)), events)
        }
    }

    /// Submits everything and lets persons decide; the index and the relay repeat what they got in their refusals.
    private func bringIn(_ events: [CanaryEvent], _ site: RunningSite) async throws {
        let book = IndexBook()
        site.board.index.behaviour = .byRequest { request, turn in
            let echo = IndexAnswer.json(
                turn == 1 ? 500 : 422, #"{"fout": "\#(CanaryEvent.mark)Echo \#(request.text.filter { $0 != "\"" })"}"#)
            return turn <= 2 ? echo : book.answer(to: request)
        }
        site.board.relay.rules.failAt[.recipient] = RelayFailure(
            .reply("450 4.1.1 \(CanaryEvent.mark)Echo kan nu niet"), times: 1)
        for (position, event) in events.enumerated() {
            let asker: RunningSite.Asker =
                position.isMultiple(of: 4) && !event.type.needsPerson ? .system : .aandachtsfunctionaris
            let number = try await site.submit(event.json, as: asker)
            for delivery in try await site.event(number)["afleveringen"]?.array ?? [] {
                guard let id = delivery["nummer"]?.integer else { continue }
                if delivery["status"]?.string == "wachtOpBevestiging" {
                    let reply = try await site.send(.act(id, "bevestiging"), as: .meldingsbevoegde)
                    guard reply.status == 202 else { throw Unexpected(reply, "confirm") }
                }
                if event.type == .veiligThuisMeldingBesloten, delivery["ontvanger"]?.string == "veilig-thuis-telefoon" {
                    try await release(id, event, site)
                }
            }
        }
    }

    private func release(_ delivery: Int, _ event: CanaryEvent, _ site: RunningSite) async throws {
        let reply = try await site.send(.act(delivery, "vrijgave"), as: .aandachtsfunctionaris)
        guard reply.status == 200 else { throw Unexpected(reply, "release") }
        #expect(LeakCanary(event.forbidden).findings(in: reply.everything, place: "handover") == [])
        #expect(reply.text.contains(event.familyName))
    }

    private func checkIndex(_ site: RunningSite, _ events: [CanaryEvent]) throws {
        let requests = site.board.index.requests
        let forIndex = events.filter {
            [.verwijsindexregistratieGevraagd, .verwijsindexintrekkingGevraagd].contains($0.type)
        }
        #expect(requests.count >= forIndex.count)
        let mayNot = LeakCanary(
            events.flatMap { $0.forbidden + (forIndex.map(\.familyName).contains($0.familyName) ? [] : $0.allowed) })
        let anything = LeakCanary(Self.marks(events))
        for request in requests {
            #expect(mayNot.findings(in: request) == [])
            let head = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            #expect(anything.findings(in: "\(request.requestLine)\n\(head)", place: "head") == [])
            // One event in one request.
            let about = forIndex.filter { request.text.contains($0.familyName) }
            #expect(about.count == 1)
        }
        for event in forIndex {
            #expect(requests.contains { $0.text.contains(event.familyName) }, "an event did not arrive")
        }
    }

    private func checkRelay(_ site: RunningSite, _ events: [CanaryEvent]) throws {
        let mails = site.board.relay.messages
        let reports = events.filter { $0.type == .veiligThuisMeldingBesloten }
        #expect(mails.count == reports.count)
        let mayNot = LeakCanary(
            events.flatMap { $0.forbidden + ($0.type == .veiligThuisMeldingBesloten ? [] : $0.allowed) })
        let anything = LeakCanary(Self.marks(events))
        for mail in mails {
            // A PDF is looked into by what it says to a reader.
            #expect(mayNot.findings(in: mail).filter { $0.form != .unreadable } == [])
            let parsed = mail.parsed
            let papers = parsed.attachments.filter { $0.bytes.starts(with: Array("%PDF".utf8)) }
            #expect(papers.count == 1)
            for paper in papers {
                let said = try PaperText.read(paper.bytes)
                #expect(said.contains("Voorbeeldschool"))
                #expect(mayNot.findings(in: said, place: "PDF") == [])
            }
            let headers = (parsed.headers + parsed.parts.flatMap(\.headers)).map { "\($0.name): \($0.raw) \($0.value)" }
            let outside = [mail.from] + mail.recipients + headers + [parsed.text] + parsed.parts.compactMap(\.fileName)
            #expect(anything.findings(in: outside.joined(separator: "\n"), place: "outside the attachment") == [])
            let document = parsed.attachments.map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
            let about = reports.filter { document.contains($0.familyName) }
            #expect(about.count == 1)
            let others = reports.filter { $0.familyName != about.first?.familyName }.flatMap(\.allowed)
            #expect(others.filter { document.contains($0.value) } == [])
            // The tool sees what is there: otherwise it would find nothing anywhere.
            #expect(!anything.findings(in: mail).isEmpty)
        }
        let transcripts = site.board.relay.transcripts.flatMap(anything.findings)
        #expect(transcripts == [])
    }

    private func checkStore(_ store: StoreBytes, _ events: [CanaryEvent]) {
        #expect(store.findings([.init("mark", CanaryEvent.mark)]) == [])
        // The days that clocks run to stand in the open, as every time does: what is due could not be found otherwise.
        let clocks = ["volgendMoment", "monitoringTot", "hulpTot", "uiterlijk"]
        let sealed = events.flatMap(\.all).filter { canary in !clocks.contains { canary.label.hasSuffix(" \($0)") } }
        #expect(store.plainFindings(sealed) == [])
    }

    /// What persons and systems read back: numbers, states, names of fields.
    private func checkViews(_ site: RunningSite, _ events: [CanaryEvent]) async throws {
        let canary = LeakCanary(Self.marks(events))
        var paths = ["/v1/afleveringen?aantal=200", "/v1/verstrekkingen?aantal=200", "/v1/openapi.json"]
        paths += (1...events.count).map { "/v1/gebeurtenissen/\($0)" }
        paths += try await site.deliveries().map { "/v1/afleveringen/\($0.number)" }
        for path in paths {
            let reply = try await site.send(.get(path), as: .meldingsbevoegde)
            #expect(canary.findings(in: reply.everything, place: path) == [])
        }
        let metrics = try await site.send(.get("/metrics"), as: .system)
        #expect(metrics.status == 200 && canary.findings(in: metrics.everything, place: "metrics") == [])
    }

    /// Every way to be refused, with values in every place; no refusal repeats one.
    private func checkRefusals(_ site: RunningSite) async throws {
        let canary = LeakCanary([.init("mark", CanaryEvent.mark), .init("bsn", SchoolEvent.bsn)])
        for (name, request) in BadRequests.all {
            let reply = try await site.send(request, as: .system)
            #expect(reply.status >= 400, "\(name): \(reply.status)")
            #expect(reply.problem != nil, "\(name) is no problem in its form: \(reply.text)")
            #expect(canary.findings(in: reply.everything, place: name) == [], "\(reply.text)")
        }
    }

    private static func folder(of site: RunningSite) -> String {
        URL(fileURLWithPath: site.board.storePath).deletingLastPathComponent().path
    }

    /// The mark stands for all texts; dates, numbers and postcodes stand beside it.
    private static func marks(_ events: [CanaryEvent]) -> [LeakCanary.Canary] {
        let unmarked = events.flatMap(\.all).filter { !$0.value.contains(CanaryEvent.mark) }
        return [.init("mark", CanaryEvent.mark)] + unmarked
    }
}
