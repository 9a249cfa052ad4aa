// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Delivery
import Disclosures
import PrivacyRules
import Testing
import Values

@Suite struct IntakePlanTests {
    private let policy: Policy
    private let now = Timestamp(millisecondsSince1970: 1_795_000_000_000)
    private let clock = HoldClock(remindAfterSeconds: 7_200, expireAfterSeconds: 86_400)
    private let tell = ["mw-melder", "mw-functionaris"]

    init() throws {
        policy = try SamplePolicy.make()
    }

    private func arrival(_ event: CaseEvent, person: String? = "mw-melder") -> IntakePlan.Arrival {
        IntakePlan.Arrival(
            event: event, school: "00AA", submitter: Submitter(tokenID: "abcdefghijkl", personID: person),
            receivedAt: now, traceID: "0af7651916cd43dd8448eb211c80319c")
    }

    private func judged(
        _ event: CaseEvent, _ kind: RecipientKind, _ channel: Channel = .api, roles: Set<Role> = [],
        key: String = "k-1",
        change: (inout SampleInput) -> Void = { _ in }
    ) -> IntakePlan.Judged {
        var sample = SampleInput.inOrder(event, to: kind)
        sample.recipient = Recipient(id: "r-\(kind.rawValue)", kind: kind, name: "Ontvanger", channel: channel)
        sample.submitter = SampleInput.person("mw-melder", roles)
        change(&sample)
        return IntakePlan.Judged(
            recipient: sample.recipient, deliveryKey: key, judgement: policy.judge(sample.input))
    }

    private func report() throws -> CaseEvent {
        var generator = EventGenerator(seed: 111, fill: .everything, texts: .canaries)
        return try generator.event(.veiligThuisMeldingBesloten)
    }

    @Test func theEventIsJournalledAsItCame() throws {
        let event = try report()
        let change = IntakePlan.change(arrival(event), judged: [], tell: tell, tellAfterSeconds: 900, holds: clock)
        let stored = try #require(change.event)
        #expect(stored.id == event.id && stored.source == event.source && stored.type == event.type.rawValue)
        #expect(stored.school == "00AA" && stored.caseReference == event.zaak && stored.receivedAt == now)
        #expect(stored.submitter == Submitter(tokenID: "abcdefghijkl", personID: "mw-melder"))
        #expect(try StrictJSON.read(stored.body).get() == event.structured)
        #expect(stored.body == event.structured.canonicalBytes)
        #expect(change.deliveries.isEmpty && change.notices.isEmpty && change.moves.isEmpty && change.entries.isEmpty)
    }

    /// Equal events make equal bodies, whatever the order they were written in, so that a repeat is known as one.
    @Test func aRepeatHasTheSameBody() throws {
        let event = try report()
        let written = event.structured.prettyString
        let reader = CloudEventReader(sources: [.init(uri: event.source, idsAreRunningNumbers: false)])
        let again = try reader.structured(try StrictJSON.read(written).get())
        let traced = try CaseEvent(
            id: event.id, source: event.source, type: event.type,
            traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", data: event.data)
        let other = try CaseEvent(
            id: event.id, source: event.source, type: event.type,
            data: event.data.with("/acuutGevaar", false)
                .with("/zaak", "anders"))
        let bodies = [event, again, traced, other].map { IntakePlan.newEvent(arrival($0)).body }
        #expect(bodies[0] == bodies[1] && bodies[0] == bodies[2] && bodies[0] != bodies[3])
    }

    @Test func statesFollowTheVerdictAndTheChannel() throws {
        let report = try report()
        for channel in [Channel.api, .mail, .handover] {
            let permitted = IntakePlan.planned(judged(report, .veiligThuis, channel, roles: [.directie]))
            #expect(permitted.state == (channel == .handover ? .releasable : .queued) && permitted.reason == nil)
            let waiting = IntakePlan.planned(judged(report, .veiligThuis, channel))
            #expect(waiting.state == .waiting && waiting.reason == "bevestiging")
            let refused = IntakePlan.planned(judged(report, .bestuur, channel, roles: [.directie]))
            #expect(refused.state == .refused && refused.reason == "geenRegel")
        }
    }

    /// Submitting in a role is kept as the confirmation; what needs none or waits has none.
    @Test func theSubmittersConfirmationIsKept() throws {
        let event = try report()
        let change = IntakePlan.change(
            arrival(event),
            judged: [
                judged(event, .veiligThuis, roles: [.directie, .leerkracht]), judged(event, .politie),
                judged(event, .bestuur, roles: [.directie]),
            ], tell: tell, tellAfterSeconds: 900, holds: clock)
        #expect(change.deliveries.map(\.state) == [.queued, .waiting, .refused])
        #expect(
            change.deliveries[0].confirmedBy == Delivery.Confirmation(personID: "mw-melder", role: "directie", at: now))
        #expect(change.deliveries[1].confirmedBy == nil && change.deliveries[2].confirmedBy == nil)
        #expect(change.deliveries.map(\.recipientID) == ["r-veiligThuis", "r-politie", "r-bestuur"])

        var generator = EventGenerator(seed: 112)
        let advice = try generator.event(.adviesGevraagd)
        let anonymous = IntakePlan.change(
            arrival(advice), judged: [judged(advice, .veiligThuis, roles: [.directie])], tell: tell,
            tellAfterSeconds: 900, holds: clock)
        #expect(anonymous.deliveries.first?.state == .queued)
        #expect(anonymous.deliveries.first?.confirmedBy == nil)
    }

    /// Practice 3: whoever reported hears at once of what does not go by itself, and of the rest within the term.
    @Test func urgentReportsAreWatchedAndTold() throws {
        let event = try report()
        for kind in SamplePolicy.reported {
            for (one, state) in [
                (judged(event, kind, roles: [.directie]), DeliveryState.queued), (judged(event, kind), .waiting),
                (judged(event, kind, .handover, roles: [.directie]), .releasable),
                (
                    judged(event, kind, roles: [.directie]) {
                        $0.agreements = Agreements(validUntil: $0.today.adding(days: -1))
                    }, .refused
                ),
            ] {
                let change = IntakePlan.change(
                    arrival(event), judged: [one], tell: tell, tellAfterSeconds: 900, holds: clock)
                #expect(change.deliveries.map(\.state) == [state])
                let tellBy = change.deliveries.first?.tellBy
                let notices = change.notices.filter { $0.kind == .notArrived }
                #expect(notices.count == change.notices.count)
                if state == .queued {
                    #expect(tellBy == now.adding(seconds: 900))
                    #expect(notices.isEmpty)
                } else {
                    #expect(notices.map(\.addressee) == tell.map { .person($0) })
                    #expect(notices.allSatisfy { $0.subject == .planned(0) && $0.cause == state.rawValue })
                    #expect(notices.allSatisfy { $0.recipientID == "r-\(kind.rawValue)" && $0.createdAt == now })
                }
            }
        }
    }

    /// What goes wrong again after a person tried again is told again, and the notice still names its state.
    @Test func everyRoundHasNoticesOfItsOwn() {
        let causes = [0, 18, 36].map { roundStart in
            Urgency.notices(
                tell: ["a"], recipientID: "vt", subject: .existing(1), state: .parked, roundStart: roundStart, at: now
            ).map(\.cause)
        }
        #expect(causes == [["parked"], ["parked/18"], ["parked/36"]])
        #expect(causes.joined().allSatisfy { Urgency.state(ofCause: $0) == .parked })
        #expect(Urgency.state(ofCause: Urgency.cause("term", roundStart: 18)) == nil)
    }

    /// Nothing else is: no advice, no index, nothing within the board.
    @Test func othersAreNotWatched() throws {
        var generator = EventGenerator(seed: 113, fill: .everything)
        let reports = [EventType.veiligThuisMeldingBesloten, .verstrekkingBesloten]
        for type in EventType.allCases where !reports.contains(type) {
            let event = try generator.event(type)
            for kind in RecipientKind.allCases {
                let change = IntakePlan.change(
                    arrival(event), judged: [judged(event, kind)], tell: tell, tellAfterSeconds: 900, holds: clock)
                #expect(change.notices.isEmpty)
                let isWaiting = change.deliveries.first?.state == .waiting
                #expect(change.deliveries.count == 1)
                #expect(change.deliveries[0].tellBy == (isWaiting ? now.adding(seconds: 7_200) : nil))
            }
        }
        let report = try report()
        for kind in RecipientKind.allCases where !RecipientKind.urgent.contains(kind) {
            let change = IntakePlan.change(
                arrival(report), judged: [judged(report, kind)], tell: tell, tellAfterSeconds: 900, holds: clock)
            let isWaiting = change.deliveries.first?.state == .waiting
            #expect(change.notices.isEmpty)
            #expect(change.deliveries[0].tellBy == (isWaiting ? now.adding(seconds: 7_200) : nil))
        }
    }

    /// Each notice points at its own delivery, by its place in the change.
    @Test func noticesPointAtTheirDelivery() throws {
        let event = try report()
        let change = IntakePlan.change(
            arrival(event),
            judged: [
                judged(event, .bestuur), judged(event, .veiligThuis, roles: [.directie], key: "k-2"),
                judged(event, .politie, key: "k-3"), judged(event, .raadVoorDeKinderbescherming, key: "k-4"),
            ], tell: tell, tellAfterSeconds: 60, holds: clock)
        #expect(change.deliveries.map(\.key) == ["k-1", "k-2", "k-3", "k-4"])
        for notice in change.notices {
            guard case .planned(let position)? = notice.subject else {
                Issue.record("no place")
                continue
            }
            #expect(change.deliveries[position].recipientID == notice.recipientID)
        }
        #expect(Set(change.notices.map(\.recipientID)) == ["r-politie", "r-raadVoorDeKinderbescherming"])
    }

    /// Notices and reasons carry nothing of the case.
    @Test func theNoticeIsFreeOfContent() throws {
        let event = try report()
        let change = IntakePlan.change(
            arrival(event), judged: [judged(event, .veiligThuis)], tell: tell, tellAfterSeconds: 60, holds: clock)
        let told = "\(change.notices) \(change.deliveries.map(\.reason)) \(Urgency.warning)"
        for leaf in event.data.leaves where leaf.isCanary {
            #expect(!told.contains(leaf.value.string ?? "Kan"))
        }
        #expect(Urgency.warning.contains("0800-2000") && Urgency.warning.contains("112"))
    }

    /// Every state in which nothing goes on by itself is told at once.
    @Test func whatNeedsAPersonIsToldAtOnce() {
        for state in DeliveryState.allCases {
            let isStuck = (state.needsPerson && state != .released) || state == .refused
            #expect(Urgency.mustTellAtOnce(state) == isStuck, "\(state)")
        }
    }
}
