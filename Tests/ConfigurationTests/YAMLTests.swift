// SPDX-License-Identifier: EUPL-1.2
import Testing

@testable import BoardConfiguration

@Suite struct YAMLTests {
    private func read(_ text: String) -> (node: YAMLNode?, problems: [String]) { read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) -> (node: YAMLNode?, problems: [String]) {
        let log = ProblemLog()
        let node = YAMLReader.read(bytes, file: "a.yaml", log)
        return (node, log.ordered.map(\.description))
    }

    @Test(arguments: [
        "12E4", "0x1F", "0755", "1_000", "yes", "no", "on", "off", "y", "NO", "2026-01-01", "1.10", "1e3", ".inf",
        "1:30", "00AA01",
        "3.0e+5", "=",
    ])
    func textIsTakenAsItStands(_ word: String) {
        let log = ProblemLog()
        let (node, problems) = read("a: \(word)")
        #expect(node?["a"]?.text(log) == word)
        #expect(problems.isEmpty && log.problems.isEmpty)
    }

    @Test func emptyWordsAreNoTextUnlessQuoted() {
        let log = ProblemLog()
        let node = read("a: ~\nb: \"null\"\nc:\nd: null").node
        #expect(node?["a"]?.text(log) == nil)
        #expect(node?["b"]?.text(log) == "null")
        #expect(node?["c"]?.text(log) == nil)
        #expect(node?["d"]?.text(log) == nil)
        #expect(log.problems.count == 3)
    }

    @Test func invalidUTF8IsPointedAt() {
        #expect(
            read(Array("a: b\nc: é".utf8) + [0xC3, 0x28]).problems
                == ["a.yaml:2:5: error: the file is not valid UTF-8 here. Save it as UTF-8."])
        #expect(
            read([0x61, 0xFF, 0xFE]).problems == [
                "a.yaml:1:2: error: the file is not valid UTF-8 here. Save it as UTF-8."
            ])
    }

    @Test func byteOrderMarkAndWindowsLinesAreFine() {
        let (node, problems) = read([0xEF, 0xBB, 0xBF] + Array("a: b\r\nc:\r\n  d: e\r\n".utf8))
        #expect(problems.isEmpty)
        #expect(node?["c"]?["d"]?.place == SourcePlace(file: "a.yaml", line: 3, column: 6))
    }

    @Test func sizeIsLimited() {
        #expect(read(Array(repeating: 0x20, count: 8 << 20)).problems == ["a.yaml:1:1: error: the file is empty"])
        #expect(
            read(Array(repeating: 0x20, count: 8 << 20 + 1)).problems
                == ["a.yaml:1:1: error: the file is larger than 8 MiB. Point to the configuration file itself."])
    }

    @Test func depthIsLimited() {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(read(deep).problems == ["a.yaml:1:34: error: this is nested more than 32 deep"])
        #expect(read(String(repeating: "[", count: 100_000)).problems.count == 1)
    }

    @Test func emptyFilesAreToldApart() {
        #expect(read("").problems == ["a.yaml:1:1: error: the file is empty"])
        #expect(read("# only a remark\n").problems == ["a.yaml:1:1: error: the file is empty"])
    }

    /// Each level doubles, to more than 10^12 words: whoever walks or compares all of it never ends, and neither does this
    /// test. It has no time limit: how long it waits for its turn among the others says nothing.
    @Test(arguments: ["z: *a40", "? *a40\n: 1", "*a40 : 1", "{[*a40]: 1}", "? [*a40, *a40]\n: 1"])
    func billionLaughsEnd(_ last: String) {
        let levels = (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
        let (_, problems) = read("a0: &a0 x\n\(levels)\(last)\n")
        #expect(!problems.isEmpty)
        #expect(problems.contains { $0.contains("anchors and aliases are not read") } || problems[0].contains("YAML:"))
    }

    @Test func refusedPartsAreReportedOnce() {
        let (node, problems) = read(
            "a: !x [1]\nb: &b {c: d}\ne: !!binary Zm9v\nf: |\n  &not an anchor *nor an alias\ng: \"*quoted\"\n")
        #expect(
            problems == [
                "a.yaml:1:4: error: tags (!…) are not read. Leave the tag out; the type follows from the key.",
                "a.yaml:2:4: error: anchors and aliases are not read. Write the value out where it is needed.",
                "a.yaml:3:4: error: tags (!…) are not read. Leave the tag out; the type follows from the key.",
            ])
        #expect(node?["g"] != nil)
    }

    @Test func manyDuplicatesDoNotHideOneAnother() {
        let text = (0..<50).map { "k\($0): 1\nk\($0): 2\n" }.joined()
        #expect(read(text).problems.count == 50)
    }

    @Test func textThatLooksLikeOurOwnMarksIsStillRead() {
        #expect(read("a: \u{E000}\n\u{E000}b: 1\n").problems.isEmpty)
        #expect(read("a: \u{E000}\na: 1\n").problems == ["a.yaml:1:1: error: the key “a” stands here twice"])
    }
}
