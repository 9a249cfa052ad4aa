// SPDX-License-Identifier: EUPL-1.2
public import Meldcode
import PrivacyRules
import Values

/// Reads tracks of the meldcode from YAML, one a file.
public enum TrackLoader {
    /// The tracks that ship with the gateway: `po` and `vo`.
    /// - Throws: Never in a gateway that passed its tests.
    public static func standard() throws(ConfigurationProblems) -> TrackBook {
        let log = ProblemLog()
        let book = standard(log)
        try log.throwErrors()
        return book
    }

    /// The track in a file.
    /// - Throws: Everything that is wrong with it, what the law asks included (practice 32).
    public static func load(_ path: String) throws(ConfigurationProblems) -> Track {
        let log = ProblemLog()
        let track = Surroundings(environment: [:], log: log).document(path, mentionedAt: nil)
            .flatMap { TrackReader(log: log).track($0) }
        try log.throwErrors()
        guard let track else { throw ConfigurationProblems(problems: log.ordered) }
        return track.value
    }

    static func standard(_ log: ProblemLog) -> TrackBook {
        let shipped = [("po", PackageResources.po_yaml), ("vo", PackageResources.vo_yaml)]
        return TrackBook(
            shipped.compactMap { name, bytes in
                YAMLReader.read(bytes, file: "\(name).yaml (built in)", log)
                    .flatMap { TrackReader(log: log).track($0)?.value }
            })
    }
}

/// Reads one file with a track.
struct TrackReader {
    let log: ProblemLog

    private static let keys = ["track", "title", "source", "geldig_van", "geldig_tot", "steps"]
    private static let stepKeys = [
        "id", "title", "text", "elements", "who", "record", "afwegingskader", "gesprek_na_stap", "verwijsindex",
    ]

    /// The track, with the place where it begins to hold.
    func track(_ root: YAMLNode) -> Placed<Track>? {
        guard let section = Section(root, keys: Self.keys, log) else { return nil }
        let name = section.required("track") { $0.identifier(log) }
        let title = section.text("title")
        let source = section.text("source")
        let from = section.required("geldig_van") { $0.date(log) }
        let until = section.date("geldig_tot")
        let steps = section.required("steps") { $0.list(log, of: step) }
        // With one of its steps missing it would be blamed for elements that are there.
        guard let name, let title, let source, let from, let steps, steps.count == root["steps"]?.elements?.count
        else { return nil }
        do throws(TrackProblems) {
            let track = try Track(name: name, title: title, source: source, from: from, until: until, steps: steps)
            warnWithoutIndex(track, at: section.place(of: "steps"))
            return Placed(value: track, place: section.place(of: "geldig_van"))
        } catch {
            for problem in error.problems { report(problem, in: root) }
            return nil
        }
    }

    private func step(_ node: YAMLNode) -> Track.Step? {
        guard let section = Section(node, keys: Self.stepKeys, log) else { return nil }
        let id = section.required("id") { $0.identifier(log) }
        let title = section.text("title")
        let text = section.required("text") { $0.longText(log) }
        let elements = section.required("elements") { node in
            node.set(log) { $0.choice(rawChoices(StatutoryElement.self), "statutory element", log) }
        }
        let roles = section.required("who") { node in
            node.set(log) { $0.choice(rawChoices(Role.self), "role", log) }
        }
        let record = section.required("record") { node in node.set(log) { $0.text(log) } }
        let hasFramework = section.boolean("afwegingskader")
        let hasTalk = section.boolean("gesprek_na_stap")
        let hasIndex = section.boolean("verwijsindex")
        guard let id, let title, let text, let elements, let roles, let record,
            // What could not be read is told already: the step is not blamed for lacking it as well.
            elements.count == node["elements"]?.elements?.count, roles.count == node["who"]?.elements?.count,
            record.count == node["record"]?.elements?.count
        else { return nil }
        return Track.Step(
            id: id, title: title, text: text, elements: elements, roles: roles.map(\.rawValue), toRecord: record,
            hasWeighingFramework: hasFramework, hasTalkAfter: hasTalk, hasIndexAttention: hasIndex)
    }

    /// Only a school that is connected to the verwijsindex must have this (Besluit art. 2(1)), so it is no error.
    private func warnWithoutIndex(_ track: Track, at place: SourcePlace) {
        guard !track.steps.contains(where: \.hasIndexAttention) else { return }
        log.warning(
            place,
            "no step of “\(track.name)” has attention for the verwijsindex (Besluit verplichte meldcode art. 2(1))",
            suggestion: "Add verwijsindex: true to the step in which registration is considered.")
    }

    private func report(_ problem: TrackProblems.Problem, in root: YAMLNode) {
        let node = problem.step.flatMap { root["steps"]?.elements?[$0] } ?? root
        log.error((node[problem.part] ?? node).place, problem.message)
    }
}
