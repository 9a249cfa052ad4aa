// SPDX-License-Identifier: EUPL-1.2
import Testing

/// One slip in an otherwise good configuration: the caret stands where the problem must be shown.
struct Slip: Sendable, CustomTestStringConvertible {
    let file: Site.File
    let old: String
    let new: String
    /// What follows `file:line:column: `.
    let expected: String
    /// Other lines that the same slip brings about, without their places.
    let also: [String]

    /// Where the problem is expected when that is not within the change: between two parts that stand in the text once.
    private var mark: (before: String, after: String)?

    init(
        _ old: String, _ new: String, _ expected: String, also: [String] = [], in file: Site.File = .main
    ) {
        self.file = file
        self.old = old
        self.new = new
        self.expected = expected
        self.also = also
    }

    /// The same slip, with its problem elsewhere.
    func marking(_ before: String, _ after: String, also: [String] = []) -> Slip {
        var slip = Slip(old, new, expected, also: self.also + also, in: file)
        slip.mark = (before, after)
        return slip
    }

    var testDescription: String { expected }

    /// The text of the file as it is changed, and the whole line that `check` must print.
    var textAndReport: (text: String, report: String) {
        var marked = Site.text(of: file, replacing: old, with: new)
        if let mark {
            marked = marked.replacing(
                mark.before + mark.after, with: mark.before + Site.caret + mark.after, maxReplacements: 1)
        }
        if !marked.contains(Site.caret) { marked = Site.caret + marked }
        let before = marked.prefix(upTo: marked.firstRange(of: Site.caret)?.lowerBound ?? marked.startIndex)
        let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
        let column = (lines.last?.unicodeScalars.count ?? 0) + 1
        return (
            marked.replacing(Site.caret, with: ""), "\(file.rawValue):\(lines.count):\(column): \(expected)"
        )
    }
}

@Suite struct ProblemTableTests {
    @Test func aGoodConfigurationHasNothingToSay() throws {
        #expect(try Site().report().isEmpty)
    }

    @Test(arguments: Slip.keys + Slip.values + Slip.yaml)
    func showsPlaceAndAdvice(_ slip: Slip) throws { try check(slip) }

    @Test(arguments: Slip.references + Slip.recipients + Slip.warnings)
    func showsWhatDoesNotFitTogether(_ slip: Slip) throws { try check(slip) }

    @Test(arguments: Slip.secrets)
    func showsWhatIsWrongWithSecrets(_ slip: Slip) throws { try check(slip) }

    @Test(arguments: Slip.persons)
    func showsWhatIsWrongWithPersons(_ slip: Slip) throws { try check(slip) }

    @Test(arguments: Slip.policy + Slip.ruleKeys + Slip.rules)
    func showsWhatIsWrongWithRules(_ slip: Slip) throws { try check(slip) }

    private func check(_ slip: Slip) throws {
        let (text, expected) = slip.textAndReport
        let site = try Site([slip.file: text])
        let report = site.report()
        #expect(report.contains(expected), "got:\n\(report.joined(separator: "\n"))")
        let others = report.filter { $0 != expected }
        #expect(others.count == slip.also.count, "got:\n\(report.joined(separator: "\n"))")
        for other in slip.also { #expect(others.contains { $0.contains(other) }, "missing: \(other)") }
        #expect(!report.joined().contains(Site.secret))
    }

    /// Found at delivery it would be too late.
    @Test func showsAMessageForWhichTheChannelHasNoForm() throws {
        // The rules that are built in have one for advice.
        let text = Site.text(of: .main, replacing: "policy_file: regels.yaml\n", with: "").replacing(
            "terms: ", with: "  - {event: nl.meldcode.advies-gevraagd.v1, recipients: [vt-noord]}\nterms: ")
        let line = text.prefix(upTo: try #require(text.firstRange(of: "advies-gevraagd")).lowerBound).split(
            separator: "\n", omittingEmptySubsequences: false
        ).count
        // Those rules know rungs too, which this configuration routes nowhere.
        let report = try Site([.main: text]).report().filter { !$0.contains("by notices only") }
        // They have some for rungs too, which no route brings anywhere here.
        #expect(
            report.filter { !$0.contains("what is open reaches") } == [
                "meldpoort.yaml:\(line):58: error: “vt-noord” has channel mail, on which the adapter “veilig-thuis” has no form for veiligThuisAdvies. Let nl.meldcode.advies-gevraagd.v1 go to a recipient with channel: handover."
            ])
        let byPhone = text.replacing("channel: mail\n", with: "channel: handover\n")
        #expect(try !Site([.main: byPhone]).report().contains { $0.contains("no form for") })
    }

    @Test func tableIsLongEnough() {
        let count =
            Slip.keys.count + Slip.values.count + Slip.yaml.count + Slip.references.count + Slip.recipients.count
            + Slip.warnings.count + Slip.secrets.count + Slip.persons.count + Slip.policy.count + Slip.ruleKeys.count
            + Slip.rules.count
        #expect(count >= 120)
    }
}
