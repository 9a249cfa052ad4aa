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

    /// How a stand-in counterpart of channel `api` behaves, and what in an adapter's requests is the message.
    public struct Counterpart: Sendable {
        let accepting: @Sendable (RecordedRequest) -> IndexAnswer
        let isMessage: @Sendable (RecordedRequest) -> Bool
        let isMessageFile: @Sendable (String) -> Bool
        let key: @Sendable (Disclosure) -> String
        let reading: @Sendable ([UInt8]) -> [UInt8]
        let pupil: @Sendable (AdapterSettings) -> KnownPupil?

        /// - Parameters:
        ///   - accepting: The sound answer to a request: a look-up, an upload, the message.
        ///   - isMessage: The one request of a delivery with which the recipient has the message. Refusals, delays and silence are tried
        ///     on this one; what comes before it must fail without consequence. By default every request is a message; an adapter that
        ///     only reads says `{ _ in false }`.
        ///   - isMessageFile: The same for the names of files in a folder.
        ///   - key: What makes a repetition recognisable, and must arrive somewhere: the idempotency key, or for a page its own name.
        ///   - reading: What the counterpart makes of a body, an attachment or a file before it reads it, where that is more than undoing
        ///     JSON's, XML's or CSV's escapes and base64: for example unpacking.
        ///   - pupil: For a `PupilSource`: the pupil that `accepting` tells about, for the system that these settings name.
        public init(
            accepting: @escaping @Sendable (RecordedRequest) -> IndexAnswer = { _ in .json(200, "{}") },
            isMessage: @escaping @Sendable (RecordedRequest) -> Bool = { _ in true },
            isMessageFile: @escaping @Sendable (String) -> Bool = { _ in true },
            key: @escaping @Sendable (Disclosure) -> String = { $0.idempotencyKey },
            reading: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 },
            pupil: @escaping @Sendable (AdapterSettings) -> KnownPupil? = { _ in nil }
        ) {
            self.accepting = accepting
            self.isMessage = isMessage
            self.isMessageFile = isMessageFile
            self.key = key
            self.reading = reading
            self.pupil = pupil
        }
    }

    /// A made-up pupil whom the counterpart knows, the only one that fits.
    public struct KnownPupil: Sendable {
        let school: String
        let queries: [PupilQuery.Pupil]
        let fields: Set<PupilField>
        let isSecret: Set<PupilField>

        /// - Parameters:
        ///   - queries: The ways in which this system can be asked for the pupil.
        ///   - fields: What this system can tell of a pupil.
        ///   - isSecret: What the counterpart marks as secret for this pupil.
        public init(
            school: String, queries: [PupilQuery.Pupil], fields: Set<PupilField> = Set(PupilField.allCases),
            isSecret: Set<PupilField> = []
        ) {
            self.school = school
            self.queries = queries
            self.fields = fields
            self.isSecret = isSecret
        }
    }

    let adapter: any Adapter.Type
    let folder: String
    let samples: [String]
    let badSettings: [BadSettings]
    let counterpart: Counterpart
    var host = Host.inThisProcess

    /// - Parameters:
    ///   - samples: Further complete samples beside `sample.yaml`, by their path in the adapter's folder. Every channel of the
    ///     specification but `handover` has one.
    ///   - testFile: Lies in the folder `Tests` of the adapter's folder.
    public init(
        _ adapter: any Adapter.Type, samples: [String] = [], badSettings: [BadSettings],
        counterpart: Counterpart = Counterpart(), testFile: String = #filePath
    ) {
        self.adapter = adapter
        self.samples = ["sample.yaml"] + samples
        self.badSettings = badSettings
        self.counterpart = counterpart
        let steps = testFile.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
        folder = steps.joined(separator: "/")
    }

    /// - Parameter accepting: How the counterpart of channel `api` says that it took a request; every request is a message.
    public init(
        _ adapter: any Adapter.Type, samples: [String] = [], badSettings: [BadSettings],
        accepting: @escaping @Sendable (RecordedRequest) -> IndexAnswer, testFile: String = #filePath
    ) {
        self.init(
            adapter, samples: samples, badSettings: badSettings, counterpart: Counterpart(accepting: accepting),
            testFile: testFile)
    }

    /// The checks that apply to this adapter's channels; over a pipe, those that its process can make a difference to.
    public var checks: [AdapterCheck] {
        let channels = adapter.specification.channels
        var all = AdapterCheck.allCases
        if case .inItsOwn = host { all.removeAll { $0 == .documentsItself || $0 == .staysQuiet } }
        return all.filter { check in
            switch check.needs {
            case .anyChannel: true
            case .counterpart: !channels.isDisjoint(with: [.api, .mail, .folder])
            case .connection: !channels.isDisjoint(with: [.api, .mail])
            case .api: channels.contains(.api)
            case .folder: channels.contains(.folder)
            case .handover: channels.contains(.handover)
            case .pupils: adapter is any PupilSource.Type
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
            for setup in try setups().filter({ check.applies(to: $0.channel) }) {
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
            switch setup.channel {
            case .api:
                try await IndexStage(accepting: counterpart.accepting, isMessage: counterpart.isMessage)
            case .folder: try FolderStage(isMessageFile: counterpart.isMessageFile)
            case .mail, .handover: try await RelayStage()
            }
        do {
            try await perform(check, Performance(setup: setup, stage: stage, counterpart: counterpart), &report)
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
        case .sendsNothingUnprepared: try await performance.sendsNothingUnprepared(&report)
        case .retriesUnreachable: try await performance.retriesUnreachable(&report)
        case .endsWhenCancelled: try await performance.endsWhenCancelled(&report)
        case .letsOthersPass: try await performance.letsOthersPass(&report)
        case .leavesOneFile: try await performance.leavesOneFile(&report)
        case .readsOnlyWhatIsAsked: try await performance.readsOnlyWhatIsAsked(&report)
        case .tellsFailureFromAbsence: try await performance.tellsFailureFromAbsence(&report)
        default: break
        }
    }
}
