// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Gateway
import Synchronization
import Testing
import Values

/// What callers hear when the store does not do what is asked.
@Suite struct StoreTroubleTests {
    /// A mistake of the program does not pass by itself: nobody is told to try again, and the log says which rule it was.
    @Test func aChangeThatTheStoreRefusesIsNotCalledUnavailable() async throws {
        try await TestDoor.open { door in
            door.store.refuseChanges(.invalidChange(code: 2_067))
            let reply = try await door.submit(Sample.concern())
            #expect(reply.status == 500)
            #expect(reply.problem == "interne-fout")
            #expect(reply.header("retry-after") == nil)
            let told = door.log.all.filter { $0.contains("breaks its rules") }
            #expect(told == ["error the store refused a change that breaks its rules code=2067"])
            door.store.refuseChanges(nil)
            #expect(try await door.submit(Sample.concern()).status == 202)
        }
    }

    /// A small write may fit where an event no longer does.
    @Test func readinessAsksForRoomForTheLargestBody() async throws {
        try await TestDoor.open { door in
            let free = Mutex<Int64?>(8 << 20)
            let disk = DiskRoom(maximumBodyBytes: 1 << 20) { free.withLock { $0 } }
            #expect(disk.needed >= 1 << 20)
            let readiness = Readiness(store: door.store, disk: disk, now: door.clock.now)
            func reasons() async -> [String] {
                door.clock.advance(seconds: 2)
                return await readiness.reasons()
            }
            #expect(await reasons() == [])
            free.withLock { $0 = disk.needed - 1 }
            #expect(
                await reasons() == ["De schijf van de opslag is bijna vol: nog 4095 KiB vrij, nodig is 4096 KiB."])
            door.store.turn(on: false)
            #expect(await reasons().count == 2)
            door.store.turn(on: true)
            free.withLock { $0 = nil }
            #expect(await reasons().count == 1)
            free.withLock { $0 = disk.needed }
            #expect(await reasons() == [])
        }
    }

    @Test func theRoomOfARealDiskIsFound() async throws {
        try await TestDoor.open { door in
            for (path, isThere) in [("/", true), ("/bestaat/niet", false)] {
                let disk = DiskRoom(of: path, maximumBodyBytes: 1)
                let readiness = Readiness(store: door.store, disk: disk, now: door.clock.now)
                #expect(await readiness.reasons().isEmpty == isThere)
            }
        }
    }
}
