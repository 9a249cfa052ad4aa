// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
public import BoardConfiguration
public import CaseEvents
public import Delivery
public import Disclosures
public import Meldcode
public import PrivacyRules
import Synchronization
public import Values

/// A recipient with everything needed to reach it.
public struct RecipientRuntime: Sendable {
    public let recipient: Recipient
    public let agreements: Agreements
    public let adapter: any Adapter
    /// Nil for `handover`.
    public let transport: (any OutboundTransport)?
    /// How many deliveries may be under way at once.
    public let maxInFlight: Int
    public let retry: RetryPolicy

    public init(
        recipient: Recipient, agreements: Agreements, adapter: any Adapter, transport: (any OutboundTransport)?,
        maxInFlight: Int, retry: RetryPolicy
    ) {
        self.recipient = recipient
        self.agreements = agreements
        self.adapter = adapter
        self.transport = transport
        self.maxInFlight = maxInFlight
        self.retry = retry
    }
}

/// What the gateway works from: the configuration, made ready. Only the persons change while it runs.
public final class GatewayModel: Sendable {
    /// What the board is called.
    public let boardName: String
    public let schools: [School]
    public let reader: CloudEventReader
    public let recipients: [String: RecipientRuntime]
    public let routes: RoutingTable
    public let policy: Policy
    public let tracks: TrackBook
    public let tellAfterSeconds: Int
    public let holds: HoldClock
    /// The clocks of what is owed.
    public let owed: OwedRules
    /// When the staff of schools is away.
    public let schoolHolidays: SchoolHolidays
    private let people: Mutex<Directory>
    private let schoolsByBRIN: [BRIN: School]

    public init(
        boardName: String = "", schools: [School], reader: CloudEventReader, recipients: [RecipientRuntime],
        routes: RoutingTable,
        policy: Policy, tracks: TrackBook, tellAfterSeconds: Int, holds: HoldClock, owed: OwedRules = .none,
        schoolHolidays: SchoolHolidays = .none, directory: Directory
    ) {
        self.boardName = boardName
        self.holds = holds
        self.owed = owed
        self.schoolHolidays = schoolHolidays
        self.tracks = tracks
        self.schools = schools
        schoolsByBRIN = Dictionary(schools.map { ($0.brin, $0) }, uniquingKeysWith: { first, _ in first })
        self.reader = reader
        self.recipients = Dictionary(recipients.map { ($0.recipient.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.routes = routes
        self.policy = policy
        self.tellAfterSeconds = tellAfterSeconds
        people = Mutex(directory)
    }

    /// The persons as they are now.
    public var directory: Directory { people.withLock { $0 } }

    /// Puts a newly read persons file in force.
    public func replaceDirectory(_ directory: Directory) {
        people.withLock { $0 = directory }
    }
}

extension GatewayModel {
    /// The configured school of an event: the location itself if it is configured, otherwise the school it belongs to.
    public func school(for brin: BRIN) -> School? {
        schoolsByBRIN[brin] ?? BRIN(brin.school).flatMap { schoolsByBRIN[$0] }
    }

    /// The form of the meldcode that a school follows on a day.
    func track(of school: String, on date: CalendarDate) -> Track? {
        BRIN(school).flatMap { schoolsByBRIN[$0] }?.track.flatMap { tracks.track($0, on: date) }
    }

    /// The BRIN under which the configuration knows the event's school: the one in tokens, routes and roles.
    func brin(of event: CaseEvent) -> String {
        (school(for: event.school)?.brin ?? event.school).description
    }

    /// The recipients that an event is routed to: those of its school, or of every school that a publication is for.
    func routed(_ event: CaseEvent) -> [String] {
        guard event.type.isPublication else { return routes.recipients(for: event, school: brin(of: event)) }
        return schools(for: event).reduce(into: []) { found, school in
            for recipient in routes.recipients(for: event, school: school) where !found.contains(recipient) {
                found.append(recipient)
            }
        }
    }

    /// By BRIN: those that a publication names in `voorScholen`, or all.
    func schools(for publication: CaseEvent) -> [String] {
        let named = publication.data["voorScholen"]?.array?.compactMap { $0.string.flatMap(BRIN.init) }
        return named.map { $0.compactMap { school(for: $0)?.brin.description } } ?? schools.map(\.brin.description)
    }

    /// Judges one event for one recipient: at intake, at every attempt, and for `explain`.
    func judge(
        _ event: CaseEvent, for runtime: RecipientRuntime, submitter: Submitter, confirmation: Confirmation?,
        deliveryKey: String, reference: String, counterpartReference: String? = nil, facts: CaseFacts,
        today: CalendarDate
    ) -> Judgement {
        let directory = directory
        let school = brin(of: event)
        let given = confirmation.flatMap { self.given($0, at: school, in: directory, for: runtime.recipient.kind) }
        return policy.judge(
            JudgementInput(
                event: event, recipient: runtime.recipient, agreements: runtime.agreements,
                schoolName: self.school(for: event.school)?.name ?? school,
                schoolHasMeldingsbevoegde: directory.schoolHasMeldingsbevoegde(school, on: today),
                submitter: submitter.personID.flatMap { directory.actingPerson($0, at: school, on: today) },
                confirmation: given, today: today, deliveryKey: deliveryKey, reference: reference,
                counterpartReference: counterpartReference, facts: facts))
    }

    /// A confirmation counts by the role of the day on which it was given: a role that ended since takes nothing back.
    ///
    /// Somebody who has left the persons file altogether still counts for an urgent report, which nothing missing may hold
    /// (practice 1); the verwijsindex needs the meldingsbevoegde's contact details and is refused.
    private func given(
        _ confirmation: Confirmation, at school: String, in directory: Directory, for kind: RecipientKind
    ) -> GivenConfirmation? {
        guard let role = Role(rawValue: confirmation.role) else { return nil }
        let date = confirmation.at.calendarDateInAmsterdam
        if let person = directory.actingPerson(confirmation.personID, at: school, on: date) {
            return GivenConfirmation(person: person, role: role, textChecked: confirmation.textChecked)
        }
        guard RecipientKind.urgent.contains(kind), directory.person(confirmation.personID) == nil else { return nil }
        let person = ActingPerson(
            id: confirmation.personID, name: confirmation.personID, function: nil, phone: nil, email: nil, roles: [role]
        )
        return GivenConfirmation(person: person, role: role)
    }

    /// Who must act on something that waits: whoever has one of the roles, but nobody who is barred from the case.
    func owners(_ roles: [Role], at school: String, barred: Set<String>, today: CalendarDate) -> [String] {
        let directory = directory
        var found: [String] = []
        for role in roles {
            for person in directory.persons(with: role, at: school, on: today)
            where !found.contains(person.id) && !barred.contains(person.id) {
                found.append(person.id)
            }
        }
        return found
    }

    /// Who hears of something today: who can be reached in one of the roles at the school, or else, step by step, in a role higher up.
    /// Never who is barred from the case, and nobody who is away, or on holiday with the school: their deputies do.
    /// - Parameter school: A BRIN; empty for the board as a whole.
    /// - Returns: Identifiers of persons, each once, those of the first role first; empty when nobody is there at all.
    func reachable(_ roles: [Role], at school: String, barred: Set<String>, today: CalendarDate) -> [String] {
        let directory = directory
        let isHoliday = isSchoolHoliday(at: school, on: today)
        var tried: Set<Role> = []
        for step in [roles] + Self.instead(of: roles).map({ [$0] }) {
            var found: [String] = []
            for role in step where tried.insert(role).inserted {
                for person in directory.reachable(
                    role, at: school, on: today, isHoliday: isHoliday, without: barred)
                where !found.contains(person.id) {
                    found.append(person.id)
                }
            }
            if !found.isEmpty { return found }
        }
        return []
    }

    /// Whom to turn to when nobody in these roles is there: always higher up first, and what lies below only when nobody is there either.
    private static func instead(of roles: [Role]) -> [Role] {
        let up: [Role] = [.aandachtsfunctionaris, .centraleContactpersoon, .bestuur]
        let height = up.lastIndex { roles.contains($0) }.map { $0 + 1 } ?? 0
        return Array(up[height...]) + up[..<height].reversed()
    }

    /// Whether a school is closed for its holidays; false where its region is not configured or nothing is known.
    func isSchoolHoliday(at school: String, on date: CalendarDate) -> Bool {
        BRIN(school).flatMap { self.school(for: $0) }?.holidayRegion
            .map { schoolHolidays.holiday(on: date, region: $0) != nil } ?? false
    }

    /// Who hears that an urgent report has not arrived: who submitted it and the aandachtsfunctionarissen of the school, but
    /// nobody who is barred from the case.
    func peopleToTell(
        about event: CaseEvent, submitter: Submitter, barred: Set<String>, today: CalendarDate
    ) -> [String] {
        let directory = directory
        let named = submitter.personID ?? event.data["indiener"]?.string
        let submitting = named.flatMap { directory.person($0) }.map { [$0.id] } ?? []
        let responsible = directory.persons(with: .aandachtsfunctionaris, at: brin(of: event), on: today).map(
            \.id)
        return (submitting + responsible.filter { !submitting.contains($0) }).filter { !barred.contains($0) }
    }
}
