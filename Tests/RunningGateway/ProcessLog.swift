// SPDX-License-Identifier: EUPL-1.2
import Dispatch
public import Foundation
import Synchronization

/// Everything that one or more processes wrote to their standard error, and who waits for a word of it.
public final class ProcessLog: Sendable {
    private struct Waiter {
        let text: String
        let from: Int
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var bytes: [UInt8] = []
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
        var openEnds = 0

        mutating func takeDue() -> [CheckedContinuation<Bool, Never>] {
            let due = waiters.filter { Self.holds(bytes[$0.value.from...], $0.value.text) }
            for id in due.keys { waiters[id] = nil }
            return due.values.map(\.continuation)
        }

        static func holds(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
            String(decoding: bytes, as: UTF8.self).contains(text)
        }
    }

    private let state = Mutex(State())

    public init() {}

    /// A place to write for a process that is about to start. Close it here once the process has it.
    public func newEnd() -> FileHandle {
        let pipe = Pipe()
        let reading = pipe.fileHandleForReading
        state.withLock { $0.openEnds += 1 }
        let thread = Thread { [self] in
            while case let data = reading.availableData, !data.isEmpty { add(Array(data)) }
            state.withLock { $0.openEnds -= 1 }
        }
        thread.name = "process log"
        thread.start()
        return pipe.fileHandleForWriting
    }

    /// Everything so far.
    public var bytes: [UInt8] { state.withLock { $0.bytes } }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Where the log stands now, to wait for what comes after it.
    public var position: Int { state.withLock { $0.bytes.count } }

    /// Returns when this text was written after that position.
    /// - Throws: `Overdue`.
    public func wait(for text: String, from position: Int = 0, within time: Duration = .seconds(20)) async throws {
        let id = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        let found = await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if State.holds(state.bytes[position...], text) { return true }
                state.waiters[id] = Waiter(text: text, from: position, continuation: continuation)
                return false
            }
            if isThere { return continuation.resume(returning: true) }
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(time / .milliseconds(1)))) {
                let waiter = self.state.withLock { $0.waiters.removeValue(forKey: id) }
                waiter?.continuation.resume(returning: false)
            }
        }
        guard found else { throw Overdue("“\(text)” in the log of the gateway") }
    }

    private func add(_ bytes: [UInt8]) {
        let due = state.withLock { state in
            state.bytes += bytes
            return state.takeDue()
        }
        for continuation in due { continuation.resume(returning: true) }
    }
}
