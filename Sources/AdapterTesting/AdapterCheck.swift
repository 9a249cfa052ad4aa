// SPDX-License-Identifier: EUPL-1.2
import Disclosures

/// One thing that an adapter is checked for.
public enum AdapterCheck: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Bad settings end in `SettingProblems` at their path; `init` gets nothing that could connect.
    case refusesBadSettings
    /// README with all sections and the settings table of the specification; the sample is the specification's and fits it.
    case documentsItself
    /// Imports nothing but the SDK and its values, and writes to no output.
    case staysQuiet
    /// Disclosures, outcomes and handover texts stay the same over JSON.
    case survivesTheWire
    /// The text for a person holds every field, and every kind of message that is not the adapter's is refused.
    case handsOverEverything
    /// A probe of channel `handover` connects to nothing.
    case probesNothingForHandover
    /// A probe connects and logs in, and not one message arrives.
    case probesWithoutSending
    /// Values of the message stand in the body, the attachment or the file, and nowhere else: no URL, header, subject, file name,
    /// envelope.
    case sendsOnlyContentWhereItBelongs
    /// Every field of the disclosure arrives.
    case sendsEveryField
    /// Nothing of one delivery shows up in the next.
    case keepsNothing
    /// A message that it has no form for is rejected, and nothing is sent.
    case sendsNothingWithoutForm
    /// A second attempt is the same message under the same idempotency key.
    case keepsTheKey
    /// A refusal for good is `rejected`.
    case understandsRefusals
    /// A busy counterpart is `retry`, and after as many seconds as it asked for.
    case waitsForBusyCounterparts
    /// Hung up, or silent, after it had the whole message: `unknown`.
    case doubtsLostAnswers
    /// A redirect, a server error, an answer cut short or too long, and bytes that are no answer: `unknown`, sent once.
    case doubtsStrangeAnswers
    /// A look-up or an upload before the message fails: the message is not sent. After a look-up it is `retry`; after an upload, of
    /// which something may have stayed, it may be `unknown`.
    case sendsNothingUnprepared
    /// Nobody listens, or the folder is not there: `retry`.
    case retriesUnreachable
    /// A cancelled delivery ends within the grace time, and not as a success.
    case endsWhenCancelled
    /// A delivery that waits for its answer does not hold up another one.
    case letsOthersPass
    /// Each message is one file, the second attempt replaces that of the first, and a withdrawal takes it away.
    case leavesOneFile
    /// A source of pupils gives the asked fields and no others, and asks without a name or number in URL or header.
    case readsOnlyWhatIsAsked
    /// A register that refuses, breaks off or answers nonsense is `failed`, never "there is no such pupil".
    case tellsFailureFromAbsence

    /// What a check needs to make sense.
    enum Needs { case anyChannel, counterpart, connection, api, folder, handover, pupils }

    var needs: Needs {
        switch self {
        case .refusesBadSettings, .documentsItself, .staysQuiet, .survivesTheWire: .anyChannel
        case .handsOverEverything, .probesNothingForHandover: .handover
        case .doubtsStrangeAnswers, .sendsNothingUnprepared: .api
        case .understandsRefusals, .endsWhenCancelled, .letsOthersPass: .connection
        case .leavesOneFile: .folder
        case .readsOnlyWhatIsAsked, .tellsFailureFromAbsence: .pupils
        default: .counterpart
        }
    }

    /// Whether a recipient on this channel is tried.
    func applies(to channel: Channel) -> Bool {
        switch needs {
        case .anyChannel: true
        case .counterpart: channel != .handover
        case .connection: channel == .api || channel == .mail
        case .api, .pupils: channel == .api
        case .folder: channel == .folder
        case .handover: channel == .handover
        }
    }

    /// The name in words: `sends every field`.
    public var description: String {
        rawValue.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : String($1) }
    }
}

/// A check that an adapter did not pass.
public struct CheckFailed: Error, Sendable, Hashable, CustomStringConvertible {
    /// Which one.
    public let check: AdapterCheck
    /// Everything that it found, one line each; made-up values only.
    public let findings: [String]

    /// The check and its findings, one line each.
    public var description: String { (["\(check):"] + findings.map { "  \($0)" }).joined(separator: "\n") }
}

/// What a check gathers while it runs.
struct Report {
    private(set) var findings: [String] = []
    /// Stands before each finding.
    var place = ""

    mutating func add(_ finding: String) {
        findings.append(place.isEmpty ? finding : "\(place): \(finding)")
    }

    mutating func require(_ holds: Bool, _ finding: @autoclosure () -> String) {
        if !holds { add(finding()) }
    }
}
