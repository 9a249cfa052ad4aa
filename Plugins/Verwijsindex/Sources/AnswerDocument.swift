// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Values

/// Where an answer holds a text.
struct AnswerPath: Sendable, Hashable {
    /// Keys of JSON objects and list positions, or element names without prefix, from the root down.
    let steps: [String]

    init?(_ text: String, at path: [String], _ format: BodyFormat, problems: inout [SettingProblems.Problem]) {
        let pointer = text.isEmpty ? nil : JSONPointer(text)
        steps = pointer?.tokens ?? []
        guard !steps.isEmpty, format == .json || steps.allSatisfy(Self.isElementName) else {
            let suggestion = format == .json ? "/signaalId" : "/Envelope/Body/antwoord/signaalId (names without prefix)"
            problems.append(
                .init(path: path, message: "'\(text)' leads to nothing in \(format.name)", suggestion: suggestion))
            return nil
        }
    }

    private static func isElementName(_ step: String) -> Bool {
        !step.isEmpty && !step.contains { " \t:/@*[]<>&\"'=".contains($0) }
    }
}

/// The body of an answer, as far as it can be read safely.
enum AnswerDocument {
    case json(JSONValue)
    case xml(XMLDocument)

    /// Nil when the body is not sound.
    init?(_ body: [UInt8], _ format: BodyFormat) {
        switch format {
        case .json:
            guard case .success(let value) = StrictJSON.read(body) else { return nil }
            self = .json(value)
        case .xml:
            guard let document = try? XMLDocument(body) else { return nil }
            self = .xml(document)
        }
    }

    /// The text at that place, without blanks around it; nil when there is none, when it is empty, or when it stands there twice.
    func text(at path: AnswerPath) -> String? {
        let text: String? =
            switch self {
            case .json(let value): Self.text(of: value[JSONPointer(tokens: path.steps)])
            case .xml(let document): document.text(at: path.steps)
            }
        guard let text else { return nil }
        let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    private static func text(of value: JSONValue?) -> String? {
        switch value {
        case .string(let text): text
        case .bool, .number: value?.canonicalString
        default: nil
        }
    }
}
