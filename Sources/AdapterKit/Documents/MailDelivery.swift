// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import Disclosures
import Values

/// The mail addresses of a recipient, as its settings give them.
public enum MailAddress {
    /// Whether it is a plain address, without a name around it and without anything that could end a header.
    public static func isPlain(_ address: String) -> Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && address.utf8.count <= 254
            && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".") }
            && address.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"(),:;<>[]\\".utf8.contains($0) }
    }

    /// The setting `to_address`, which channel `mail` needs.
    public static func read(
        _ settings: AdapterSettings, problems: inout [SettingProblems.Problem]
    ) -> String? {
        guard let address = settings["to_address"]?.string else {
            if settings.channel == Channel.mail.rawValue {
                problems.append(
                    .init(
                        path: ["to_address"], message: "channel mail needs the address of the recipient",
                        suggestion: "the address from the agreement; without one choose channel: handover"))
            }
            return nil
        }
        guard isPlain(address) else {
            problems.append(notPlain(["to_address"]))
            return nil
        }
        return address
    }

    /// The setting `to_addresses`, a list.
    public static func readAll(
        _ settings: AdapterSettings, problems: inout [SettingProblems.Problem]
    ) -> [String] {
        let addresses = (settings["to_addresses"]?.array ?? []).compactMap(\.string)
        for (index, address) in addresses.enumerated() {
            if !isPlain(address) { problems.append(notPlain(["to_addresses", String(index)])) }
            if addresses[..<index].contains(address) {
                problems.append(
                    .init(path: ["to_addresses", String(index)], message: "this address stands here twice"))
            }
        }
        return addresses
    }

    /// What channel `mail` lacks without any of `to_addresses`.
    public static func lack(in settings: AdapterSettings) -> SettingProblems.Problem? {
        guard settings.channel == Channel.mail.rawValue, settings["to_addresses"]?.array?.isEmpty != false else {
            return nil
        }
        return .init(
            path: ["to_addresses"], message: "channel mail needs at least one address",
            suggestion: "without one choose channel: handover")
    }

    private static func notPlain(_ path: [String]) -> SettingProblems.Problem {
        .init(
            path: path, message: "this is no plain mail address",
            suggestion: "naam@organisatie.example, without a name around it")
    }
}

extension OutboundTransport {
    /// Sends a mail and says what became of it.
    public func deliver(_ mail: MailMessage) async -> Outcome {
        switch await send(mail) {
        case .answered(let receipt):
            switch receipt.code {
            case 200..<300: .accepted(Receipt())
            case 400..<500: .retry(afterSeconds: nil, OutcomeReason(.busyCounterpart, status: receipt.code))
            case 500..<600: .rejected(OutcomeReason(.refusedByCounterpart, status: receipt.code))
            default: .unknown(OutcomeReason(.answerNotUnderstood, status: receipt.code))
            }
        // What the transport cannot write as a mail will not go better the next time.
        case .notSent(let reason) where reason.label == .contentNotRepresentable: .rejected(reason)
        case .notSent(let reason): .retry(afterSeconds: nil, reason)
        case .uncertain(let reason): .unknown(reason)
        }
    }
}
