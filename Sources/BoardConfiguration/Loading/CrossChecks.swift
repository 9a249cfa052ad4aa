// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import CaseEvents
import Delivery
import Disclosures
import PrivacyRules
import Values

/// What no part of the configuration can tell alone (practice 10, 17, 22).
struct CrossChecks {
    let log: ProblemLog
    let today: CalendarDate
    let root: SourcePlace
    let schools: [Placed<School>]
    let directory: Directory?
    let recipients: [RecipientDraft]
    let routes: [PlacedRoute]
    let policy: Policy?
    let hasNotices: Bool

    func run() {
        if let directory { SchoolStaffing(log: log, today: today, directory: directory).check(schools) }
        for recipient in recipients {
            checkAgreements(of: recipient)
            checkSettings(of: recipient)
        }
        for route in routes where !route.route.eventType.namesItsRecipients {
            for target in route.recipients {
                guard let recipient = recipients.first(where: { $0.id == target.value }) else { continue }
                checkRule(route, to: recipient, at: target.place)
                checkDesignation(route, to: recipient, at: target.place)
            }
        }
        checkRungs()
        if !hasNotices {
            log.warning(
                root, "without notices.relay nobody is mailed when a report does not arrive",
                suggestion: "Add notices: {ict: […], relay: {…}}.")
        }
    }

    /// The gateway runs all the same: the rules refuse the recipient, and this says why beforehand.
    private func checkAgreements(of recipient: RecipientDraft) {
        if let end = recipient.agreements.validUntil, end < today {
            log.warning(
                recipient.places["geldig_tot"] ?? recipient.place,
                "“\(recipient.id)” receives nothing any more: geldig_tot is \(end)")
        }
        guard recipient.kind == .verwijsindex else { return }
        if recipient.agreements.convenant == nil, recipient.places["convenant"] == nil {
            log.warning(
                recipient.place,
                "“\(recipient.id)” is refused: no convenant is recorded (Jeugdwet art. 7.1.1.2 and 7.1.3.1)",
                suggestion: "Add convenant: {datum: …, college: …}.")
        }
        if let review = recipient.agreements.reviewDate {
            guard review < today else { return }
            log.warning(
                recipient.places["herzieningsdatum"] ?? recipient.place,
                "“\(recipient.id)” is refused: its herzieningsdatum \(review) is past",
                suggestion: "See whether the law still gives the ground (Jeugdwet par. 7.1), then set a new date.")
        } else if recipient.places["herzieningsdatum"] == nil {
            log.warning(
                recipient.place, "“\(recipient.id)” is refused: it has no herzieningsdatum (Jeugdwet par. 7.1)",
                suggestion: "Add herzieningsdatum: with the date on which the ground is looked at again.")
        }
    }

    private func checkRule(_ route: PlacedRoute, to recipient: RecipientDraft, at place: SourcePlace) {
        guard let policy, let kind = recipient.kind else { return }
        let type = route.route.eventType
        let rules = policy.rules(for: type, to: kind)
        guard !rules.isEmpty else {
            log.error(
                place,
                "no privacy rule lets \(type.rawValue) go to \(kind.configurationName): it would always be refused",
                suggestion: "Remove it from this route.")
            return
        }
        guard let specification = recipient.adapter?.specification else { return }
        for message in Set(rules.map(\.message)).sorted(by: { $0.rawValue < $1.rawValue }) {
            checkForm(of: message, for: type, specification, recipient, at: place)
        }
    }

    /// What the adapter's settings lack for what is routed to it.
    private func checkSettings(of recipient: RecipientDraft) {
        guard let policy, let kind = recipient.kind, let adapter = recipient.adapter,
            let settings = recipient.configured?.settings
        else { return }
        let types = routes.filter { $0.recipients.contains { $0.value == recipient.id } }.map(\.route.eventType)
        let messages = Set(types.flatMap { policy.rules(for: $0, to: kind) }.map(\.message))
        for message in messages.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let lack = adapter.lack(in: settings, for: message) else { continue }
            log.error(
                recipient.places["settings"] ?? recipient.place,
                "\(lack.path.joined(separator: ".")): \(lack.message), for \(message.rawValue) to “\(recipient.id)”",
                suggestion: lack.suggestion)
        }
    }

    private func checkForm(
        of message: MessageKind, for type: EventType, _ specification: AdapterSpecification,
        _ recipient: RecipientDraft, at place: SourcePlace
    ) {
        guard specification.messages.contains(message) else {
            log.error(
                place, "the adapter “\(specification.name)” of “\(recipient.id)” has no form for \(message.rawValue)")
            return
        }
        // A channel that the adapter does not have at all is shown where it stands.
        guard let channel = recipient.channel, specification.channels.contains(channel),
            !specification.messages(over: channel).contains(message)
        else { return }
        let others = specification.channels.filter { specification.messages(over: $0).contains(message) }
        log.error(
            place,
            "“\(recipient.id)” has channel \(channel.rawValue), on which the adapter “\(specification.name)” has no form for \(message.rawValue)",
            suggestion: others.isEmpty
                ? "Remove it from this route."
                : "Let \(type.rawValue) go to a recipient with channel: \(others.map(\.rawValue).sorted().joined(separator: " or "))."
        )
    }

    // MARK: - The ladder of what is owed

    /// Who hears of a rung, and the kind of recipient through which.
    private static let rungs: [(kind: RecipientKind, role: Role)] = [
        (.aandachtsfunctionaris, .aandachtsfunctionaris), (.centraleContactpersoon, .centraleContactpersoon),
        (.bestuur, .bestuur),
    ]

    /// A rung without a recipient of its kind is told by the gateway's own notices: content-free too, and without the numbers to call.
    private func checkRungs() {
        guard let policy, let directory else { return }
        let targets = routes.filter { $0.route.eventType == .opschalingGedaan }.flatMap { $0.recipients.map(\.value) }
        let reached = Set(recipients.filter { targets.contains($0.id) }.compactMap(\.kind))
        checkAddresses(Self.rungs.filter { reached.contains($0.kind) }.map(\.role), directory)
        let missing = Self.rungs.filter { rung in
            !reached.contains(rung.kind) && !policy.rules(for: .opschalingGedaan, to: rung.kind).isEmpty
                && schools.contains {
                    !directory.holders(of: rung.role, at: $0.value.brin.description, on: today).isEmpty
                }
        }
        guard !missing.isEmpty else { return }
        let names = missing.map(\.kind.configurationName).joined(separator: ", ")
        log.warning(
            root,
            "what is open reaches \(names) by notices only: no route brings \(EventType.opschalingGedaan.rawValue) there",
            suggestion: "Add a recipient of each kind (adapter bestuur, channel mail) and one route that names them.")
    }

    /// Who has no address is not reached by the message that goes to the others.
    private func checkAddresses(_ roles: [Role], _ directory: Directory) {
        let people = schools.flatMap { school in
            roles.flatMap { directory.holders(of: $0, at: school.value.brin.description, on: today) }
        }
        let without = Set(people.filter { $0.email == nil }.map(\.id)).sorted()
        guard !without.isEmpty else { return }
        let names = without.map { "“\($0)”" }.joined(separator: ", ")
        log.warning(
            root, "what is open does not reach \(names): the persons file has no email there",
            suggestion: "Add email: to each.")
    }

    private func checkDesignation(_ route: PlacedRoute, to recipient: RecipientDraft, at place: SourcePlace) {
        guard recipient.kind == .verwijsindex, let directory else { return }
        let routed = schools.map(\.value.brin.description).filter { route.route.schools?.contains($0) ?? true }
        let without = routed.filter { !directory.schoolHasMeldingsbevoegde($0, on: today) }
        guard !without.isEmpty else { return }
        log.warning(
            place,
            "“\(recipient.id)” is refused for \(without.joined(separator: ", ")): no meldingsbevoegde is designated there",
            suggestion: "Add the role meldingsbevoegde in the persons file (Jeugdwet art. 7.1.1.2).")
    }
}

/// Names every school that lacks somebody it needs, or somebody to stand in (practice 17).
struct SchoolStaffing {
    let log: ProblemLog
    let today: CalendarDate
    let directory: Directory

    func check(_ schools: [Placed<School>]) {
        for school in schools {
            for role in [Role.aandachtsfunctionaris, .meldingsbevoegde] { check(role, at: school) }
        }
    }

    private func check(_ role: Role, at school: Placed<School>) {
        let brin = school.value.brin.description
        if directory.holders(of: role, at: brin, on: today).isEmpty {
            log.warning(
                school.place, "school \(brin) has no \(role.rawValue) today", suggestion: "Add one in the persons file."
            )
        } else if directory.persons(with: role, at: brin, on: today).count < 2 {
            log.warning(
                school.place, "school \(brin) has nobody to stand in for its \(role.rawValue)",
                suggestion: "Add a deputy in the persons file.")
        }
    }
}
