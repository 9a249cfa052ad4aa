// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Values

/// Which steps of a track the events of a case have taken or skipped. No step waits for another.
struct StepFold {
    private enum Manner: Int {
        /// From weakest to strongest: a stronger one replaces a weaker one.
        case skippedWithoutReason, skippedWithReason, declared, taken
    }

    private struct Entry {
        let date: CalendarDate
        let manner: Manner

        var isSkip: Bool { manner == .skippedWithReason || manner == .skippedWithoutReason }
    }

    private struct Progress {
        var elements: [StatutoryElement: Entry] = [:]
        /// Of the step as a whole, when an event names it.
        var whole: Entry?
        var talk: Entry?

        func entry(_ element: StatutoryElement) -> Entry? {
            elements[element] ?? whole.flatMap { $0.isSkip ? $0 : nil }
        }

        var isTaken: Bool { elements.values.contains { !$0.isSkip } || whole.map { !$0.isSkip } ?? false }
    }

    private let track: Track
    private var progress: [Progress]

    init(_ track: Track) {
        self.track = track
        progress = track.steps.map { _ in Progress() }
    }

    // MARK: - Taking events in

    mutating func apply(_ event: CaseEvent, on day: CalendarDate) {
        switch event.type {
        case .stapGezet: take(event.data, on: day)
        case .wegingVastgelegd: for element in [StatutoryElement.wegen, .beslissen] { cover(element, day, .taken) }
        case .veiligThuisMeldingBesloten: cover(.beslissen, day, .taken)
        default: break
        }
        for name in event.data["gezetteStappen"]?.array ?? [] {
            guard let element = name.string.flatMap(StatutoryElement.init) else { continue }
            cover(element, day, .declared)
        }
    }

    private mutating func take(_ data: JSONValue, on day: CalendarDate) {
        guard let element = data["element"]?.string.flatMap(StatutoryElement.init) else { return }
        let isSkipped = data["overgeslagen"]?.bool == true
        let reason: Manner = data["toelichting"] == nil ? .skippedWithoutReason : .skippedWithReason
        let entry = Entry(date: day, manner: isSkipped ? reason : .taken)
        let named = data["stap"]?.string.flatMap { id in track.steps.firstIndex { $0.id == id } }
        guard let named, element != .gesprek || track.steps[named].hasPlace(for: .gesprek) else {
            return cover(element, day, entry.manner)
        }
        if element == .gesprek { return talk(entry, at: named) }
        Self.put(entry, &progress[named].whole)
        if !isSkipped, track.steps[named].elements.contains(element) {
            Self.put(entry, &progress[named].elements[element])
        }
    }

    /// Of an event that names no step of this track: the first place of the element.
    private mutating func cover(_ element: StatutoryElement, _ day: CalendarDate, _ manner: Manner) {
        let entry = Entry(date: day, manner: manner)
        if let index = track.steps.firstIndex(where: { $0.elements.contains(element) }) {
            if element == .gesprek {
                talk(entry, at: index)
            } else {
                Self.put(entry, &progress[index].elements[element])
            }
        } else if element == .gesprek {
            // The talk follows the step that was taken last.
            let places = track.steps.indices.filter { track.steps[$0].hasTalkAfter }
            if let place = places.last(where: { progress[$0].isTaken }) ?? places.first { talk(entry, at: place) }
        }
    }

    private mutating func talk(_ entry: Entry, at index: Int) {
        if track.steps[index].hasTalkAfter { Self.put(entry, &progress[index].talk) }
        if track.steps[index].elements.contains(.gesprek) { Self.put(entry, &progress[index].elements[.gesprek]) }
    }

    private static func put(_ entry: Entry, _ place: inout Entry?) {
        if entry.manner.rawValue > place?.manner.rawValue ?? -1 { place = entry }
    }

    // MARK: - Telling where it stands

    /// - Parameters:
    ///   - isClosed: What was not taken need not be any more.
    ///   - tellsFamily: False when the family is not to be told yet (practice 5).
    func statuses(isClosed: Bool, tellsFamily: Bool) -> [StepStatus] {
        let last = progress.lastIndex { $0.isTaken } ?? -1
        return track.steps.indices.map { index in
            let step = track.steps[index]
            let (state, date) = state(of: index, isClosed: isClosed)
            let open = state == .deels || state == .ontbreekt ? open(at: index) : []
            return StepStatus(
                step: step, number: index + 1, state: state, date: date, open: open,
                isPassedBy: (state == .ontbreekt || state == .deels) && index < last,
                talk: step.hasTalkAfter ? talk(at: index, isClosed: isClosed, tellsFamily: tellsFamily) : nil)
        }
    }

    private func open(at index: Int) -> [StatutoryElement] {
        track.steps[index].elements.filter { progress[index].entry($0) == nil }
    }

    private func state(of index: Int, isClosed: Bool) -> (StepStatus.State, CalendarDate?) {
        let own = progress[index]
        let entries = track.steps[index].elements.compactMap(own.entry)
        let whole = track.steps[index].elements.isEmpty ? own.whole.map { [$0] } ?? [] : entries
        let isWhole = !whole.isEmpty && open(at: index).isEmpty
        guard isWhole else {
            if own.isTaken { return (.deels, nil) }
            return (isClosed ? .nietNodig : .ontbreekt, nil)
        }
        let date = whole.map(\.date).max()
        let manners = Set(whole.map(\.manner))
        // A step of which anything was skipped without a reason keeps asking for it.
        if manners.contains(.skippedWithoutReason) { return (.overgeslagenZonderReden, date) }
        if manners == [.skippedWithReason] { return (.overgeslagenMetReden, date) }
        return (manners.contains(.declared) ? .genoemd : .gezet, date)
    }

    private func talk(at index: Int, isClosed: Bool, tellsFamily: Bool) -> StepStatus.Talk {
        let entry = progress[index].talk
        let day = entry.map { " op \($0.date.dutchText)" } ?? ""
        switch entry?.manner {
        case .taken, .declared:
            return StepStatus.Talk(state: .gevoerd, date: entry?.date, text: "gesprek gevoerd\(day)")
        case .skippedWithReason:
            let text = "gesprek niet gevoerd; de reden is vastgelegd\(day)"
            return StepStatus.Talk(state: .nietGevoerdMetReden, date: entry?.date, text: text)
        case .skippedWithoutReason:
            let text = "gesprek niet gevoerd; de reden is niet vastgelegd"
            return StepStatus.Talk(state: .nietGevoerdZonderReden, date: entry?.date, text: text)
        case nil:
            guard progress[index].isTaken, !isClosed else {
                return StepStatus.Talk(state: .nogNietAanDeOrde, date: nil, text: "gesprek nog niet aan de orde")
            }
            let text = tellsFamily ? "gesprek nog niet vastgelegd" : "gesprek nog niet vastgelegd: \(notYet)"
            return StepStatus.Talk(state: .ontbreekt, date: nil, text: text)
        }
    }
}

/// Practice 5: in this case the usual prompt would be a danger.
let notYet = "informeer het gezin nog niet, vraag eerst advies aan Veilig Thuis (0800-2000)"
