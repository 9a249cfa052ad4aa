// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Gateway
import Testing

/// The texts of `explain` for the commonest situations, as a care coordinator reads them: `Golden/NN-name.txt`.
///
/// `MELDPOORT_WRITE_GOLDEN=1` writes them anew and fails, so that somebody reads what changed before it is kept.
@Suite struct GoldenExplanationTests {
    private static let writes = ProcessInfo.processInfo.environment["MELDPOORT_WRITE_GOLDEN"] == "1"
    private static let golden = Case.folder.appendingPathComponent("Golden")

    private let model: GatewayModel

    init() throws {
        model = try Board.model()
    }

    @Test func everySituationReadsAsItsGoldenFile() throws {
        let names = try Case.names()
        #expect(names.count >= 25)
        for name in names {
            let text = try Case(name: name).text(in: model, today: Board.today)
            #expect(!text.isEmpty, "\(name) explains nothing")
            let file = Self.golden.appendingPathComponent("\(name).txt")
            if Self.writes { try Data(text.utf8).write(to: file) }
            let kept = try? String(contentsOf: file, encoding: .utf8)
            #expect(text == kept, "\(name) reads differently; see MELDPOORT_WRITE_GOLDEN")
        }
        if Self.writes { Issue.record("The golden files were written anew: read them, then run without it.") }
    }

    @Test func everyGoldenFileHasItsSituation() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.golden.path)
        #expect(files.sorted() == (try Case.names()).map { "\($0).txt" })
    }

    /// What a school reads has no name of a field or code in it, and no value of the case.
    @Test func noTextShowsAPathOrAValue() throws {
        let path = /[a-z]\.[a-z]|\[\]|[a-z][A-Z]/
        for name in try Case.names() {
            let text = try Case(name: name).text(in: model, today: Board.today)
            #expect(text.firstMatch(of: path) == nil, "\(name) shows the name of a field")
            for value in ["Voorbeeld-Achternaam", "Testkind", "999900006"] { #expect(!text.contains(value)) }
        }
    }
}
