// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures

/// An adapter in a process of its own, with the same behaviour as in this one: what it sees of the gateway is what is written to it.
///
/// A process per recipient. When it crashes, a delivery of which something may have left is `unknown`, and one of which nothing has is
/// `retry`; a new process is started for the next call.
public struct PipedAdapter<Base: Adapter>: Adapter {
    public static var specification: AdapterSpecification { Base.specification }

    private let process: AdapterProcess

    /// Starts the process: this program itself.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        try self.init(settings: settings, program: .own(adapter: Base.specification.name))
    }

    /// - Parameter program: What serves the adapter.
    /// - Throws: What the adapter says of its settings, at their paths; without a path when its process does not start.
    public init(settings: AdapterSettings, program: AdapterProgram) throws(SettingProblems) {
        process = try AdapterProcess(program, settings: settings)
    }

    /// Needs no process: it connects to nothing and makes nothing.
    public static func lack(in settings: AdapterSettings, for message: MessageKind) -> SettingProblems.Problem? {
        Base.lack(in: settings, for: message)
    }

    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        let crashed = OutcomeReason(.adapterCrashed)
        switch await process.perform(.deliver(disclosure), over: transport) {
        case .result(.outcome(let outcome)): return outcome
        case .result: return .unknown(crashed)
        case .lost(let mayHaveLeft): return mayHaveLeft ? .unknown(crashed) : .retry(afterSeconds: nil, crashed)
        case .notBegun: return .retry(afterSeconds: nil, crashed)
        }
    }

    /// - Throws: `HandoverImpossible`, also when the process is gone.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard case .result(.document(let document)) = process.performBlocking(.handover(disclosure)) else {
            throw HandoverImpossible(message: disclosure.message)
        }
        return document
    }

    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        if case .result(.probe(let result)) = await process.perform(.probe, over: transport) { return result }
        return .failed(OutcomeReason(.adapterCrashed))
    }
}

extension PipedAdapter: PupilSource where Base: PupilSource {
    public func find(_ query: PupilQuery, over transport: any OutboundTransport) async -> PupilAnswer {
        if case .result(.pupils(let answer)) = await process.perform(.find(query), over: transport) { return answer }
        return .failed(OutcomeReason(.adapterCrashed))
    }
}

extension PipedAdapter: ConcernSource where Base: ConcernSource {
    public func concerns(in file: [UInt8]) throws(ConcernFileProblems) -> [ExportedConcern] {
        switch process.performBlocking(.concerns(file)) {
        case .result(.concerns(let concerns)): return concerns
        case .result(.problems(let problems)): throw problems
        default:
            throw ConcernFileProblems([
                .init(line: 1, column: nil, message: "Het bestand kon niet worden gelezen: probeer het opnieuw.")
            ])
        }
    }
}
