// SPDX-License-Identifier: EUPL-1.2
import Testing

/// What holds for every source file, beyond what the compiler and swift-format check.
@Suite struct SourceRuleTests {
    private let checkout = Checkout.shared

    private static let license = "// SPDX-License-Identifier: EUPL-1.2"

    @Test func everyFileBeginsWithItsLicense() {
        for file in checkout.swiftFiles {
            let isLicensed = file.text.hasPrefix(Self.license + "\n")
            #expect(isLicensed, "\(file.path)")
        }
        let manifest = checkout.files.first { $0.path == "Package.swift" }
        #expect(manifest?.text.split(separator: "\n").dropFirst().first.map(String.init) == Self.license)
    }

    @Test func noFileIsTooLong() {
        for file in checkout.swiftFiles {
            let lines = file.text.utf8.count { $0 == UInt8(ascii: "\n") }
            #expect(lines <= 500, "\(file.path) has \(lines) lines")
        }
    }

    @Test func nothingGivesUp() {
        for file in checkout.swiftFiles where file.isSource {
            let forced = ["try!", "as!"].filter(file.code.contains)
            let given = file.words.intersection(["fatalError", "preconditionFailure"])
            #expect(forced.isEmpty && given.isEmpty, "\(file.path)")
        }
    }

    @Test func nothingIsLeftToDo() {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK"]
        for file in checkout.files where file.isSwift || file.path.hasSuffix(".md") || file.path.hasSuffix(".yaml") {
            let found = marks.filter(file.text.contains)
            #expect(found.isEmpty, "\(file.path)")
        }
    }

    /// The tree stands by itself: it names no place of the machine it was made on.
    @Test func noFileNamesTheWorkshop() {
        let workshop = ["/work" + "/", "shared/" + "design.md", "shared/" + "practice.md"]
        for file in checkout.files {
            let found = workshop.filter(file.text.contains)
            #expect(found.isEmpty, "\(file.path)")
        }
    }

    /// The privacy rules are the only way from a case to an adapter. The suite for adapters makes samples of its own.
    @Test func onlyTheRulesMakeADisclosure() {
        for file in checkout.swiftFiles where file.isSource {
            let mayMint = file.path.hasPrefix("Sources/PrivacyRules/") || file.path.hasPrefix("Sources/AdapterTesting/")
            let mints = file.code.contains("minted:")
            #expect(mayMint || !mints, "\(file.path) mints a disclosure")
            // It can be decoded as well, by an adapter in a process of its own: the pipe to it holds calls with a disclosure.
            let mayDecode = mayMint || file.path.hasPrefix("Sources/AdapterPipe/")
            let decodes =
                file.code.contains("Disclosure.self") || file.code.contains("Disclosure(from")
                || file.code.contains("(Disclosure)")
            #expect(mayDecode || !decodes, "\(file.path) decodes a disclosure")
        }
        let makers = checkout.swiftFiles.filter {
            $0.path.hasPrefix("Sources/PrivacyRules/") && $0.code.contains("minted:")
        }
        #expect(makers.map(\.path) == ["Sources/PrivacyRules/Judge.swift"])
    }

    /// Beyond the imports: neither the type nor the module of the full case is so much as named where adapters live.
    @Test func aFullCaseIsNotNamedWhereAdaptersLive() {
        let folders = [
            "Plugins/", "Sources/AdapterSDK/", "Sources/Transport/", "Sources/Disclosures/", "Sources/AdapterTesting/",
        ]
        for file in checkout.swiftFiles where folders.contains(where: { file.path.hasPrefix($0) }) {
            let named = file.words.intersection(["CaseEvent", "CaseEvents", "JudgementInput", "PrivacyRules"])
            #expect(named.isEmpty, "\(file.path)")
        }
    }

    /// Rules take the time as an argument, and nothing there waits, reads or draws lots.
    @Test func pureRoomsHaveNoClockAndNoChance() {
        let names: Set<Substring> = [
            "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "random", "Task", "sleep", "print",
            "FileManager", "ProcessInfo", "readLine",
        ]
        for room in ["Values", "Disclosures", "CaseEvents", "PrivacyRules", "Meldcode", "Delivery", "Figures"] {
            for file in checkout.swiftFiles where file.path.hasPrefix("Sources/\(room)/") {
                let used = file.words.intersection(names)
                #expect(used.isEmpty, "\(file.path)")
            }
        }
    }

    /// All SQL lives in one room, so that a second store is a second room. The bench's bare loop is what it is measured by.
    @Test func onlyTheLedgerSpeaksSQL() {
        let rooms = ["Sources/Ledger/", "Sources/bench/"]
        for file in checkout.swiftFiles where file.isSource && !rooms.contains(where: { file.path.hasPrefix($0) }) {
            let text = SwiftCode.stripped(file.text, keepingStrings: true)
            let phrases = ["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE", "PRAGMA "].filter(text.contains)
            #expect(phrases.isEmpty, "\(file.path)")
        }
    }
}
