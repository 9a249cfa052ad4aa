// SPDX-License-Identifier: EUPL-1.2
import Testing

/// What holds for every source file, beyond what the compiler and swift-format check.
@Suite struct SourceRuleTests {
    private let checkout: Checkout

    init() throws {
        checkout = try Checkout.shared.get()
    }

    private static let license = "// SPDX-License-Identifier: EUPL-1.2"

    @Test func everyFileBeginsWithItsLicense() {
        for file in checkout.swiftFiles {
            #expect(file.text.hasPrefix(Self.license + "\n"), "\(file.path)")
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
            let code = file.code
            let words = SwiftCode.words(code)
            #expect(!code.contains("try!"), "\(file.path)")
            #expect(!code.contains("as!"), "\(file.path)")
            #expect(!words.contains("fatalError") && !words.contains("preconditionFailure"), "\(file.path)")
        }
    }

    @Test func nothingIsLeftToDo() {
        let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK"]
        for file in checkout.files where file.isSwift || file.path.hasSuffix(".md") || file.path.hasSuffix(".yaml") {
            for mark in marks { #expect(!file.text.contains(mark), "\(file.path) says \(mark)") }
        }
    }

    /// The tree stands by itself: it names no place of the machine it was made on.
    @Test func noFileNamesTheWorkshop() {
        let workshop = ["/work" + "/", "shared/" + "design.md", "shared/" + "practice.md"]
        for file in checkout.files {
            for place in workshop { #expect(!file.text.contains(place), "\(file.path) names \(place)") }
        }
    }

    /// The privacy rules are the only way from a case to an adapter. The suite for adapters makes samples of its own.
    @Test func onlyTheRulesMakeADisclosure() {
        for file in checkout.swiftFiles where file.isSource {
            let code = file.code
            let mayMint = file.path.hasPrefix("Sources/PrivacyRules/") || file.path.hasPrefix("Sources/AdapterTesting/")
            #expect(mayMint || !code.contains("minted:"), "\(file.path) mints a disclosure")
            // It can be decoded as well, for an adapter in a process of its own; nobody does so yet.
            let isItself = file.path == "Sources/Disclosures/Disclosure.swift"
            #expect(mayMint || isItself || !code.contains("Disclosure.self"), "\(file.path) decodes a disclosure")
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
            let words = SwiftCode.words(file.code)
            for name in ["CaseEvent", "CaseEvents", "JudgementInput", "PrivacyRules"] {
                #expect(!words.contains(Substring(name)), "\(file.path) names \(name)")
            }
        }
    }

    /// Rules take the time as an argument, and nothing there waits, reads or draws lots.
    @Test func pureRoomsHaveNoClockAndNoChance() {
        let names: [Substring] = [
            "ContinuousClock", "SuspendingClock", "SystemRandomNumberGenerator", "random", "Task", "sleep", "print",
            "FileManager", "ProcessInfo", "readLine",
        ]
        for room in ["Values", "Disclosures", "CaseEvents", "PrivacyRules", "Delivery"] {
            for file in checkout.swiftFiles where file.path.hasPrefix("Sources/\(room)/") {
                let words = SwiftCode.words(file.code)
                for name in names { #expect(!words.contains(name), "\(file.path) uses \(name)") }
            }
        }
    }

    /// All SQL lives in one room, so that a second store is a second room.
    @Test func onlyTheLedgerSpeaksSQL() {
        for file in checkout.swiftFiles where file.isSource && !file.path.hasPrefix("Sources/Ledger/") {
            let text = SwiftCode.stripped(file.text, keepingStrings: true)
            for phrase in ["SELECT ", "INSERT INTO", "DELETE FROM", "CREATE TABLE", "PRAGMA "] {
                #expect(!text.contains(phrase), "\(file.path) holds SQL")
            }
        }
    }
}
