// SPDX-License-Identifier: EUPL-1.2
public import Disclosures

/// One system of the chain, as the gateway sees it.
///
/// The life of an adapter:
/// 1. `init(settings:)` is called once per configured recipient, by `check` and by `run` alike. It validates and never connects.
/// 2. `probe(over:)` is called by `meldpoort adapter probe`. It tests reachability and credentials and sends nothing about anybody.
/// 3. `deliver(_:over:)` is called for channels `api` and `mail`, concurrently for different cases, never twice at once for the
///    same disclosure. The intent row is on disk before the call; the outcome is stored after it.
/// 4. `handover(_:)` is called for channel `handover`, when a person releases the text.
///
/// An adapter keeps no state between calls, and writes nothing from a disclosure or a secret to a log.
public protocol Adapter: Sendable {
    /// Name, channels and settings: what `check`, `adapter list` and `adapter sample` work from.
    static var specification: AdapterSpecification { get }

    /// Takes settings that already fit the specification and checks what the specification cannot say.
    /// - Throws: `SettingProblems`, all at once, each with the path of its setting.
    init(settings: AdapterSettings) throws(SettingProblems)

    /// What settings that are otherwise sound lack for a kind of message, where that depends on what is routed here: `check` asks for
    /// each. Nil when nothing is lacking, which is the default.
    static func lack(in settings: AdapterSettings, for message: MessageKind) -> SettingProblems.Problem?

    /// Sends exactly what the disclosure holds, and answers one outcome.
    func deliver(_ disclosure: Disclosure, over transport: any OutboundTransport) async -> Outcome

    /// The exact minimal text that a person passes on by web form, telephone or letter.
    /// - Throws: `HandoverImpossible` when the message kind has no form here.
    func handover(_ disclosure: Disclosure) throws(HandoverImpossible) -> HandoverDocument

    /// Tests the connection without sending anything about anybody.
    func probe(over transport: any OutboundTransport) async -> ProbeResult
}

extension Adapter {
    /// By default what `init` takes is enough for every message.
    public static func lack(in settings: AdapterSettings, for message: MessageKind) -> SettingProblems.Problem? { nil }

    /// By default a probe connects, negotiates TLS and authenticates, and no more.
    public func probe(over transport: any OutboundTransport) async -> ProbeResult {
        await transport.probe()
    }
}

/// What an adapter is and offers.
public struct AdapterSpecification: Sendable {
    /// The name used in configuration, in lower case: `verwijsindex`.
    public let name: String
    /// One Dutch or English sentence for `adapter list`.
    public let summary: String
    /// The kinds of recipient that this adapter can serve.
    public let recipientKinds: Set<RecipientKind>
    public let channels: Set<Channel>
    /// The message kinds that it can put into a form.
    public let messages: Set<MessageKind>
    /// Channels on which it has a form for some of `messages` only.
    public let messagesPerChannel: [Channel: Set<MessageKind>]
    public let settings: [SettingSpecification]
    /// A complete, commented configuration of one recipient, which passes `check`.
    public let sample: String

    public init(
        name: String, summary: String, recipientKinds: Set<RecipientKind>, channels: Set<Channel>,
        messages: Set<MessageKind>, messagesPerChannel: [Channel: Set<MessageKind>] = [:],
        settings: [SettingSpecification], sample: String
    ) {
        self.name = name
        self.summary = summary
        self.recipientKinds = recipientKinds
        self.channels = channels
        self.messages = messages
        self.messagesPerChannel = messagesPerChannel
        self.settings = settings
        self.sample = sample
    }

    /// The message kinds that it can put into a form on this channel.
    public func messages(over channel: Channel) -> Set<MessageKind> {
        messagesPerChannel[channel].map(messages.intersection) ?? messages
    }
}

/// The text for a person, in the order of the counterpart's form.
public struct HandoverDocument: Codable, Sendable, Hashable {
    public struct Section: Codable, Sendable, Hashable {
        /// What the part of the document is called in which the section stands, with the same part of the sections beside it: parts
        /// stay apart wherever the document goes (pages of their own on paper). Nil when the document has no parts.
        public let part: String?
        public let heading: String
        public let lines: [Line]

        public init(part: String? = nil, heading: String, lines: [Line]) {
            self.part = part
            self.heading = heading
            self.lines = lines
        }
    }

    public struct Line: Codable, Sendable, Hashable {
        public let label: String
        public let value: String

        public init(label: String, value: String) {
            self.label = label
            self.value = value
        }
    }

    public let title: String
    /// What the person does with it, in Dutch: which form or number, in what order.
    public let instruction: String
    public let sections: [Section]
    /// Stands at the foot of every page; nil when it must not (of a hidden origin it would tell).
    public let reference: String?

    public init(title: String, instruction: String, sections: [Section], reference: String? = nil) {
        self.title = title
        self.instruction = instruction
        self.sections = sections
        self.reference = reference
    }
}

/// The adapter has no form for this kind of message.
public struct HandoverImpossible: Error, Codable, Sendable, Hashable {
    public let message: MessageKind

    public init(message: MessageKind) {
        self.message = message
    }
}

/// What a probe found.
public enum ProbeResult: Codable, Sendable, Hashable {
    case reachable
    case failed(OutcomeReason)
    /// There is nothing to connect to (channel `handover`).
    case nothingToProbe
}
