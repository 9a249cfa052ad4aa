// SPDX-License-Identifier: EUPL-1.2
public import Values

/// All tracks of a board. Of one name there may be several, one after the other in time.
public struct TrackBook: Sendable, Hashable {
    /// Two tracks of one name that do not follow on each other.
    public struct Break: Sendable, Hashable {
        /// Whether both hold on some day, or neither does in between.
        public enum Kind: Sendable, Hashable { case overlap, gap }
        public let kind: Kind
        public let name: String
        /// Positions in the list that the book was asked about, the earlier track first.
        public let earlier: Int
        public let later: Int
        /// A sentence without its full stop, in Dutch.
        public let message: String
    }

    public let tracks: [Track]

    /// A book of these tracks; see `breaks(in:)` for whether they follow on each other.
    public init(_ tracks: [Track]) {
        self.tracks = tracks
    }

    /// The names, each once, in alphabetical order.
    public var names: [String] {
        Set(tracks.map(\.name)).sorted()
    }

    /// The track of this name that holds on a day.
    public func track(_ name: String, on date: CalendarDate) -> Track? {
        tracks.first { $0.name == name && $0.holds(on: date) }
    }

    /// Every overlap and gap between tracks of one name.
    public static func breaks(in tracks: [Track]) -> [Break] {
        let order = tracks.indices.sorted { (tracks[$0].name, tracks[$0].from) < (tracks[$1].name, tracks[$1].from) }
        return zip(order, order.dropFirst()).compactMap { earlier, later in
            let (first, second) = (tracks[earlier], tracks[later])
            guard first.name == second.name else { return nil }
            guard let end = first.until, end < second.from else {
                let message = "Vanaf \(second.from.dutchText) gelden er twee sporen “\(first.name)” tegelijk"
                return Break(kind: .overlap, name: first.name, earlier: earlier, later: later, message: message)
            }
            guard end.adding(days: 1) < second.from else { return nil }
            let message = "Na \(end.dutchText) geldt er tot \(second.from.dutchText) geen spoor “\(first.name)”"
            return Break(kind: .gap, name: first.name, earlier: earlier, later: later, message: message)
        }
    }
}
