// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
public import Delivery
import Logging
import Mail
import PrivacyRules
public import Values

/// Received mail, for HTTP and the command line. Lists hold no content; content is for a person with a role at the school of its case, and
/// who reads it is written down first (practice 19).
extension MeldpoortGateway {
    /// Mail that the asker may see: number, mailbox, when, what it is taken to be, and whether it waits.
    public func postViews(_ filter: MailFilter, as principal: Principal) async throws(GatewayError) -> [JSONValue] {
        let person = try person(principal)
        var filter = filter
        filter.schools = handledSchools(of: person, principal)
        filter.includesUnplaced = readsUnplaced(person, principal)
        guard !filter.schools.isEmpty || filter.includesUnplaced else { throw .forbidden(.rolOntbreekt) }
        filter.hiddenFrom = person
        let wanted = filter
        return try await post { store throws(StoreError) in try await store.mails(wanted) }.map(Self.view)
    }

    /// One mail with its content.
    public func postView(_ id: MailID, as principal: Principal) async throws(GatewayError) -> JSONValue {
        let mail = try await mail(id, for: principal)
        var members = Self.view(mail).object ?? [:]
        let judgements = try await post { store throws(StoreError) in try await store.mailJudgements(of: id) }
        if !judgements.isEmpty {
            members["oordelen"] = .array(
                judgements.map { judgement in
                    [
                        "soort": .string(judgement.verdict), "op": .string(judgement.at.description),
                        "door": .string(judgement.personID), "gebeurtenis": .number(Double(judgement.event)),
                    ]
                })
        }
        if let task = Self.task(mail.kind) { members["taak"] = .string(task) }
        guard mail.hasContent else { return .object(members) }
        try await note(reading: id, attachment: nil, principal)
        guard let content = try await post({ store throws(StoreError) in try await store.mailContent(id) }),
            let shown = MailContent.shown(content)
        else { throw .corrupt }
        members["inhoud"] = .object(shown)
        return .object(members)
    }

    /// The bytes of one attachment, with the name that its sender gave it.
    public func postAttachment(
        _ number: Int, of id: MailID, as principal: Principal
    ) async throws(GatewayError) -> (name: String, bytes: [UInt8]) {
        let mail = try await mail(id, for: principal)
        guard mail.hasContent else { throw .noSuchMail }
        let content = try await post { store throws(StoreError) in try await store.mailContent(id) }
        let listed = content.flatMap(MailContent.shown)?["bijlagen"]?.array ?? []
        guard let entry = listed.first(where: { $0["nummer"]?.integer == number }), entry["nietBewaard"] == nil else {
            throw .noSuchMail
        }
        try await note(reading: id, attachment: number, principal)
        guard let bytes = try await post({ store throws(StoreError) in try await store.mailAttachment(number, of: id) })
        else { throw .noSuchMail }
        return (entry["bestandsnaam"]?.string ?? "bijlage", bytes)
    }

    // MARK: - Who may

    /// The mail, if there is one for this asker; for anybody else there is none.
    func mail(_ id: MailID, for principal: Principal) async throws(GatewayError) -> StoredMail {
        let person = try person(principal)
        let found = try await post { store throws(StoreError) in try await store.mail(id) }
        guard let mail = found else { throw .noSuchMail }
        guard let placement = mail.placement else {
            guard readsUnplaced(person, principal) else { throw .noSuchMail }
            return mail
        }
        let barred = try await post { store throws(StoreError) in
            try await store.barred(fromCase: placement.caseNumber)
        }
        guard handledSchools(of: person, principal).contains(placement.school), !barred.contains(person) else {
            throw .noSuchMail
        }
        return mail
    }

    private func handledSchools(of person: String, _ principal: Principal) -> Set<String> {
        let today = services.now.calendarDateInAmsterdam
        return principal.schools.filter { school in
            !model.directory.roles(of: person, at: school, on: today).isDisjoint(with: GatewayModel.handlingRoles)
        }
    }

    private func readsUnplaced(_ person: String, _ principal: Principal) -> Bool {
        !principal.schools.isEmpty
            && model.mayReadUnplacedPost(person, on: services.now.calendarDateInAmsterdam)
    }

    /// Written down before anything is shown; what cannot be written down is not shown.
    private func note(reading id: MailID, attachment: Int?, _ principal: Principal) async throws(GatewayError) {
        var change = Change()
        change.mail.readings = [
            MailReading(
                mail: id, attachment: attachment, personID: try person(principal), tokenID: principal.tokenID,
                at: services.now)
        ]
        _ = try await commit(change)
        services.logger.info(
            "post shown", metadata: ["token": "\(principal.tokenID)", "post": "\(id)"])
    }

    func post<Answer: Sendable>(
        _ reading: (any Store) async throws(StoreError) -> Answer
    ) async throws(GatewayError) -> Answer {
        do {
            return try await reading(services.store)
        } catch {
            throw GatewayError(error)
        }
    }

    // MARK: - Form

    private static func view(_ mail: StoredMail) -> JSONValue {
        var members: [String: JSONValue] = [
            "nummer": .number(Double(mail.id)), "postbus": .string(mail.mailbox),
            "ontvangenOp": .string(mail.receivedAt.description), "soort": .string(mail.kind.rawValue),
            "geplaatst": .bool(mail.placement != nil), "grootte": .number(Double(mail.size)),
            "status": .string(mail.isOpen ? "teBeoordelen" : mail.kind.needsPerson ? "beoordeeld" : "geenActie"),
        ]
        if let placement = mail.placement {
            members["school"] = .string(placement.school)
            if let recipient = placement.recipientID { members["ontvanger"] = .string(recipient) }
        }
        return .object(members)
    }

    private static func task(_ kind: MailKind) -> String? {
        switch kind {
        case .automatisch: nil
        case .bericht: "Lees het bericht en zeg wat het is."
        case .portaalbericht:
            "Lees en leg vast: open het beveiligde portaal zoals u dat altijd doet, nooit via een link, en leg vast wat daar staat."
        case .matchbericht:
            "Voor de meldingsbevoegde: kijk in de verwijsindex zelf, nooit via een link, en leg de match vast."
        case .bezorgfout:
            "Een bericht van ons is niet aangekomen: kijk bij de afleveringen van de zaak, en bel als het haast heeft."
        case .onleesbaar: "Meldpoort kon dit bericht niet lezen. Het staat nog in de postbus: lees het daar."
        case .teGroot: "Dit bericht is te groot. Het staat nog in de postbus: lees het daar."
        }
    }
}
