// SPDX-License-Identifier: EUPL-1.2
import CaseSamples
import Delivery
import Disclosures
import Testing
import Values

@Suite struct RetryPolicyTests {
    private let policies = [
        RetryPolicy.standard,
        RetryPolicy(firstDelaySeconds: 1, factor: 2, longestDelaySeconds: 60, maximumAttempts: 10),
        RetryPolicy(firstDelaySeconds: 10, factor: 1, longestDelaySeconds: 10, maximumAttempts: 3),
        RetryPolicy(firstDelaySeconds: 90, factor: 4, longestDelaySeconds: 30, maximumAttempts: 5),
        RetryPolicy(firstDelaySeconds: 0, factor: 0, longestDelaySeconds: 86_400, maximumAttempts: 4),
        RetryPolicy(firstDelaySeconds: 5, factor: 3, longestDelaySeconds: 3_600, maximumAttempts: 1),
    ]

    @Test func delaysGrowUpToTheirBoundAndThenRunOut() {
        for policy in policies {
            var last: Int64 = 0
            for attempt in 1..<policy.maximumAttempts {
                let delay = policy.delay(afterAttempt: attempt, jitter: 0, retryAfterSeconds: nil) ?? -1
                #expect(delay >= last && delay >= 1_000)
                #expect(delay <= Int64(policy.longestDelaySeconds) * 1_000)
                last = delay
            }
            for attempt in policy.maximumAttempts..<policy.maximumAttempts + 3 {
                #expect(policy.delay(afterAttempt: attempt, jitter: 0, retryAfterSeconds: 1) == nil)
            }
        }
    }

    @Test func theStandardPolicyLastsANight() {
        let delays = (1...18).map { RetryPolicy.standard.delay(afterAttempt: $0, jitter: 0, retryAfterSeconds: nil) }
        #expect(delays.prefix(6) == [5_000, 15_000, 45_000, 135_000, 405_000, 1_215_000])
        #expect(delays[6..<17].allSatisfy { $0 == 3_600_000 })
        #expect(delays.last == .some(nil))
        let hours = delays.compactMap(\.self).reduce(0, +) / 3_600_000
        #expect(hours == 11)
    }

    @Test func jitterTakesOffAtMostAQuarter() {
        var random = SplitMix64(seed: 101)
        for policy in policies {
            for attempt in 1..<policy.maximumAttempts {
                let full = policy.delay(afterAttempt: attempt, jitter: 0, retryAfterSeconds: nil) ?? 0
                for _ in 0..<20 {
                    let jitter = Double.random(in: 0...1, using: &random)
                    let delay = policy.delay(afterAttempt: attempt, jitter: jitter, retryAfterSeconds: nil) ?? 0
                    #expect(delay <= full && delay >= full - full / 4 - 1)
                }
                #expect(policy.delay(afterAttempt: attempt, jitter: 1, retryAfterSeconds: nil) == full - full / 4)
                // Out of bounds counts as the nearest bound.
                #expect(policy.delay(afterAttempt: attempt, jitter: 9, retryAfterSeconds: nil) == full - full / 4)
                #expect(policy.delay(afterAttempt: attempt, jitter: -9, retryAfterSeconds: nil) == full)
            }
        }
        // It does spread.
        let spread = Set(
            (0..<10).map {
                RetryPolicy.standard.delay(afterAttempt: 3, jitter: Double($0) / 10, retryAfterSeconds: nil)
            })
        #expect(spread.count == 10)
    }

    /// Never earlier than the counterpart asked, at most a day; asking for less than the backoff changes nothing.
    @Test func retryAfterIsHonoured() {
        let policy = RetryPolicy.standard
        for (asked, expected): (Int?, Int64) in [
            (nil, 5_000), (0, 5_000), (3, 5_000), (-5, 5_000), (60, 60_000), (7_200, 7_200_000), (86_400, 86_400_000),
            (1_000_000, 86_400_000), (.max, 86_400_000),
        ] {
            #expect(policy.delay(afterAttempt: 1, jitter: 0, retryAfterSeconds: asked) == expected)
        }
        // Jitter does not take off from what was asked.
        #expect(policy.delay(afterAttempt: 1, jitter: 1, retryAfterSeconds: 60) == 60_000)
    }
}

@Suite struct SettlementTests {
    private let now = Timestamp(millisecondsSince1970: 1_800_000_000_000)

    /// Every label with every outcome at every attempt.
    @Test func everyOutcomeAtEveryAttempt() {
        let policy = RetryPolicy(firstDelaySeconds: 4, factor: 2, longestDelaySeconds: 60, maximumAttempts: 4)
        for attempt in 1...6 {
            let accepted = settle(.accepted(Receipt(reference: "K-1")), attempt, policy)
            #expect(accepted == Expected(state: .delivered, reason: nil, dueAt: nil))
            for label in OutcomeLabel.allCases {
                let reason = OutcomeReason(label, status: 503)
                let word = label.rawValue
                #expect(
                    settle(.rejected(reason), attempt, policy) == Expected(state: .rejected, reason: word, dueAt: nil))
                #expect(
                    settle(.unknown(reason), attempt, policy) == Expected(state: .unknown, reason: word, dueAt: nil))
                for asked in [nil, 0, 30] {
                    let retried = settle(.retry(afterSeconds: asked, reason), attempt, policy)
                    let delay: Int64 = max([4_000, 8_000, 16_000][min(attempt, 3) - 1], Int64(asked ?? 0) * 1_000)
                    let expected =
                        attempt < 4
                        ? Expected(state: .queued, reason: word, dueAt: now.adding(milliseconds: delay))
                        : Expected(state: .parked, reason: word, dueAt: nil)
                    #expect(retried == expected, "\(label) at \(attempt)")
                }
            }
        }
    }

    /// Every state that comes out is one that `sending` may become, and parking ends the attempts.
    @Test func whatComesOutIsAllowed() {
        let reason = OutcomeReason(.answerTimeout)
        for outcome in [
            Outcome.accepted(Receipt()), .rejected(reason), .unknown(reason), .retry(afterSeconds: nil, reason),
        ] {
            for attempt in 1...20 {
                let state = settle(outcome, attempt, .standard).state
                #expect(DeliveryState.sending.mayBecome(state))
            }
        }
    }

    private struct Expected: Equatable {
        let state: DeliveryState
        let reason: String?
        let dueAt: Timestamp?
    }

    private func settle(_ outcome: Outcome, _ attempt: Int, _ policy: RetryPolicy) -> Expected {
        let settlement = Settlement.of(outcome, attempt: attempt, policy: policy, jitter: 0, at: now)
        return Expected(state: settlement.state, reason: settlement.reason, dueAt: settlement.dueAt)
    }
}

@Suite struct RecipientTroubleTests {
    /// Against a model that looks at the whole history: trouble begins at the second failure in a row, ends at the first answer.
    @Test func oneNoticeAtEachEnd() {
        var random = SplitMix64(seed: 103)
        let reason = OutcomeReason(.connectionRefused)
        let outcomes: [Outcome] = [
            .accepted(Receipt()), .rejected(reason), .unknown(reason), .retry(afterSeconds: 5, reason),
        ]
        for round in 0..<400 {
            var isTroubled = round.isMultiple(of: 5)
            var trouble = RecipientTrouble(isTroubled: isTroubled)
            var history: [Bool] = []
            var notices: [RecipientTrouble.Change] = []
            for _ in 0..<40 {
                let outcome = random.pick(outcomes)
                let isFailure = outcome.reason != nil && outcome.word != "afgewezen"
                history.append(isFailure)
                let inARow = history.reversed().prefix { $0 }.count
                let wasTroubled = isTroubled
                isTroubled = isFailure && (isTroubled || inARow >= RecipientTrouble.threshold)
                let change = trouble.record(outcome)
                #expect(change == (wasTroubled == isTroubled ? nil : isTroubled ? .began : .ended))
                #expect(trouble.isTroubled == isTroubled)
                if let change { notices.append(change) }
            }
            // They alternate, and the first says what was not so before.
            for (one, next) in zip(notices, notices.dropFirst()) { #expect(one != next) }
            if let first = notices.first { #expect(first == (round.isMultiple(of: 5) ? .ended : .began)) }
        }
    }

    @Test func oneSlipIsNoTrouble() {
        var trouble = RecipientTrouble(isTroubled: false)
        for _ in 0..<10 {
            let slip = trouble.record(.retry(afterSeconds: nil, OutcomeReason(.connectTimeout)))
            let answer = trouble.record(.accepted(Receipt()))
            #expect(slip == nil && answer == nil)
        }
    }
}
