// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Foundation
import Sandbox
import Testing
import Values

/// The suite passes sound adapters, and sees each mistake with the check that is meant for it.
@Suite(.serialized) struct AdapterSuiteTests {
    @Test func `passes sound adapters`() async throws {
        var checks: Set<AdapterCheck> = []
        let folder = try await Careless.suite(CarelessAdapter.self, mistake: "none") { suite, folder in
            checks.formUnion(suite.checks)
            try await suite.run()
            return folder
        }
        for kind in [CarelessPublisher.self, CarelessDropper.self, CarelessReader.self] as [any Adapter.Type] {
            try await Careless.suite(kind, mistake: "none") { suite, _ in
                checks.formUnion(suite.checks)
                try await suite.run()
            }
        }
        #expect(checks == Set(AdapterCheck.allCases))
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
        try await see(CarelessAdapter.self, mistake.rawValue, by: Self.seenBy[mistake])
    }

    private static let lookUpsSeenBy: [CarelessPublisher.Mistake: AdapterCheck] = [
        .sendsAllTheSame: .sendsNothingUnprepared, .doubtsLookUps: .sendsNothingUnprepared,
        .givesUpAtLookUp: .sendsNothingUnprepared, .titleInLookUp: .sendsOnlyContentWhereItBelongs,
        .sendsTwice: .doubtsStrangeAnswers,
    ]

    @Test(arguments: CarelessPublisher.Mistake.allCases.filter { $0 != .none })
    func `sees mistakes before the message`(_ mistake: CarelessPublisher.Mistake) async throws {
        try await see(CarelessPublisher.self, mistake.rawValue, by: Self.lookUpsSeenBy[mistake])
    }

    private static let filesSeenBy: [CarelessDropper.Mistake: AdapterCheck] = [
        .titleInName: .sendsOnlyContentWhereItBelongs, .newNameEachTime: .keepsTheKey, .leavesItThere: .leavesOneFile,
        .guessesUncertain: .doubtsLostAnswers, .givesUp: .retriesUnreachable, .forgetsField: .sendsEveryField,
        .twoFiles: .sendsOnlyContentWhereItBelongs,
    ]

    @Test(arguments: CarelessDropper.Mistake.allCases.filter { $0 != .none })
    func `sees mistakes with files`(_ mistake: CarelessDropper.Mistake) async throws {
        try await see(CarelessDropper.self, mistake.rawValue, by: Self.filesSeenBy[mistake])
        if mistake == .newNameEachTime { try await see(CarelessDropper.self, mistake.rawValue, by: .leavesOneFile) }
    }

    private static let readingSeenBy: [CarelessReader.Mistake: AdapterCheck] = [
        .readsMore: .readsOnlyWhatIsAsked, .forgetsField: .readsOnlyWhatIsAsked, .tellsSecret: .readsOnlyWhatIsAsked,
        .numberInPath: .readsOnlyWhatIsAsked, .failureIsAbsence: .tellsFailureFromAbsence,
        .sendsSomething: .sendsNothingWithoutForm,
    ]

    @Test(arguments: CarelessReader.Mistake.allCases.filter { $0 != .none })
    func `sees mistakes while reading`(_ mistake: CarelessReader.Mistake) async throws {
        try await see(CarelessReader.self, mistake.rawValue, by: Self.readingSeenBy[mistake])
    }

    private func see(_ adapter: any Adapter.Type, _ mistake: String, by check: AdapterCheck?) async throws {
        let check = try #require(check)
        try await Careless.suite(adapter, mistake: mistake) { suite, _ in
            let failure = await #expect(throws: CheckFailed.self) { try await suite.run(check) }
            #expect(failure?.check == check)
            #expect(failure?.findings.isEmpty == false)
        }
    }

    @Test func `sees what an adapter does not document, and what it imports`() async throws {
        let source = "import Foundation\nfunc f() { print(1) }\n"
        try await Careless.suite(CarelessAdapter.self, mistake: "none", readme: "# Careless\n", source: source) {
            suite, _ in
            await #expect(throws: CheckFailed.self) { try await suite.run(.documentsItself) }
            let failure = await #expect(throws: CheckFailed.self) { try await suite.run(.staysQuiet) }
            #expect(failure?.findings.count == 2)
        }
    }

    @Test func `sees a channel without a sample`() async throws {
        let sample = CarelessAdapter.sample.replacing("channel: api", with: "channel: handover")
        try await Careless.suite(CarelessAdapter.self, mistake: "none", sample: sample) { suite, _ in
            let failure = await #expect(throws: CheckFailed.self) { try await suite.run(.documentsItself) }
            #expect(failure?.findings.contains("no sample configures channel api") == true)
        }
    }
}
