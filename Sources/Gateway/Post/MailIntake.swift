// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Delivery
import Logging
import Mail
import PrivacyRules
import Values

/// Turns one fetched message into one commit: what it is taken to be, with which case it is placed, and who hears of it. It fulfils
/// nothing, whatever it says (practice 24).
struct MailIntake: Sendable {
    let box: PostBox
    let services: GatewayServices

    /// A message that is being taken over.
    struct Arrival: Sendable {
        let position: MailPosition
        /// Every message up to this UID is dealt with once this one is.
        let settledThrough: UInt32
    }

    /// Takes over a message that could be fetched.
    func take(_ bytes: [UInt8], _ arrival: Arrival) async throws(StoreError) {
        let mail: ReceivedMail
        do {
            mail = try box.reader.read(bytes)
        } catch {
            return try await leave(
                .onleesbaar, size: bytes.count, identity: MailIdentity.bytes(of: bytes), arrival)
        }
        let kind = box.sorting.kind(of: mail)
        let placements = try await services.store.mailPlacements(MailReferences.all(in: mail))
        var new = NewMail(
            position: arrival.position, settledThrough: arrival.settledThrough,
            identity: MailIdentity.bytes(of: bytes), kind: kind, receivedAt: services.now, size: bytes.count,
            mustFile: box.processedFolder != nil)
        // Two cases in one mail: a person says which.
        new.placement = placements.count == 1 ? placements.first : nil
        if kind.pausesLadder, mail.sender.check != .gezakt, let placement = new.placement {
            // A sender that its own server disowns stops no clock.
            new.pause = OwedPause(
                kinds: OwedKind.feedback, recipientID: placement.recipientID,
                until: services.model.owed.pauseForPost(from: services.now), at: services.now)
        }
        new.content = MailContent.json(mail).canonicalBytes
        new.attachments = mail.attachments.compactMap { attachment in
            guard case .kept(_, let content) = attachment.content else { return nil }
            return NewMail.Attachment(number: attachment.number, bytes: content)
        }
        try await commit(new)
    }

    /// Keeps that there is a message, and leaves it where it is.
    func leave(
        _ kind: MailKind, size: Int, identity: [UInt8]? = nil, _ arrival: Arrival
    ) async throws(StoreError) {
        try await commit(
            NewMail(
                position: arrival.position, settledThrough: arrival.settledThrough, identity: identity, kind: kind,
                receivedAt: services.now, size: size, mustFile: false))
    }

    /// The message was gone before it could be fetched.
    func pass(_ arrival: Arrival) async throws(StoreError) {
        var change = Change()
        change.mail.settled = MailPosition(
            mailbox: arrival.position.mailbox, uidValidity: arrival.position.uidValidity, uid: arrival.settledThrough)
        _ = try await services.store.commit(change)
    }

    private func commit(_ mail: NewMail) async throws(StoreError) {
        var mail = mail
        if mail.kind.needsPerson { try await tell(&mail) }
        var change = Change()
        change.mail.arrived = mail
        _ = try await services.store.commit(change)
        if !mail.notices.isEmpty { services.noticesMade() }
        if mail.owed != nil || mail.pause != nil { services.owedChanged() }
        services.metrics.count(
            "meldpoort_mail_received_total", ("mailbox", box.id), ("kind", mail.kind.rawValue))
        services.logger.info("mail taken over", metadata: ["mailbox": "\(box.id)", "kind": "\(mail.kind.rawValue)"])
    }

    // MARK: - Who hears

    /// An owed item reminds by itself; without one, or without anybody whom it would remind, people are told here.
    private func tell(_ mail: inout NewMail) async throws(StoreError) {
        let now = services.now
        let today = now.calendarDateInAmsterdam
        let barred = try await barred(mail.placement)
        let place = OwedPlace.known(caseNumber: mail.placement?.caseNumber, school: mail.placement?.school)
        let owed = services.model.owed
        if case .open(let item)? = owed.opening(
            .postBeoordelen, place, subject: nil, recipientID: mail.placement?.recipientID, at: now)
        {
            mail.owed = item
            let owners = services.model.owners(
                owed[.postBeoordelen]?.owners ?? [], at: mail.placement?.school ?? "", barred: barred, today: today)
            if !owners.isEmpty { return }
        }
        let people =
            mail.placement.map { placement in
                services.model.owners(roles(mail.kind), at: placement.school, barred: barred, today: today)
            } ?? services.model.readersOfUnplacedPost(on: today)
        mail.notices = people.map { person in
            NewNotice(
                kind: .postArrived, addressee: .person(person), recipientID: box.id, subject: nil,
                cause: "post \(mail.position.uidValidity)/\(mail.position.uid)", createdAt: now)
        }
        if people.isEmpty {
            services.logger.warning("nobody to tell of mail", metadata: ["mailbox": "\(box.id)"])
        }
    }

    private func roles(_ kind: MailKind) -> [Role] {
        kind == .matchbericht ? [.meldingsbevoegde, .aandachtsfunctionaris] : [.aandachtsfunctionaris]
    }

    private func barred(_ placement: MailPlacement?) async throws(StoreError) -> Set<String> {
        guard let number = placement?.caseNumber else { return [] }
        return try await services.store.barred(fromCase: number)
    }
}

extension GatewayModel {
    /// Who may read post of which nobody knows the case: the centrale contactpersoon; who handles cases at every school of the board;
    /// and, where there is no centrale contactpersoon at all, who handles cases anywhere.
    func mayReadUnplacedPost(_ person: String, on today: CalendarDate) -> Bool {
        let directory = directory
        let schools = schools.map(\.brin.description)
        func has(_ roles: Set<Role>, at school: String) -> Bool {
            !directory.roles(of: person, at: school, on: today).isDisjoint(with: roles)
        }
        if schools.contains(where: { has([.centraleContactpersoon], at: $0) }) { return true }
        if schools.allSatisfy({ has(Self.handlingRoles, at: $0) }) { return true }
        let hasCentral = schools.contains { school in
            !directory.persons(with: .centraleContactpersoon, at: school, on: today).isEmpty
        }
        return !hasCentral && schools.contains { has(Self.handlingRoles, at: $0) }
    }

    func readersOfUnplacedPost(on today: CalendarDate) -> [String] {
        directory.persons.map(\.id).filter { mayReadUnplacedPost($0, on: today) }
    }

    /// Who says what a mail is.
    static let handlingRoles: Set<Role> = [.aandachtsfunctionaris, .meldingsbevoegde]
}
