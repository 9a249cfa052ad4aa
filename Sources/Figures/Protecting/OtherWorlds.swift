// SPDX-License-Identifier: EUPL-1.2

/// Finds other numbers that look just like the real ones to who sees what is shown.
///
/// A figure cannot be computed when there is such another world in which it is something else. Every world that is found is checked
/// against all relations and all that is shown, so a figure counts as protected only on proof; a world that is not found, because the
/// search gave up, costs a figure that could have been shown, and never tells one.
struct OtherWorlds {
    private let system: FigureSystem
    /// Per figure the relations that it is in, with its sign there.
    private let memberships: [[(relation: Int, sign: Int)]]
    private var low: [Int]
    private var high: [Int]
    /// Over all worlds seen so far, the real one included.
    private(set) var least: [Int]
    private(set) var most: [Int]
    /// The worlds seen so far, but for the real one.
    private var seen: [[Int]] = []

    /// No count is larger.
    private static let ceiling = 1_000_000_000
    /// How many changes are tried before a search gives up.
    private static let patience = 600
    /// How many figures differ at most between one world and the next.
    private static let reach = 40

    /// - Parameter shown: One for each figure of the system; what stands between part and whole is hidden.
    init(_ system: FigureSystem, shown: [ShownFigure]) {
        self.system = system
        var memberships = [[(relation: Int, sign: Int)]](repeating: [], count: system.counts.count)
        for (index, relation) in system.relations.enumerated() {
            for (figure, sign) in relation.terms { memberships[figure].append((index, sign)) }
        }
        self.memberships = memberships
        low = shown.map(\.least)
        high = shown.map { $0.most ?? Self.ceiling }
        least = system.counts
        most = system.counts
    }

    /// Less of a figure is shown from now on. What was found before still holds.
    mutating func show(_ figure: Int, as shown: ShownFigure) {
        low[figure] = shown.least
        high[figure] = shown.most ?? Self.ceiling
    }

    /// Other things are shown from now on. Of what was found before stays what looks just like that.
    mutating func showAll(_ shown: [ShownFigure]) {
        for (figure, shown) in shown.enumerated() { show(figure, as: shown) }
        (least, most) = (system.counts, system.counts)
        let before = seen
        seen = []
        for world in before where world.indices.allSatisfy({ low[$0] <= world[$0] && world[$0] <= high[$0] }) {
            add(world)
        }
    }

    private mutating func add(_ world: [Int]) {
        for index in world.indices {
            least[index] = min(least[index], world[index])
            most[index] = max(most[index], world[index])
        }
        seen.append(world)
    }

    /// Looks for worlds with another number of this figure, step by step away from the real one, until one is good enough.
    mutating func explore(_ figure: Int, until isEnough: (_ least: Int, _ most: Int) -> Bool) -> Bool {
        for step in [1, -1] {
            var world = system.counts
            while !isEnough(least[figure], most[figure]) {
                guard let next = neighbour(of: world, figure, step) else { break }
                world = next
                add(world)
            }
        }
        return isEnough(least[figure], most[figure])
    }

    /// A world in which this figure is one more or one less, and everything else as it has to be; nil when none was found.
    private func neighbour(of world: [Int], _ figure: Int, _ step: Int) -> [Int]? {
        guard (low[figure]...high[figure]).contains(world[figure] + step) else { return nil }
        var search = Search(self, world)
        search.change(figure, by: step)
        return search.repair() ? search.world : nil
    }

    /// Changes figures by one, each once, until every relation holds again.
    private struct Search {
        private let worlds: OtherWorlds
        private(set) var world: [Int]
        private var isChanged: [Bool]
        /// By how much each relation is off.
        private var off: [Int]
        /// Those that are, in order.
        private var broken: [Int] = []
        private var changes = 0
        private var left = OtherWorlds.patience
        /// What could not be mended, as relations and by how much they are off.
        private var dead: Set<[Int]> = []

        init(_ worlds: OtherWorlds, _ world: [Int]) {
            self.worlds = worlds
            self.world = world
            isChanged = Array(repeating: false, count: world.count)
            off = Array(repeating: 0, count: worlds.system.relations.count)
        }

        mutating func change(_ figure: Int, by step: Int) {
            world[figure] += step
            isChanged[figure].toggle()
            changes += isChanged[figure] ? 1 : -1
            for (relation, sign) in worlds.memberships[figure] {
                let wasBroken = off[relation] != 0
                off[relation] += sign * step
                if wasBroken, off[relation] == 0 {
                    broken.removeAll { $0 == relation }
                } else if !wasBroken {
                    broken.insert(relation, at: broken.firstIndex { $0 > relation } ?? broken.endIndex)
                }
            }
        }

        /// Depth first: the relation with the fewest ways to mend it, and the way that breaks least.
        mutating func repair() -> Bool {
            if broken.isEmpty { return true }
            let state = broken.flatMap { [$0, off[$0]] }
            guard changes < OtherWorlds.reach, !dead.contains(state), let ways = fewestWays() else { return false }
            for (figure, step) in ways {
                left -= 1
                if left < 0 { return false }
                change(figure, by: step)
                if repair() { return true }
                change(figure, by: -step)
            }
            dead.insert(state)
            return false
        }

        /// Nil when some relation cannot be mended.
        private func fewestWays() -> [(figure: Int, step: Int)]? {
            var fewest: [(figure: Int, step: Int)]?
            for relation in broken {
                let ways = ways(relation)
                if ways.isEmpty { return nil }
                if ways.count < fewest?.count ?? .max { fewest = ways }
            }
            return fewest?.map { ($0, damage($0)) }
                .sorted { ($0.1, $0.0.figure) < ($1.1, $1.0.figure) }.map(\.0)
        }

        private func ways(_ relation: Int) -> [(figure: Int, step: Int)] {
            var ways: [(figure: Int, step: Int)] = []
            let direction = off[relation] > 0 ? -1 : 1
            for (figure, sign) in worlds.system.relations[relation].terms where !isChanged[figure] {
                let number = world[figure] + direction * sign
                if number >= worlds.low[figure], number <= worlds.high[figure] {
                    ways.append((figure, direction * sign))
                }
            }
            return ways
        }

        private func damage(_ way: (figure: Int, step: Int)) -> Int {
            var damage = 0
            for (relation, sign) in worlds.memberships[way.figure] {
                damage += abs(off[relation] + sign * way.step) - abs(off[relation])
            }
            return damage
        }
    }
}
