// SPDX-License-Identifier: EUPL-1.2
import Figures

/// Tables that add up, as water in pipes: from the whole over rows to columns and back. A figure can be more, just when what more
/// flows there can find its way back through figures that are not shown exactly. That is exact for tables of any size.
struct Network {
    struct Pipe {
        let from: Int
        let to: Int
        let flow: Int
        let low: Int
        let high: Int
    }

    private(set) var pipes: [Pipe] = []
    private var nodes = 0

    mutating func node() -> Int {
        nodes += 1
        return nodes - 1
    }

    mutating func pipe(_ from: Int, _ to: Int, _ flow: Int, _ shown: ShownFigure) -> Int {
        pipes.append(Pipe(from: from, to: to, flow: flow, low: shown.least, high: shown.most ?? 1_000_000))
        return pipes.count - 1
    }

    /// The least and the most that a pipe can hold, no further than some steps away.
    func bounds(_ pipe: Int, steps: Int = 6) -> (least: Int, most: Int) {
        var bounds = (least: pipes[pipe].flow, most: pipes[pipe].flow)
        for isMore in [true, false] {
            var flows = pipes.map(\.flow)
            for _ in 0..<steps {
                guard push(pipe, isMore, &flows) else { break }
                bounds = (min(bounds.least, flows[pipe]), max(bounds.most, flows[pipe]))
            }
        }
        return bounds
    }

    /// One more or one less through a pipe, if it can find its way back.
    private func push(_ pipe: Int, _ isMore: Bool, _ flows: inout [Int]) -> Bool {
        let own = pipes[pipe]
        guard isMore ? flows[pipe] < own.high : flows[pipe] > own.low else { return false }
        let (start, goal) = isMore ? (own.to, own.from) : (own.from, own.to)
        var ways = [(pipe: Int, isMore: Bool, before: Int)?](repeating: nil, count: nodes)
        var queue = [start]
        var next = 0
        while next < queue.count, ways[goal] == nil {
            let here = queue[next]
            next += 1
            for (index, other) in pipes.enumerated() where index != pipe {
                if other.from == here, flows[index] < other.high, ways[other.to] == nil, other.to != start {
                    ways[other.to] = (index, true, here)
                    queue.append(other.to)
                }
                if other.to == here, flows[index] > other.low, ways[other.from] == nil, other.from != start {
                    ways[other.from] = (index, false, here)
                    queue.append(other.from)
                }
            }
        }
        guard ways[goal] != nil else { return false }
        flows[pipe] += isMore ? 1 : -1
        var here = goal
        while here != start, let way = ways[here] {
            flows[way.pipe] += way.isMore ? 1 : -1
            here = way.before
        }
        return true
    }
}
