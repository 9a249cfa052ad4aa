// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// What the answers of an index mean. An answer that no rule knows is never taken for a success: it may have arrived, and a
/// person looks at it.
struct AnswerRules: Sendable, Hashable {
    private let accepted: Set<Int>
    private let rejected: Set<Int>
    private let retry: Set<Int>
    private let acceptedWhen: FieldRule?
    private let rejectedWhen: FieldRule?
    private let retryWhen: FieldRule?
    private let reference: AnswerPath?
    private let format: BodyFormat

    /// 409 stands in no list: it may mean that the index has the message already.
    private static let acceptedByDefault = [200, 201, 202, 204]
    private static let rejectedByDefault = [400, 403, 404, 405, 406, 410, 413, 415, 422]
    /// Statuses that say that nothing was taken. Other 5xx may come after the message was taken in.
    private static let retryByDefault = [401, 408, 425, 429, 503]

    static func specification(reference: String) -> [SettingSpecification] {
        [
            statuses("accepted_statuses", acceptedByDefault, "Statuses with which the index took the message."),
            statuses("rejected_statuses", rejectedByDefault, "Statuses with which the index refused it for good."),
            statuses(
                "retry_statuses", retryByDefault, "Statuses that say that nothing was taken and it may be sent again."),
            SettingSpecification(
                "accepted_when", .object(FieldRule.specification),
                summary: "What an accepted answer must hold besides its status."),
            SettingSpecification(
                "rejected_when", .object(FieldRule.specification),
                summary: "An answer that holds this is a refusal, whatever its status."),
            SettingSpecification(
                "retry_when", .object(FieldRule.specification),
                summary: "An answer that holds this took nothing, whatever its status; looked at after rejected_when."),
            SettingSpecification("reference_field", .text, summary: "Where an accepted answer holds \(reference)."),
        ]
    }

    private static func statuses(_ name: String, _ defaults: [Int], _ summary: String) -> SettingSpecification {
        SettingSpecification(
            name, .list(.integer(200...599)), default: .array(defaults.map { .number(Double($0)) }), summary: summary)
    }

    init(_ settings: JSONValue?, at path: [String], format: BodyFormat, problems: inout [SettingProblems.Problem]) {
        func list(_ name: String, _ defaults: [Int]) -> Set<Int> {
            Set(settings?[name]?.array?.compactMap(\.integer) ?? defaults)
        }
        accepted = list("accepted_statuses", Self.acceptedByDefault)
        rejected = list("rejected_statuses", Self.rejectedByDefault)
        retry = list("retry_statuses", Self.retryByDefault)
        acceptedWhen = FieldRule(settings?["accepted_when"], at: path + ["accepted_when"], format, problems: &problems)
        rejectedWhen = FieldRule(settings?["rejected_when"], at: path + ["rejected_when"], format, problems: &problems)
        retryWhen = FieldRule(settings?["retry_when"], at: path + ["retry_when"], format, problems: &problems)
        reference = settings?["reference_field"]?.string.flatMap {
            AnswerPath($0, at: path + ["reference_field"], format, problems: &problems)
        }
        self.format = format
        for (name, own, other) in [
            ("rejected_statuses", rejected, accepted), ("retry_statuses", retry, accepted.union(rejected)),
        ] {
            for status in own.intersection(other).sorted() {
                problems.append(
                    .init(
                        path: path + [name], message: "status \(status) stands in two lists",
                        suggestion: "write this list out without \(status)"))
            }
        }
    }

    func outcome(of response: HTTPResponse) -> Outcome {
        let needsDocument = acceptedWhen != nil || rejectedWhen != nil || retryWhen != nil
        let document = needsDocument || reference != nil ? AnswerDocument(response.body, format) : nil
        if rejectedWhen?.holds(in: document) == true || rejected.contains(response.status), !asksRetry(document) {
            return .rejected(OutcomeReason(.refusedByCounterpart, status: response.status))
        }
        if asksRetry(document) || retry.contains(response.status) {
            let label: OutcomeLabel = response.status == 401 ? .authenticationFailed : .busyCounterpart
            return .retry(afterSeconds: response.retryAfterSeconds, OutcomeReason(label, status: response.status))
        }
        // Where the answer has to speak for itself, one that cannot be read says nothing.
        let speaks = !needsDocument || document != nil
        if accepted.contains(response.status), speaks, acceptedWhen?.holds(in: document) != false {
            return .accepted(Receipt(reference: reference.flatMap { document?.text(at: $0) }.map(Self.plain)))
        }
        let label: OutcomeLabel = (300..<400).contains(response.status) ? .redirectRefused : .answerNotUnderstood
        return .unknown(OutcomeReason(label, status: response.status))
    }

    /// A reference is shown to people and copied into forms: without control characters.
    private static func plain(_ reference: String) -> String {
        String(String.UnicodeScalarView(reference.unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }

    private func asksRetry(_ document: AnswerDocument?) -> Bool {
        rejectedWhen?.holds(in: document) != true && retryWhen?.holds(in: document) == true
    }
}

/// A field of the answer, and the texts that it may hold.
struct FieldRule: Sendable, Hashable {
    private let field: AnswerPath
    private let texts: Set<String>

    static let specification = [
        SettingSpecification(
            "field", .text, required: true,
            summary: "A JSON pointer (/status) or a path of element names (/Envelope/Body/antwoord/status)."),
        SettingSpecification("equals", .text, summary: "The one text that fits."),
        SettingSpecification("one_of", .list(.text), summary: "The texts of which one fits."),
    ]

    init?(_ settings: JSONValue?, at path: [String], _ format: BodyFormat, problems: inout [SettingProblems.Problem]) {
        guard let settings, settings != .null else { return nil }
        let texts = settings["equals"]?.string.map { [$0] } ?? []
        let listed = settings["one_of"]?.array?.compactMap(\.string) ?? []
        if texts.isEmpty == listed.isEmpty {
            problems.append(.init(path: path, message: "exactly one of equals and one_of is needed"))
        }
        guard
            let field = AnswerPath(
                settings["field"]?.string ?? "", at: path + ["field"], format, problems: &problems)
        else { return nil }
        self.field = field
        self.texts = Set(texts + listed)
    }

    func holds(in document: AnswerDocument?) -> Bool {
        document?.text(at: field).map(texts.contains) ?? false
    }
}
