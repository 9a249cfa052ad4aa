// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures
import Values

/// The school's own leerlingvolgsysteem (LVS): takes the registration of a step as a text for a person or as a file in a folder, tells
/// who a pupil is, and gives the concerns that teachers wrote down, from an exported file.
///
/// No LVS has a public interface for writing a note, so nothing is ever written over `api`.
public struct LeerlingvolgsysteemAdapter: PupilSource, ConcernSource {
    private let channel: String
    private let form: RegistrationForm
    private let fileFormat: RegistrationFile.Format
    private let register: (any Register)?
    private let concernFile: ConcernFile

    /// Takes the settings of one recipient.
    /// - Throws: What the dialect needs and does not have, and texts that are no single line.
    public init(settings: AdapterSettings) throws(SettingProblems) {
        var problems = LineCheck.problems(settings)
        channel = settings.channel
        form = RegistrationForm(hiddenSection: settings["hidden_section"]?.string)
        fileFormat = RegistrationFile.Format(rawValue: settings["file_format"]?.string ?? "") ?? .text
        register = channel == Channel.api.rawValue ? RegisterSettings.register(settings, &problems) : nil
        concernFile = ConcernFile(settings, &problems)
        guard problems.isEmpty else { throw SettingProblems(problems) }
    }

    /// Puts one file into the folder; over every other channel it is rejected.
    public func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome {
        let specification = Self.specification
        guard channel == Channel.folder.rawValue, specification.messages(over: .folder).contains(disclosure.message),
            let file = RegistrationFile.file(for: disclosure, form, fileFormat)
        else { return .rejected(OutcomeReason(.contentNotRepresentable)) }
        switch await transport.write(file) {
        case .answered: return .accepted(Receipt())
        case .notSent(let reason): return .retry(afterSeconds: nil, reason)
        case .uncertain(let reason): return .unknown(reason)
        }
    }

    /// Every field of the content in labelled sections, below what the person does with it.
    public func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument {
        guard Self.specification.messages(over: .handover).contains(disclosure.message) else {
            throw HandoverImpossible(message: disclosure.message)
        }
        return form.document(disclosure)
    }

    /// Over `api`: logs in where the interface has a question about nobody, otherwise connects only.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        guard channel != Channel.handover.rawValue else { return .nothingToProbe }
        guard let register else { return await transport.probe() }
        return await register.probe(over: transport)
    }

    /// Reads over `api`; over every other channel there is nothing to ask.
    public func find(_ query: PupilQuery, over transport: any OutboundTransport) async -> PupilAnswer {
        guard let register, let school = BRIN(query.school) else {
            return .failed(OutcomeReason(.contentNotRepresentable))
        }
        var selection = PupilSelection(query)
        do throws(ReadingFailure) {
            try await register.read(&selection, of: school, over: transport)
        } catch {
            return .failed(error.reason)
        }
        return selection.answer
    }

    /// Reads an exported file of concerns, by the columns that the settings name.
    public func concerns(in file: [UInt8]) throws(ConcernFileProblems) -> [ExportedConcern] {
        try concernFile.concerns(in: file)
    }
}

/// Texts of the settings that are one line each.
enum LineCheck {
    private static let paths: [[String]] = [
        ["hidden_section"], ["gkv", "path"], ["gkv", "supplier_name"], ["uwlr", "path"], ["uwlr", "customer_code"],
        ["uwlr", "customer_name"], ["magister_csv", "user"], ["magister_csv", "layout"],
    ]

    static func problems(_ settings: AdapterSettings) -> [SettingProblems.Problem] {
        paths.compactMap { path in
            let value = path.reduce(Optional(settings.values)) { $0?[$1] }
            guard let text = value?.string, text.isEmpty || text.contains(where: \.isNewline) else { return nil }
            return .init(path: path, message: "this is one line of text, or left out")
        }
    }
}
