// SPDX-License-Identifier: EUPL-1.2

/// Finds what somebody probably meant, for "did you mean" in errors.
public enum Suggestion {
    /// The candidate nearest to `word`, when it is near enough to be a slip: at most a third of its letters differ.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let typed = Array(word.lowercased().utf8.prefix(64))
        var best: (candidate: String, distance: Int)?
        for candidate in candidates.sorted() {
            let distance = Self.distance(typed, Array(candidate.lowercased().utf8.prefix(64)))
            if distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        guard let best, best.distance <= max(1, best.candidate.utf8.count / 3) else { return nil }
        return best.candidate
    }

    /// Optimal string alignment distance: insert, delete, replace, swap of neighbours.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
