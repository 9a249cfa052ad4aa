// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing
import Values

/// What waits is reminded of, and ends; it never goes by itself.
@Suite struct HoldClockTests {
    private let since = Timestamp(millisecondsSince1970: 1_795_000_000_000)

    @Test(arguments: [(3_600, 10_000), (3_600, 3_600), (10_000, 3_600), (1, 3)])
    func remindersThenTheEnd(_ remind: Int, _ expire: Int) {
        let clock = HoldClock(remindAfterSeconds: remind, expireAfterSeconds: expire)
        let end = since.adding(seconds: expire)
        #expect(clock.firstLook(since: since) == since.adding(seconds: min(remind, expire)))
        for seconds in stride(from: 0, through: expire + remind, by: max(1, min(remind, expire) / 7)) {
            let now = since.adding(seconds: seconds)
            switch clock.due(since: since, at: now) {
            case .expire: #expect(seconds >= expire)
            case .nothing(let next):
                #expect(seconds < min(remind, expire) && next == clock.firstLook(since: since))
            case .remind(let number, let next):
                #expect(seconds < expire && number == seconds / remind && number > 0)
                #expect(next > now && next <= end)
            }
        }
    }
}
