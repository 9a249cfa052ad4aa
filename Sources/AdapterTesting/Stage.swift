// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import Sandbox

/// How a stand-in counterpart treats the request, mail or file that is the message. What an adapter asks or uploads before it, is
/// answered soundly.
enum Mood: Sendable {
    case accepts
    /// Refuses for good, in one of the ways that its channel knows.
    case refuses(variant: Int)
    /// Asks to come back; where the channel can say so, after these seconds.
    case isBusy(variant: Int, seconds: Int)
    /// Reads everything, then cuts the connection.
    case hangsUp
    /// Reads everything and never answers.
    case staysSilent
    /// Never answers the first message, and accepts the others.
    case staysSilentOnce
}

/// One thing as a counterpart received it, apart: what intermediaries see, and the content.
struct Arrival: Sendable {
    typealias Place = (place: String, text: String)

    /// Places outside the content, each with what stands there.
    let openPlaces: [Place]
    /// The text of a mail: content where the kind of message holds nothing of a case, an open place otherwise.
    var text = ""
    let content: [UInt8]
    let raw: [UInt8]
    /// What must be the same over every attempt.
    let identity: [UInt8]
    /// False for what comes before or after the message: a look-up, an upload.
    var isMessage = true
    /// Whether the counterpart only had to look something up.
    var isLookUp = false

    func places(of kind: MessageKind) -> [Place] {
        kind.isContentFree || text.isEmpty ? openPlaces : openPlaces + [("text", text)]
    }

    func contents(of kind: MessageKind) -> [[UInt8]] {
        kind.isContentFree ? [content, Array(text.utf8)] : [content]
    }
}

extension MessageKind {
    /// Whether it can hold nothing of a case by its type, so that it may stand in the text of a mail.
    var isContentFree: Bool { self == .kennisgeving || self == .opschaling || self == .procesopmerking }
}

/// A counterpart with a transport to it.
protocol Stage: Sendable {
    /// How many ways its counterpart has to refuse, and to be busy.
    var refusals: Int { get }
    var delays: Int { get }
    /// Whether its counterpart can say after how many seconds to come back.
    var tellsDelay: Bool { get }

    func transport(total: Duration) throws -> any OutboundTransport
    func set(_ mood: Mood)
    /// What it read to the end, answered or not.
    var arrivals: [Arrival] { get }
    /// What a client said besides its messages.
    var conversation: [String] { get }
    /// How often it was turned to.
    var connections: Int { get }
    /// Returns when so many messages came.
    func wait(for count: Int) async throws
    func goDown() async
    func comeBack() async throws
    func finish() async
}

extension Stage {
    var messages: [Arrival] { arrivals.filter(\.isMessage) }
}

/// The certificates of all suites of this user; made once.
enum SuiteCertificates {
    static func prepare() throws -> Certificates {
        try CertificateWorkshop.prepare(
            in: FileManager.default.temporaryDirectory.path + "/meldpoort-suite-\(getuid())")
    }
}

/// The longest that a check waits for something to arrive.
let suitePatience = Duration.seconds(20)
