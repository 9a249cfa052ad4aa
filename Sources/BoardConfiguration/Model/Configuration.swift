// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Delivery
import Disclosures
public import Meldcode
public import PrivacyRules
public import Values

/// The whole configuration of one gateway, checked: whoever holds one may start.
public struct Configuration: Sendable {
    public let store: StoreSettings
    public let server: ServerSettings
    public let board: Board
    public let schools: [School]
    public let sources: [CloudEventReader.Source]
    /// Where the persons were read from, for reading them again.
    public let personsFile: String
    public let directory: Directory
    public let recipients: [ConfiguredRecipient]
    /// Folders of exported concerns.
    public let concernFolders: [ConfiguredConcernFolder]
    /// In which answers of partners arrive.
    public let mailboxes: [ConfiguredMailbox]
    /// Names schools as they are configured: ask it with the BRIN of `school(for:)`.
    public let routing: RoutingTable
    public let policy: Policy
    /// Forms of the meldcode: of the files that `tracks:` names, or those that ship with the gateway.
    public let tracks: TrackBook
    public let terms: Terms
    /// The clocks of what is owed.
    public let owed: OwedRules
    /// When the staff of schools is away.
    public let schoolHolidays: SchoolHolidays
    public let notices: Notices
    /// How long work in progress may take to end after a stop signal.
    public let shutdownGraceSeconds: Int

    /// The configured school of an event: the location itself if it is configured, otherwise the school it belongs to.
    public func school(for brin: BRIN) -> School? {
        schools.first { $0.brin == brin }
            ?? schools.first { $0.brin.vestiging == nil && $0.brin.school == brin.school }
    }

    /// The form of the meldcode that a school follows on a day; nil when it names none, or none holds.
    public func track(of school: School, on date: CalendarDate) -> Track? {
        school.track.flatMap { tracks.track($0, on: date) }
    }

    /// The recipient with this identifier.
    public func recipient(_ id: String) -> ConfiguredRecipient? {
        recipients.first { $0.recipient.id == id }
    }
}

/// Where the gateway keeps its data, and the key that seals it.
public struct StoreSettings: Sendable, Hashable {
    public let path: String
    public let masterKey: SecretReference
}

/// Where a secret comes from; never the secret itself.
public enum SecretReference: Sendable, Hashable {
    /// An absolute path, or one relative to where the gateway was started.
    case file(path: String)
    case environment(variable: String)
}

/// The door of the gateway.
public struct ServerSettings: Sendable, Hashable {
    /// Paths of PEM files.
    public struct TLS: Sendable, Hashable {
        public let certificateFile: String
        public let keyFile: String
    }

    public let host: String
    /// 0 lets the system choose.
    public let port: Int
    /// Nil only on a loopback address.
    public let tls: TLS?
    /// The address that answers refer to, without a slash at its end; nil for the address of the request.
    public let publicURL: String?
    public let maximumBodyBytes: Int
    public let maximumBatchEvents: Int
}

/// The *bevoegd gezag*.
public struct Board: Sendable, Hashable {
    public let name: String
    /// Twenty digits.
    public let oin: String?
}

/// One school, or one location of it.
public struct School: Sendable, Hashable {
    public let brin: BRIN
    public let name: String
    /// Which region's recipients serve it; free.
    public let region: String?
    /// In which region its school holidays are; nil when nobody of it counts as being away then.
    public let holidayRegion: HolidayRegion?
    /// Which form of the meldcode it follows; free (`po`, `vo`, `so`, `sbo`).
    public let track: String?
    /// The recipient from which the identity of its pupils can be read.
    public let pupilSource: String?
    /// How many hours a week the aandachtsfunctionaris has for it, to a quarter; nil when nobody wrote that down.
    public let aandachtsfunctionarisHours: Double?
}

/// A folder into which a leerlingvolgsysteem exports concerns.
public struct ConfiguredConcernFolder: Sendable, Hashable {
    public let id: String
    /// The recipient whose adapter reads the files.
    public let recipient: String
    /// An existing folder, as an absolute path.
    public let folder: String
    public let pollSeconds: Int
}

/// What the board promises itself.
public struct Terms: Sendable, Hashable {
    /// A report that has not arrived after this many minutes is told to its submitter (practice 3).
    public let tellAfterMinutes: Int
    /// Who must act on what waits is reminded each time after this many days.
    public let remindAfterDays: Int
    /// What has waited this many days is cancelled.
    public let expireAfterDays: Int

    static let standard = Terms(tellAfterMinutes: 15, remindAfterDays: 2, expireAfterDays: 30)
}

/// Mails to staff: never with content.
public struct Notices: Sendable, Hashable {
    /// Who hears about trouble with a recipient.
    public let ict: [String]
    /// Nil when no mail can be sent.
    public let relay: MailConnection?
}

/// A configuration that can be used, and what is worth knowing about it.
public struct LoadedConfiguration: Sendable {
    public let configuration: Configuration
    /// In the order of the files.
    public let warnings: [ConfigurationProblem]
}
