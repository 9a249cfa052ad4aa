// SPDX-License-Identifier: EUPL-1.2
import Meldcode
import Values

extension ConfigurationReader {
    /// The tracks of the files that `tracks:` names, or those that ship with the gateway.
    /// - Parameter schools: What stands under `schools:`, to see whether their tracks are there.
    func tracks(_ node: YAMLNode?, schools: YAMLNode?) -> TrackBook? {
        guard let book = node.map(read) ?? TrackLoader.standard(log) else { return nil }
        for school in schools?.elements ?? [] {
            guard let name = school["track"], case .scalar(let text, _) = name.content, !name.isEmpty else { continue }
            check(text, at: name.place, in: book)
        }
        return book
    }

    /// Nil when one of the files cannot be read: schools are then not blamed for it.
    private func read(_ node: YAMLNode) -> TrackBook? {
        let placed = node.list(log) { element in
            surroundings.path(element).flatMap { surroundings.document($0, mentionedAt: element.place) }
                .flatMap { TrackReader(log: log).track($0) }
        }
        guard let placed, placed.count == node.elements?.count else { return nil }
        for problem in TrackBook.breaks(in: placed.map(\.value)) {
            let place = placed[problem.later].place
            switch problem.kind {
            case .overlap:
                let hint = "Give the earlier one geldig_tot: the day before."
                log.error(place, problem.message, suggestion: hint)
            case .gap: log.warning(place, problem.message)
            }
        }
        return TrackBook(placed.map(\.value))
    }

    private func check(_ name: String, at place: SourcePlace, in book: TrackBook) {
        guard book.names.contains(name) else {
            log.error(
                place, "there is no track “\(name)”", suggestion: Hint.choice(for: name, among: book.names))
            return
        }
        guard book.track(name, on: today) == nil else { return }
        log.warning(
            place, "the track “\(name)” does not hold today",
            suggestion: "See geldig_van and geldig_tot in the files under tracks:.")
    }
}
