// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures
public import Sandbox
public import Values

/// The checks that every adapter passes, over real connections to stand-in counterparts on 127.0.0.1.
///
/// An adapter's test file runs them as one parameterised test:
///
///     @Test(arguments: suite.checks) func passes(_ check: AdapterCheck) async throws { try await suite.run(check) }
///
/// The suite works with the adapter's own samples, `sample.yaml` first, so what ships is what was tested. It does not depend on a
/// test library: a failed check is a thrown `CheckFailed`.
public struct AdapterSuite: Sendable {
    /// Settings that an adapter must refuse: the first sample with one setting changed.
    public struct BadSettings: Sendable {
        /// What is wrong with them.
        public let name: String
        let path: [String]
        let value: JSONValue?
        let reportedAt: [String]
        let channel: Channel?

        /// - Parameters:
        ///   - path: The setting that is changed, from `settings:` downward.
        ///   - value: What it becomes; nil takes it away.
        ///   - reportedAt: The path that the adapter must name; the changed one when nil.
        ///   - channel: Another channel than the sample's.
        public init(
            _ name: String, at path: [String], _ value: JSONValue?, reportedAt: [String]? = nil, channel: Channel? = nil
        ) {
            self.name = name
            self.path = path
            self.value = value
            self.reportedAt = reportedAt ?? path
            self.channel = channel
        }
    }

    let adapter: any Adapter.Type
    let folder: String
    let samples: [String]
    let badSettings: [BadSettings]
    let accepting: @Sendable (RecordedRequest) -> IndexAnswer

    /// - Parameters:
    ///   - samples: Further complete samples beside `sample.yaml`, by their path in the adapter's folder.
    ///   - accepting: How the counterpart of channel `api` says that it took a request.
    ///   - testFile: Lies in the folder `Tests` of the adapter's folder.
    public init(
        _ adapter: any Adapter.Type, samples: [String] = [], badSettings: [BadSettings],
        accepting: @escaping @Sendable (RecordedRequest) -> IndexAnswer = { _ in .json(200, "{}") },
        testFile: String = #filePath
    ) {
        self.adapter = adapter
        self.samples = ["sample.yaml"] + samples
        self.badSettings = badSettings
        self.accepting = accepting
        let steps = testFile.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        folder = steps.joined(separator: "/")
    }

    /// The checks that apply to this adapter's channels.
    public var checks: [AdapterCheck] {
        let channels = adapter.specification.channels
        return AdapterCheck.allCases.filter { check in
            switch check.needs {
            case .anyChannel: true
            case .connection: channels.contains(.api) || channels.contains(.mail)
            case .api: channels.contains(.api)
            case .handover: channels.contains(.handover)
            }
        }
    }

    /// Runs one check.
    /// - Throws: `CheckFailed` with everything that it found, or what kept it from running.
    public func run(_ check: AdapterCheck) async throws {
        var report = Report()
        switch check {
        case .refusesBadSettings: try refusesBadSettings(&report)
        case .documentsItself: try documentsItself(&report)
        case .staysQuiet: try staysQuiet(&report)
        case .survivesTheWire: try await survivesTheWire(&report)
        case .handsOverEverything: try handsOverEverything(&report)
        case .probesNothingForHandover: try await probesNothingForHandover(&report)
        default:
            for setup in try setups().filter({ $0.channel != .handover }) {
                guard check.needs != .api || setup.channel == .api else { continue }
                try await onStage(setup, check, &report)
            }
        }
        guard report.findings.isEmpty else { throw CheckFailed(check: check, findings: report.findings) }
    }

    /// Runs every check that applies.
    /// - Throws: The first `CheckFailed`.
    public func run() async throws {
        for check in checks { try await run(check) }
    }

    private func onStage(_ setup: Setup, _ check: AdapterCheck, _ report: inout Report) async throws {
        report.place = setup.name
        let stage: any Stage =
            setup.channel == .api ? try await IndexStage(accepting: accepting) : try await RelayStage()
        do {
            try await perform(check, Performance(setup: setup, stage: stage), &report)
        } catch {
            await stage.finish()
            throw error
        }
        await stage.finish()
    }

    private func perform(_ check: AdapterCheck, _ performance: Performance, _ report: inout Report) async throws {
        switch check {
        case .probesWithoutSending: try await performance.probesWithoutSending(&report)
        case .sendsOnlyContentWhereItBelongs: try await performance.sendsOnlyContentWhereItBelongs(&report)
        case .sendsEveryField: try await performance.sendsEveryField(&report)
        case .keepsNothing: try await performance.keepsNothing(&report)
        case .sendsNothingWithoutForm: try await performance.sendsNothingWithoutForm(&report)
        case .keepsTheKey: try await performance.keepsTheKey(&report)
        case .understandsRefusals: try await performance.understandsRefusals(&report)
        case .waitsForBusyCounterparts: try await performance.waitsForBusyCounterparts(&report)
        case .doubtsLostAnswers: try await performance.doubtsLostAnswers(&report)
        case .doubtsStrangeAnswers: try await performance.doubtsStrangeAnswers(&report)
        case .retriesUnreachable: try await performance.retriesUnreachable(&report)
        case .endsWhenCancelled: try await performance.endsWhenCancelled(&report)
        case .letsOthersPass: try await performance.letsOthersPass(&report)
        default: break
        }
    }
}
