// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing

@Suite struct DeliveryStateTests {
    /// Every pair of states, written down a second time: a row is where a delivery stands, a cross where it may go.
    private static let table = """
                        waiting queued sending delivered rejected refused parked unknown releasable released handedOver notHandedOver cancelled
        waiting         .       x      .       .         .        x       .      .       x          .        .          .             x
        queued          x       .      x       .         .        x       x      .       .          .        .          .             x
        sending         .       x      .       x         x        .       x      x       .          .        .          .             .
        delivered       .       .      .       .         .        .       .      .       .          .        .          .             .
        rejected        .       x      .       .         .        .       .      .       .          .        .          .             x
        refused         .       .      .       .         .        .       .      .       .          .        .          .             .
        parked          .       x      .       .         .        .       .      .       .          .        .          .             x
        unknown         .       x      .       x         .        .       .      .       .          .        .          x             .
        releasable      x       .      .       .         .        x       .      .       .          x        .          .             x
        released        .       .      .       .         .        .       .      .       .          .        x          x             .
        handedOver      .       .      .       .         .        .       .      .       .          .        .          .             .
        notHandedOver   .       .      .       .         .        .       .      .       .          .        .          .             .
        cancelled       .       .      .       .         .        .       .      .       .          .        .          .             .
        """

    @Test func everyPairOfStates() throws {
        let lines = Self.table.split(separator: "\n").map { $0.split(separator: " ") }
        let columns = try #require(lines.first).compactMap { DeliveryState(rawValue: String($0)) }
        #expect(columns == DeliveryState.allCases && lines.count == 14)
        var pairs = 0
        for line in lines.dropFirst() {
            let state = try #require(DeliveryState(rawValue: String(line[0])))
            for (next, mark) in zip(columns, line.dropFirst()) {
                pairs += 1
                #expect(state.mayBecome(next) == (mark == "x"), "\(state) to \(next)")
            }
        }
        #expect(pairs == 13 * 13)
    }

    @Test func finalStatesAreThoseWithoutAWayOut() {
        let final: Set<DeliveryState> = [.delivered, .refused, .handedOver, .notHandedOver, .cancelled]
        for state in DeliveryState.allCases {
            #expect(state.isFinal == final.contains(state))
            #expect(!(state.isFinal && state.needsPerson))
        }
    }

    /// Whatever stands still is in somebody's hands: what is neither final nor moving by itself needs a person.
    @Test func nothingStandsStillUnseen() {
        for state in DeliveryState.allCases where !state.isFinal {
            let movesByItself = state == .queued || state == .sending
            #expect(state.needsPerson != movesByItself, "\(state)")
        }
        #expect(DeliveryState.allCases.filter(\.hasArrived) == [.delivered, .handedOver])
        #expect(DeliveryState.allCases.filter(\.hasArrived).allSatisfy { $0.isFinal })
    }

    /// From every state a delivery can still end, and every state can be reached from where deliveries begin.
    @Test func everyStateEndsAndIsReached() {
        for state in DeliveryState.allCases {
            #expect(reachable(from: [state]).contains { $0.isFinal })
        }
        #expect(reachable(from: [.waiting, .queued, .releasable]) == Set(DeliveryState.allCases))
    }

    /// Only `sending` says that the adapter was called, and only `released` that a person has the text: nothing arrives but
    /// through one of them (or from `unknown`, which comes from the first).
    @Test func nothingArrivesWithoutAnIntent() {
        for state in DeliveryState.allCases {
            if state.mayBecome(.delivered) { #expect(state == .sending || state == .unknown) }
            if state.mayBecome(.handedOver) { #expect(state == .released) }
            if state.mayBecome(.unknown) { #expect(state == .sending) }
            if state.mayBecome(.cancelled) { #expect(state != .sending && state != .released && state != .unknown) }
        }
    }

    private func reachable(from start: Set<DeliveryState>) -> Set<DeliveryState> {
        var found = start
        var size = 0
        while found.count > size {
            size = found.count
            for state in found { found.formUnion(DeliveryState.allCases.filter(state.mayBecome)) }
        }
        return found
    }
}
