// SPDX-License-Identifier: EUPL-1.2
import CBareLoop
import Delivery
import Foundation
import Ledger
import Sandbox
import Values

/// How long it takes to find what is due among very many expectations that are not, and to start with them.
struct OwedScale: Codable, Sendable {
    /// A store with so many open expectations.
    struct Size: Codable, Sendable {
        let open: Int
        /// Finding what is due, and the next clock, per number that is due.
        let looks: [Look]
        /// Opening the store, everything that is read to recover, and the first look at the clocks: the middle one, in milliseconds.
        let takeUp: Double
        /// From starting the program to its line that it listens: the middle one, in milliseconds.
        let ready: Double
        /// The same with a thousand that came due while it stood still.
        let readyWithDue: Double
        let storeMegabytes: Double
    }

    struct Look: Codable, Sendable {
        let due: Int
        /// Milliseconds.
        let find: Percentiles
        /// Steps of SQLite's machine: the same on every computer, whatever else it does.
        let steps: Int64
    }

    let sizes: [Size]

    /// How much longer the larger store takes, of the same thing.
    func ratio(_ value: (Size) -> Double) -> Double {
        guard let few = sizes.first.map(value), let many = sizes.last.map(value), few > 0 else { return 0 }
        return many / few
    }

    // MARK: - Measuring

    static func measure(quick: Bool, in folder: String) async throws -> OwedScale {
        var sizes: [Size] = []
        for open in quick ? [1_000, 20_000] : [10_000, 1_000_000] {
            let site = try await BoardSite.build(in: folder)
            do {
                sizes.append(try await measure(open, site))
                await site.tearDown()
            } catch {
                await site.tearDown()
                throw error
            }
        }
        return OwedScale(sizes: sizes)
    }

    private static func measure(_ open: Int, _ site: BoardSite) async throws -> Size {
        // The gateway makes its store itself.
        _ = try await ready(site)
        let ring = KeyRing(try MasterKey(file: "\(site.folder)/gateway/secrets/master.key"))
        let store = try SQLiteStore.open(site.storePath, ring: ring)
        // The first comes due in an hour, so that the gateway that is started has nothing to do.
        let first = SystemTime.now().adding(seconds: 3_600)
        do { try await fill(store, open, from: first) } catch {
            await store.close()
            throw error
        }
        let file = StoreFile(path: site.storePath)
        var looks: [Look] = []
        for due in [0, 10, 1_000] {
            let find = try await find(store, by: first.adding(seconds: due - 1), due)
            looks.append(Look(due: due, find: find, steps: try steps(site.storePath, first, due)))
        }
        await store.close()
        let takeUp = try await takeUp(site.storePath, ring)
        let times = try await readyTimes(site)
        // What came due while the gateway stood still.
        try file.change("UPDATE owed_item SET next_at = 0 WHERE id <= 1000")
        return Size(
            open: open, looks: looks, takeUp: takeUp, ready: times, readyWithDue: try await ready(site),
            storeMegabytes: Double(try file.bytes()) / 1_048_576)
    }

    /// Through commits of the store, many at a time: every second another one comes due.
    private static func fill(_ store: SQLiteStore, _ count: Int, from first: Timestamp) async throws {
        var change = Change()
        change.event = NewEvent(
            source: "urn:bench", id: "verplichtingen", type: "nl.meldcode.drempel-gemeld.v1", school: "01AB",
            caseReference: "bench", body: Array("{}".utf8), receivedAt: SystemTime.now(),
            submitter: Submitter(tokenID: "bench", personID: nil), traceID: String(repeating: "1", count: 32))
        guard case .stored(_, _, let caseNumber?) = try await store.commit(change) else {
            throw BenchFailure(description: "the store takes no event")
        }
        let place = OwedPlace.known(caseNumber: caseNumber, school: "01AB")
        let day = first.calendarDateInAmsterdam
        for start in stride(from: 0, to: count, by: 5_000) {
            var change = Change()
            change.owedSteps = (start..<min(start + 5_000, count)).map { number in
                var item = NewOwedItem(
                    .terugkoppelingBesluit, place, since: first, dueOn: day, nextAt: first.adding(seconds: number))
                item.subject = Int64(number + 1)
                item.recipientID = "veilig-thuis"
                return .open(item)
            }
            _ = try await store.commit(change)
        }
    }

    /// What the watch over the clocks asks each time: the first of what is due, and when to look again.
    private static func find(_ store: SQLiteStore, by time: Timestamp, _ due: Int) async throws -> Percentiles {
        var filter = OwedFilter()
        filter.lookBy = time
        filter.limit = 500
        var times: [Double] = []
        for _ in 0..<50 {
            let start = Moment.now
            let found = try await store.owedItems(filter).count
            _ = try await store.nextOwedLook()
            times.append(Moment.now.since(start) * 1_000)
            // The tasks of the year stand there too.
            guard (min(due, 500)...min(due + 20, 500)).contains(found) else {
                throw BenchFailure(description: "\(found) are due, not \(due)")
            }
        }
        return Percentiles(milliseconds: times)
    }

    private static func steps(_ path: String, _ first: Timestamp, _ due: Int) throws -> Int64 {
        let by = first.millisecondsSince1970 + Int64(due - 1) * 1_000
        let steps = bare_loop_steps(
            path, "SELECT o.* FROM owed_item o WHERE o.next_at <= \(by) ORDER BY o.next_at, o.id LIMIT 500")
        guard steps >= 0 else { throw BenchFailure(description: "the store gave no answer") }
        return steps
    }

    /// What the gateway reads of its store before it can go on where it was.
    private static func takeUp(_ path: String, _ ring: KeyRing) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<9 {
            let start = Moment.now
            let store = try SQLiteStore.open(path, ring: ring)
            _ = try await store.troubles()
            for states in [[.sending], [.queued]] as [Set<DeliveryState>] {
                var filter = DeliveryFilter()
                filter.states = states
                _ = try await store.deliveries(filter)
            }
            var watched = DeliveryFilter()
            watched.watched = true
            _ = try await store.deliveries(watched)
            var filter = OwedFilter()
            filter.lookBy = SystemTime.now()
            filter.limit = 500
            _ = try await store.owedItems(filter)
            _ = try await store.nextOwedLook()
            times.append(Moment.now.since(start) * 1_000)
            await store.close()
        }
        return Percentiles(milliseconds: times).p50
    }

    // MARK: - The program

    private static func readyTimes(_ site: BoardSite) async throws -> Double {
        var times: [Double] = []
        for _ in 0..<5 { times.append(try await ready(site)) }
        return Percentiles(milliseconds: times).p50
    }

    private static func ready(_ site: BoardSite) async throws -> Double {
        let start = Moment.now
        let gateway = try await site.startGateway()
        let milliseconds = Moment.now.since(start) * 1_000
        guard await gateway.stop() else { throw BenchFailure(description: "the gateway did not stop by itself") }
        return milliseconds
    }
}
