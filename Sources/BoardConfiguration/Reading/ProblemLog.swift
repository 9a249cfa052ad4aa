// SPDX-License-Identifier: EUPL-1.2
import Values

/// Gathers problems while one configuration is read, so that one run shows them all. Not shared between tasks.
final class ProblemLog {
    private(set) var problems: [ConfigurationProblem] = []

    var hasErrors: Bool {
        problems.contains { $0.severity == .error }
    }

    func error(_ place: SourcePlace, _ message: String, suggestion: String? = nil) {
        problems.append(ConfigurationProblem(.error, at: place, message, suggestion: suggestion))
    }

    func warning(_ place: SourcePlace, _ message: String, suggestion: String? = nil) {
        problems.append(ConfigurationProblem(.warning, at: place, message, suggestion: suggestion))
    }

    /// File by file as they were first mentioned, each from top to bottom, nothing twice.
    var ordered: [ConfigurationProblem] {
        var files: [String] = []
        var seen: Set<ConfigurationProblem> = []
        for problem in problems where !files.contains(problem.file) { files.append(problem.file) }
        let once = problems.filter { seen.insert($0).inserted }
        return files.flatMap { file in
            once.enumerated().filter { $0.element.file == file }
                .sorted { left, right in
                    (left.element.line, left.element.column, left.offset)
                        < (right.element.line, right.element.column, right.offset)
                }
                .map(\.element)
        }
    }

    /// - Throws: All problems, when one of them is an error.
    func throwErrors() throws(ConfigurationProblems) {
        if hasErrors { throw ConfigurationProblems(problems: ordered) }
    }
}

/// The sentence for a slip of the keyboard, or the choices when nothing is near.
enum Hint {
    static func nearest(to word: String, among known: [String]) -> String? {
        Suggestion.nearest(to: word, among: known).map { "Did you mean “\($0)”?" }
    }

    static func choice(for word: String, among known: [String]) -> String {
        nearest(to: word, among: known) ?? "Known are: \(known.uniqued.joined(separator: ", "))."
    }
}

extension [String] {
    fileprivate var uniqued: [String] {
        reduce(into: []) { found, word in if !found.contains(word) { found.append(word) } }
    }
}
