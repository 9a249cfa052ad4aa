// SPDX-License-Identifier: EUPL-1.2
import CaseSamples
import Delivery
import Testing
import Values

@Suite struct RecipientQueueTests {
    private func time(_ seconds: Int64) -> Timestamp { Timestamp(millisecondsSince1970: seconds * 1_000) }

    private func item(_ delivery: DeliveryID, case caseNumber: Int64, due: Int64 = 0) -> RecipientQueue.Item {
        RecipientQueue.Item(delivery: delivery, caseNumber: caseNumber, dueAt: time(due))
    }

    /// Thousands of random steps beside a list that does the same in the simplest way.
    @Test(arguments: [1, 2, 5, 100])
    func behavesAsTheModel(_ concurrency: Int) {
        var random = SplitMix64(seed: UInt64(concurrency))
        for _ in 0..<60 {
            var queue = RecipientQueue(concurrency: concurrency)
            var model = QueueModel(concurrency: concurrency)
            var now: Int64 = 1_000
            var serial: DeliveryID = 0
            for _ in 0..<200 {
                switch Int.random(in: 0..<10, using: &random) {
                case 0..<4:
                    serial += 1
                    let due = now + (random.oneIn(3) ? Int64.random(in: -5...30, using: &random) : 0)
                    let added = item(serial, case: Int64.random(in: 1...6, using: &random), due: due)
                    queue.add(added, at: time(now))
                    model.items.append(.init(item: added))
                case 4..<7:
                    guard let one = model.items.filter(\.isBusy).randomElement(using: &random)?.item else { continue }
                    let retry = random.oneIn(3) ? time(now + Int64.random(in: -2...40, using: &random)) : nil
                    queue.finish(one.delivery, caseNumber: one.caseNumber, retryAt: retry, at: time(now))
                    model.finish(one.delivery, retryAt: retry)
                case 7:
                    let one = random.oneIn(5) ? item(9_999, case: 1) : model.items.randomElement(using: &random)?.item
                    guard let one else { continue }
                    let isRemoved = queue.remove(one.delivery, caseNumber: one.caseNumber, at: time(now))
                    let isExpected = model.remove(one.delivery)
                    #expect(isRemoved == isExpected)
                default:
                    now += Int64.random(in: 0...15, using: &random)
                }
                check(&queue, &model, at: time(now))
            }
        }
    }

    /// What starts is allowed to, nothing that could start is left, and the next moment is exactly the right one.
    private func check(_ queue: inout RecipientQueue, _ model: inout QueueModel, at now: Timestamp) {
        let allowed = model.eligible(at: now)
        let started = queue.start(at: now)
        #expect(Set(started.map(\.delivery)).isSubset(of: allowed.map(\.delivery)))
        #expect(Set(started.map(\.caseNumber)).count == started.count)
        #expect(started.count == min(allowed.count, model.room))
        for one in started { model.start(one.delivery) }
        #expect(model.items.filter(\.isBusy).count <= model.concurrency)
        #expect(queue.nextDue == model.nextDue(after: now))
        #expect(queue.count == model.items.count)
        starts(&queue, now, [])
    }

    /// Starts what may start, and expects just these.
    private func starts(
        _ queue: inout RecipientQueue, _ now: Timestamp, _ expected: [DeliveryID],
        at place: SourceLocation = #_sourceLocation
    ) {
        let started = queue.start(at: now).map(\.delivery)
        #expect(started == expected, sourceLocation: place)
    }

    /// Takes out a delivery of case 1 and expects that this is possible, or not.
    private func removes(
        _ queue: inout RecipientQueue, _ delivery: DeliveryID, _ expected: Bool,
        at place: SourceLocation = #_sourceLocation
    ) {
        let isRemoved = queue.remove(delivery, caseNumber: 1, at: time(0))
        #expect(isRemoved == expected, sourceLocation: place)
    }

    @Test func aRetryHoldsOnlyItsOwnCase() {
        var queue = RecipientQueue(concurrency: 10)
        for (delivery, caseNumber) in [(1, 1), (2, 1), (3, 2)] as [(DeliveryID, Int64)] {
            queue.add(item(delivery, case: caseNumber), at: time(0))
        }
        starts(&queue, time(0), [1, 3])
        queue.finish(1, caseNumber: 1, retryAt: time(60), at: time(0))
        queue.finish(3, caseNumber: 2, at: time(0))
        queue.add(item(4, case: 2), at: time(1))
        starts(&queue, time(1), [4])
        #expect(queue.nextDue == time(60))
        starts(&queue, time(59), [])
        starts(&queue, time(60), [1])
        queue.finish(1, caseNumber: 1, at: time(60))
        starts(&queue, time(60), [2])
    }

    /// What was cancelled neither holds its case nor wakes the queue for nothing.
    @Test func removalLeavesNothingBehind() {
        var queue = RecipientQueue(concurrency: 1)
        queue.add(item(1, case: 1, due: 100), at: time(0))
        queue.add(item(2, case: 1, due: 50), at: time(0))
        #expect(queue.nextDue == time(100))
        removes(&queue, 1, true)
        #expect(queue.nextDue == time(50))
        removes(&queue, 2, true)
        #expect(queue.nextDue == nil && queue.count == 0)
        removes(&queue, 2, false)
        queue.add(item(3, case: 1, due: 200), at: time(0))
        queue.add(item(4, case: 1, due: 0), at: time(0))
        removes(&queue, 3, true)
        starts(&queue, time(0), [4])
        removes(&queue, 4, false)
    }

    /// A case with endless work takes its turn and no more.
    @Test func noCaseStarves() {
        var queue = RecipientQueue(concurrency: 1)
        for number in 1...50 { queue.add(item(DeliveryID(number), case: 1), at: time(0)) }
        for number in 51...59 { queue.add(item(DeliveryID(number), case: Int64(number)), at: time(0)) }
        var order: [Int64] = []
        for _ in 0..<20 {
            for one in queue.start(at: time(0)) {
                order.append(one.caseNumber)
                queue.finish(one.delivery, caseNumber: one.caseNumber, at: time(0))
            }
        }
        #expect(order.prefix(11) == [1, 51, 52, 53, 54, 55, 56, 57, 58, 59, 1])
    }

    /// Those whose retry is due go before those that come after them.
    @Test func retriesThatAreDueGoInTheOrderOfTheirTimes() {
        var queue = RecipientQueue(concurrency: 1)
        for (delivery, due) in [(1, 30), (2, 10), (3, 20), (4, 10)] as [(DeliveryID, Int64)] {
            queue.add(item(delivery, case: delivery, due: due), at: time(0))
        }
        var order: [DeliveryID] = []
        for _ in 0..<4 {
            for one in queue.start(at: time(40)) {
                order.append(one.delivery)
                queue.finish(one.delivery, caseNumber: one.caseNumber, at: time(40))
            }
        }
        #expect(order == [2, 4, 3, 1])
    }

    @Test func givingBackWhatWasNotTakenChangesNothing() {
        var queue = RecipientQueue(concurrency: 1)
        queue.add(item(1, case: 1), at: time(0))
        queue.finish(1, caseNumber: 1, at: time(0))
        queue.finish(7, caseNumber: 7, at: time(0))
        #expect(queue.count == 1)
        starts(&queue, time(0), [1])
        queue.finish(2, caseNumber: 1, at: time(0))
        queue.finish(1, caseNumber: 1, at: time(0))
        queue.finish(1, caseNumber: 1, at: time(0))
        #expect(queue.count == 0)
    }

    /// A backlog of tens of thousands of cases stays quick: no step looks at all of them.
    @Test func aLongBacklogDrains() {
        var queue = RecipientQueue(concurrency: 8)
        for number in 1...20_000 { queue.add(item(DeliveryID(number), case: Int64(number)), at: time(0)) }
        var done = 0
        while true {
            let started = queue.start(at: time(0))
            if started.isEmpty { break }
            for one in started { queue.finish(one.delivery, caseNumber: one.caseNumber, at: time(0)) }
            done += started.count
        }
        #expect(done == 20_000)
    }
}

/// The queue as a plain list in order of arrival.
private struct QueueModel {
    struct Entry {
        var item: RecipientQueue.Item
        var isBusy = false
    }

    let concurrency: Int
    var items: [Entry] = []

    init(concurrency: Int) {
        self.concurrency = concurrency
    }

    var room: Int { concurrency - items.filter(\.isBusy).count }

    /// The first of each case.
    private var heads: [Entry] {
        var seen: Set<Int64> = []
        return items.filter { seen.insert($0.item.caseNumber).inserted }
    }

    func eligible(at now: Timestamp) -> [RecipientQueue.Item] {
        heads.filter { !$0.isBusy && $0.item.dueAt <= now }.map(\.item)
    }

    func nextDue(after now: Timestamp) -> Timestamp? {
        heads.filter { !$0.isBusy && $0.item.dueAt > now }.map(\.item.dueAt).min()
    }

    mutating func start(_ delivery: DeliveryID) {
        for index in items.indices where items[index].item.delivery == delivery { items[index].isBusy = true }
    }

    mutating func finish(_ delivery: DeliveryID, retryAt: Timestamp?) {
        guard let index = items.firstIndex(where: { $0.item.delivery == delivery }) else { return }
        guard let retryAt else {
            items.remove(at: index)
            return
        }
        items[index].isBusy = false
        items[index].item.dueAt = retryAt
    }

    mutating func remove(_ delivery: DeliveryID) -> Bool {
        guard let index = items.firstIndex(where: { $0.item.delivery == delivery && !$0.isBusy }) else { return false }
        items.remove(at: index)
        return true
    }
}
