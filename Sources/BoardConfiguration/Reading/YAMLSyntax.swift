// SPDX-License-Identifier: EUPL-1.2
import Yams

extension ProblemLog {
    /// Says what the YAML parser stumbled over, with the advice that mostly helps. The text itself is not repeated.
    func report(_ failure: any Error, file: String, text: String) {
        guard let failure = failure as? YamlError else {
            return error(SourcePlace(file: file), "the file cannot be read as YAML")
        }
        switch failure {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let place = YAMLReader.place(mark, file)
            let advice = SyntaxAdvice(problem: problem, character: Self.character(at: place, in: text))
            error(place, advice.message, suggestion: advice.suggestion)
        default:
            error(SourcePlace(file: file), "the file cannot be read as YAML")
        }
    }

    private static func character(at place: SourcePlace, in text: String) -> Unicode.Scalar? {
        var counter = LineCounter()
        for scalar in text.unicodeScalars {
            if counter.line == place.line, counter.column >= place.column { return scalar }
            counter.count(scalar)
        }
        return nil
    }
}

private struct SyntaxAdvice {
    let message: String
    let suggestion: String?

    init(problem: String, character: Unicode.Scalar?) {
        switch (problem, character) {
        case ("found character that cannot start any token", "\t"),
            ("found a tab character that violates indentation", _),
            ("found a tab character where an indentation space is expected", _):
            message = "a tab stands where the indentation is"
            suggestion = "Indent with spaces."
        case ("found character that cannot start any token", _):
            message = "a value cannot begin with this character"
            suggestion = "Put the value between double quotes."
        case ("mapping values are not allowed in this context", _):
            message = "a “:” stands where no key can be"
            suggestion = "Check the indentation, and put quotes around a value that holds “: ”."
        case ("but found another document", _):
            message = "a second document begins here"
            suggestion = "Keep one document in a file; remove the “---”."
        case ("found undefined alias", _):
            message = "anchors and aliases are not read"
            suggestion = "Put a value that begins with “*” between quotes."
        case ("could not find expected ':'", _), ("did not find expected key", _),
            ("did not find expected '-' indicator", _), ("found unexpected end of stream", _):
            message = "YAML: \(problem)"
            suggestion = "Check the indentation and the quotes of this line and of the ones above it."
        default:
            message = "YAML: \(problem)"
            suggestion = nil
        }
    }
}
