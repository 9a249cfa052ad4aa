// SPDX-License-Identifier: EUPL-1.2
public import Values

/// The order in which one recipient's deliveries go out: in order per case, different cases side by side.
///
/// A value without I/O. What waits, is parked or is unknown is not in here at all, so it cannot hold up a later delivery of its case;
/// only one that is queued for a retry keeps its place. Another recipient has another queue, so a dead one delays only itself.
public struct RecipientQueue: Sendable {
    public struct Item: Sendable, Hashable {
        public let delivery: DeliveryID
        public let caseNumber: Int64
        public var dueAt: Timestamp

        public init(delivery: DeliveryID, caseNumber: Int64, dueAt: Timestamp) {
            self.delivery = delivery
            self.caseNumber = caseNumber
            self.dueAt = dueAt
        }
    }

    private struct Lane {
        var items: [Item] = []
        var isBusy = false
        /// In `ready` already: what is first when its turn comes is looked at then.
        var isReady = false
    }

    private let concurrency: Int
    private var lanes: [Int64: Lane] = [:]
    /// Cases whose first item may go as soon as there is room, oldest first; entries are checked again when taken.
    private var ready: FIFO<Int64> = FIFO()
    /// Cases whose first item waits for its time, soonest last.
    private var later: [(dueAt: Timestamp, caseNumber: Int64)] = []
    private var busy = 0

    /// - Parameter concurrency: how many deliveries may be under way at once.
    public init(concurrency: Int) {
        self.concurrency = max(1, concurrency)
    }

    /// Queued and under way.
    public private(set) var count = 0

    /// Adds a delivery behind the others of its case. Deliveries come in order of their number.
    public mutating func add(_ item: Item, at now: Timestamp) {
        var lane = lanes[item.caseNumber] ?? Lane()
        let isFirst = lane.items.isEmpty
        lane.items.append(item)
        count += 1
        lanes[item.caseNumber] = lane
        if isFirst { schedule(item, at: now) }
    }

    /// Takes out everything that may start now. Each must be given back with `finish`.
    public mutating func start(at now: Timestamp) -> [Item] {
        while let next = later.last, next.dueAt <= now {
            later.removeLast()
            makeReady(next.caseNumber)
        }
        var started: [Item] = []
        while busy < concurrency, let caseNumber = ready.popFirst() {
            lanes[caseNumber]?.isReady = false
            guard let lane = lanes[caseNumber], !lane.isBusy, let first = lane.items.first else { continue }
            guard first.dueAt <= now else {
                schedule(first, at: now)
                continue
            }
            lanes[caseNumber]?.isBusy = true
            busy += 1
            started.append(first)
        }
        return started
    }

    /// Gives back a started delivery: to try again at a time, or for good.
    public mutating func finish(_ delivery: DeliveryID, caseNumber: Int64, retryAt: Timestamp? = nil, at now: Timestamp)
    {
        guard var lane = lanes[caseNumber], lane.isBusy, lane.items.first?.delivery == delivery else { return }
        busy -= 1
        lane.isBusy = false
        if let retryAt {
            lane.items[0].dueAt = retryAt
        } else {
            lane.items.removeFirst()
            count -= 1
        }
        lanes[caseNumber] = lane.items.isEmpty ? nil : lane
        if let first = lane.items.first { schedule(first, at: now) }
    }

    /// Takes out a delivery that has not started: it was cancelled. False when it is under way or unknown here.
    public mutating func remove(_ delivery: DeliveryID, caseNumber: Int64, at now: Timestamp) -> Bool {
        guard var lane = lanes[caseNumber], let index = lane.items.firstIndex(where: { $0.delivery == delivery }),
            !(index == 0 && lane.isBusy)
        else { return false }
        lane.items.remove(at: index)
        count -= 1
        lanes[caseNumber] = lane.items.isEmpty ? nil : lane
        if index == 0 {
            later.removeAll { $0.caseNumber == caseNumber }
            if let first = lane.items.first { schedule(first, at: now) }
        }
        return true
    }

    /// When to call `start` again if nothing else happens; nil when only `add` or `finish` can bring work.
    public var nextDue: Timestamp? {
        later.last?.dueAt
    }

    private mutating func schedule(_ item: Item, at now: Timestamp) {
        guard item.dueAt > now else { return makeReady(item.caseNumber) }
        let position = later.firstIndex { $0.dueAt <= item.dueAt } ?? later.count
        later.insert((item.dueAt, item.caseNumber), at: position)
    }

    private mutating func makeReady(_ caseNumber: Int64) {
        guard lanes[caseNumber]?.isReady == false else { return }
        lanes[caseNumber]?.isReady = true
        ready.append(caseNumber)
    }
}

/// First in, first out, without moving the rest on every take.
struct FIFO<Element: Sendable>: Sendable {
    private var elements: [Element] = []
    private var head = 0

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        defer {
            head += 1
            if head > 64, head * 2 > elements.count {
                elements.removeFirst(head)
                head = 0
            }
        }
        return elements[head]
    }
}
