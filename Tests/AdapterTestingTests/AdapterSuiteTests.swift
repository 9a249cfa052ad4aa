// SPDX-License-Identifier: EUPL-1.2
import AdapterTesting
import Foundation
import Sandbox
import Testing
import Values

/// The suite passes a sound adapter, and sees each mistake with the check that is meant for it.
@Suite(.serialized) struct AdapterSuiteTests {
    @Test func `passes a sound adapter`() async throws {
        let folder = try await Self.withSuite(.none) { suite, folder in
            #expect(suite.checks.count == AdapterCheck.allCases.count)
            try await suite.run()
            return folder
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    private static let seenBy: [CarelessAdapter.Mistake: AdapterCheck] = [
        .takesBadSettings: .refusesBadSettings, .probeSends: .probesWithoutSending,
        .nameInPath: .sendsOnlyContentWhereItBelongs, .nameInHeader: .sendsOnlyContentWhereItBelongs,
        .forgetsField: .sendsEveryField, .remembers: .keepsNothing, .otherKey: .keepsTheKey,
        .sendsUnknownKinds: .sendsNothingWithoutForm, .takesRefusalsForSuccess: .understandsRefusals,
        .ignoresDelay: .waitsForBusyCounterparts, .guessesLostAnswers: .doubtsLostAnswers,
        .takesEverythingForSuccess: .doubtsStrangeAnswers, .givesUpUnreachable: .retriesUnreachable,
        .showsTooLittle: .handsOverEverything, .probesHandover: .probesNothingForHandover, .oneAtATime: .letsOthersPass,
    ]

    @Test(arguments: CarelessAdapter.Mistake.allCases.filter { $0 != .none })
    func `sees every mistake`(_ mistake: CarelessAdapter.Mistake) async throws {
        let check = try #require(Self.seenBy[mistake])
        try await Self.withSuite(mistake) { suite, _ in
            let failure = await #expect(throws: CheckFailed.self) { try await suite.run(check) }
            #expect(failure?.check == check)
            #expect(failure?.findings.isEmpty == false)
        }
    }

    @Test func `sees what an adapter does not document, and what it imports`() async throws {
        let source = "import Foundation\nfunc f() { print(1) }\n"
        try await Self.withSuite(.none, readme: "# Careless\n", source: source) { suite, _ in
            await #expect(throws: CheckFailed.self) { try await suite.run(.documentsItself) }
            let failure = await #expect(throws: CheckFailed.self) { try await suite.run(.staysQuiet) }
            #expect(failure?.findings.count == 2)
        }
    }

    /// Runs with a suite on a folder of its own, which is gone afterwards.
    private static func withSuite<Value>(
        _ mistake: CarelessAdapter.Mistake, readme: String? = nil, source: String = "import AdapterSDK\n",
        _ body: (AdapterSuite, String) async throws -> Value
    ) async throws -> Value {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.path + "/meldpoort-careless-\(UUID().uuidString)"
        defer { try? manager.removeItem(atPath: folder) }
        try manager.createDirectory(atPath: folder + "/Sources", withIntermediateDirectories: true)
        let sections = Readme.sections.map { "\n## \($0)\n" }.joined()
        let table = Readme.settingsTable(of: CarelessAdapter.specification)
        let sample = CarelessAdapter.sample
        try (readme ?? "# Careless\n\(sections)\n\(table)\n").write(
            toFile: folder + "/README.md", atomically: true, encoding: .utf8)
        try sample.replacing("mistake: none", with: "mistake: \(mistake.rawValue)").write(
            toFile: folder + "/sample.yaml", atomically: true, encoding: .utf8)
        try source.write(toFile: folder + "/Sources/Careless.swift", atomically: true, encoding: .utf8)
        let suite = AdapterSuite(
            CarelessAdapter.self,
            badSettings: [.init("a path without a slash", at: ["path"], "in")],
            testFile: folder + "/Tests/CarelessTests.swift")
        return try await body(suite, folder)
    }
}
