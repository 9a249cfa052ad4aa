// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import CaseEvents
import Delivery
import PrivacyRules
public import Values

/// Reads a whole configuration, for `check` and `run` alike: strictly, offline, and with all problems in one run.
public struct ConfigurationLoader: Sendable {
    private let adapters: [any Adapter.Type]
    private let environment: [String: String]
    private let today: CalendarDate

    /// - Parameters:
    ///   - adapters: Those that a recipient can name.
    ///   - environment: Where secrets may be, besides files.
    ///   - today: The Dutch calendar date, for everything that runs out.
    public init(adapters: [any Adapter.Type], environment: [String: String], today: CalendarDate) {
        self.adapters = adapters
        self.environment = environment
        self.today = today
    }

    /// Reads the file and all it refers to; relative paths start at the file's folder.
    /// - Throws: Everything that is wrong, warnings too, when at least one problem is an error.
    public func load(_ path: String) throws(ConfigurationProblems) -> LoadedConfiguration {
        let log = ProblemLog()
        let reader = ConfigurationReader(
            surroundings: Surroundings(environment: environment, log: log), log: log, adapters: adapters, today: today)
        let configuration = reader.read(path)
        try log.throwErrors()
        guard let configuration else { throw ConfigurationProblems(problems: log.ordered) }
        return LoadedConfiguration(configuration: configuration, warnings: log.ordered)
    }
}

/// One reading of one configuration. Its parts are in extensions, one a file.
struct ConfigurationReader {
    let surroundings: Surroundings
    let log: ProblemLog
    let adapters: [any Adapter.Type]
    let today: CalendarDate

    private static let keys = [
        "store", "server", "board", "schools", "sources", "persons_file", "recipients", "mailboxes",
        "concern_folders", "routes", "terms", "notices",
        "policy_file", "owed_file", "school_holidays_file", "tracks", "shutdown_grace_seconds",
    ]

    /// Nil when something is missing that the log tells about.
    func read(_ path: String) -> Configuration? {
        guard let root = surroundings.document(path, mentionedAt: nil),
            let section = Section(root, keys: Self.keys, log)
        else { return nil }
        let store = section.required("store", self.store)
        let server = section.optional("server", self.server) ?? standardServer
        let board = section.required("board", self.board)
        let schools = section.required("schools", self.schools)
        let sources = section.required("sources", self.sources)
        let persons = section.required("persons_file") { self.persons($0, schools: schools) }
        let recipients = section.optional("recipients") { self.recipients($0) } ?? []
        let mailboxes = section.optional("mailboxes") { self.mailboxes($0, recipients: recipients) } ?? []
        let concerns =
            section.optional("concern_folders") { self.concernFolders($0, recipients: recipients) } ?? []
        checkPupilSources(section["schools"], recipients: recipients)
        let policy = self.policy(section["policy_file"])
        let owed = self.owed(section["owed_file"], recipients: recipients)
        let holidays = self.schoolHolidays(section["school_holidays_file"])
        checkHolidays(holidays, of: schools)
        let tracks = self.tracks(section["tracks"], schools: section["schools"])
        let routes = section.optional("routes") { self.routes($0, schools: schools, recipients: recipients) } ?? []
        let terms = section.optional("terms", self.terms) ?? .standard
        let notices = section.optional("notices", self.notices)
        let grace = section.integer("shutdown_grace_seconds", in: 1...600, default: 20)

        let facts = CrossChecks(
            log: log, today: today, root: root.place, schools: schools ?? [], directory: persons?.directory,
            recipients: recipients, routes: routes, policy: policy, hasNotices: section["notices"]?["relay"] != nil)
        facts.run()
        guard let store, let board, let schools, let sources, let persons, let policy, let owed,
            let holidays, let tracks
        else {
            return nil
        }
        return Configuration(
            store: store, server: server, board: board, schools: schools.map(\.value), sources: sources,
            personsFile: persons.file, directory: persons.directory, recipients: recipients.compactMap(\.configured),
            concernFolders: concerns, mailboxes: mailboxes,
            routing: RoutingTable(routes: routes.map(\.route)), policy: policy, tracks: tracks,
            terms: terms, owed: owed, schoolHolidays: holidays,
            notices: notices ?? Notices(ict: [], relay: nil), shutdownGraceSeconds: grace)
    }
}

/// A value with the place where it was read, for checks that come later.
struct Placed<Value> {
    let value: Value
    let place: SourcePlace
}

extension ProblemLog {
    /// Reports every key that was seen before, and tells where.
    func reportRepeats(_ what: String, _ keys: some Sequence<(key: String, place: SourcePlace)>) {
        var firsts: [String: SourcePlace] = [:]
        for (key, place) in keys {
            if let first = firsts[key] {
                error(place, "\(what) “\(key)” stands here a second time; the first is on line \(first.line)")
            } else {
                firsts[key] = place
            }
        }
    }
}
