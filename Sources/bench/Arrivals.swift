// SPDX-License-Identifier: EUPL-1.2
import Sandbox
import Synchronization

/// When the stand-in index saw each event, by the number in its family name.
final class Arrivals: Sendable {
    private struct State {
        var at: [Int: Moment] = [:]
        var repeated = 0
    }

    private let state: Mutex<State>
    private static let marker = Array(BenchEvent.marker.utf8)

    init(expecting count: Int) {
        var state = State()
        state.at.reserveCapacity(count)
        self.state = Mutex(state)
    }

    /// Notes a request and answers as the index does.
    var behaviour: IndexBehaviour {
        .byRequest { [self] request, turn in
            note(request.body)
            return .json(201, #"{"signaalId":"IDX-\#(turn)","status":"geregistreerd"}"#)
        }
    }

    var byNumber: [Int: Moment] { state.withLock { $0.at } }

    /// How many requests came for an event that had come before.
    var repeated: Int { state.withLock { $0.repeated } }

    private func note(_ body: [UInt8]) {
        let now = Moment.now
        guard let marker = body.firstRange(of: Self.marker) else { return }
        var number = 0
        for byte in body[marker.upperBound...] {
            guard (48...57).contains(byte) else { break }
            number = number * 10 + Int(byte - 48)
        }
        state.withLock { state in
            if state.at.updateValue(now, forKey: number) != nil { state.repeated += 1 }
        }
    }
}
