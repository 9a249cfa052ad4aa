// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Delivery
import Disclosures
import PrivacyRules
import Values

/// Takes rungs of ladders: what came due for the same readers is one event, at however many schools, journalled in the commit that
/// notes the rung with every item. So none is taken twice, none without its message, and nobody gets a mail for each of many.
struct OwedClimb: Sendable {
    let services: GatewayServices

    /// An item whose next rung is due.
    struct Due: Sendable {
        let item: StoredOwedItem
        let rung: OwedRung
        let next: Timestamp?
    }

    /// Those that share a message.
    struct Group: Sendable {
        /// Of the recipients that the message is routed to.
        let kind: RecipientKind
        let recipients: [String]
        /// In the order in which they are found; at least one.
        let readers: [String]
        /// The highest rungs first; at least one.
        fileprivate(set) var dues: [Due]
    }

    /// A message that can be journalled: with the steps that note it, and with notices for its readers in case it goes nowhere.
    struct Message: Sendable {
        let event: CaseEvent
        let steps: [OwedStep]
        let notices: [NewNotice]
    }

    /// As many items as the event can hold.
    private static let mostInGroup = 200
    /// What an item has on it of what was tried.
    private static let mostTried = 20

    /// What came due, by how its readers hear of it.
    struct Sorted: Sendable {
        /// In order.
        fileprivate(set) var groups: [Group] = []
        /// What stands with no school (mail that is placed nowhere): an event belongs to one, so its readers hear by notice.
        fileprivate(set) var unplaced: [(due: Due, readers: [String])] = []
        /// Those for whom nobody at all can be reached.
        fileprivate(set) var lonely: [Due] = []
    }

    func sorted(_ dues: [Due]) async throws(StoreError) -> Sorted {
        var sorted = Sorted()
        for due in dues {
            let readers = try await readers(of: due)
            if readers.isEmpty {
                sorted.lonely.append(due)
            } else if let school = due.item.school {
                Self.add(
                    due, readers, services.model.recipients(ofRungsFor: due.rung.kind.recipientKind, at: school),
                    to: &sorted.groups)
            } else {
                sorted.unplaced.append((due, readers))
            }
        }
        for place in sorted.groups.indices { sorted.groups[place].dues.sort { $0.place < $1.place } }
        return sorted
    }

    private static func add(_ due: Due, _ readers: [String], _ recipients: [String], to groups: inout [Group]) {
        let kind = due.rung.kind.recipientKind
        let place = groups.firstIndex {
            $0.kind == kind && $0.recipients == recipients && $0.readers == readers && $0.dues.count < mostInGroup
        }
        if let place {
            groups[place].dues.append(due)
        } else {
            groups.append(Group(kind: kind, recipients: recipients, readers: readers, dues: [due]))
        }
    }

    /// Never who is barred from the case (practice 7).
    private func readers(of due: Due) async throws(StoreError) -> [String] {
        let today = services.now.calendarDateInAmsterdam
        guard let school = due.item.school else { return services.model.readersOfUnplacedPost(on: today) }
        let barred = try await services.barred(from: due.item)
        // A rung that names nobody is for who must act.
        let roles = due.rung.roles.isEmpty ? services.model.owed.owners(of: due.item) : due.rung.roles
        return services.model.reachable(roles, at: school, barred: barred, today: today)
    }

    // MARK: - The message

    func message(for group: Group) async throws(GatewayError) -> Message {
        let now = services.now
        let key = Fresh.uuid()
        guard let first = group.dues.first, let school = first.item.school else { throw .invalid([]) }
        var rows: [JSONValue] = []
        do throws(StoreError) {
            let acts = try await services.store.owedActs(of: group.dues.map(\.item.id))
            for due in group.dues { rows.append(try await row(of: due, acts.filter { $0.item == due.item.id })) }
        } catch {
            throw GatewayError(error)
        }
        let data: [String: JSONValue] = [
            "opschaling": .string(key), "school": .string(school),
            "datum": .string(now.calendarDateInAmsterdam.description), "niveau": .string(first.rung.kind.level),
            "lezers": .array(group.readers.map(JSONValue.string)), "verplichtingen": .array(rows),
        ]
        let event: CaseEvent
        do {
            event = try CaseEvent(
                id: key, source: OwedEnding.source, type: .opschalingGedaan, time: now, data: .object(data))
        } catch {
            throw .invalid(error.problems)
        }
        return Message(
            event: event, steps: group.dues.compactMap { step($0) },
            notices: group.dues.flatMap { notices(for: $0, group.readers) })
    }

    private func step(_ due: Due) -> OwedStep? {
        guard let expected = due.item.nextAt else { return nil }
        var look = OwedLook(due.item.id, expected: expected, next: due.next)
        look.takes = due.rung.kind
        return .look(look)
    }

    /// Without a route, or where the rules refuse it, the readers hear by notice: a configuration that forgets one leaves nothing
    /// unheard.
    func notices(for due: Due, _ readers: [String]) -> [NewNotice] {
        readers.map { person in
            NewNotice(
                kind: .owedReminder, addressee: .person(person), recipientID: due.item.recipientID ?? "",
                subject: nil, cause: (due.item.nextAt ?? due.item.since).description, createdAt: services.now,
                owedItem: due.item.id)
        }
    }

    // MARK: - One item

    /// References, days and names of organisations; never anything of a case.
    private func row(of due: Due, _ acts: [OwedAct]) async throws(StoreError) -> JSONValue {
        let item = due.item
        var members: [String: JSONValue] = [
            "nummer": .number(Double(item.id)),
            "trede": .string(due.rung.kind.rawValue), "vraag": .string(due.rung.ask),
            "omschrijving": .string(String(services.model.owed.title(of: item).prefix(200))),
            "sinds": .string(item.since.calendarDateInAmsterdam.description),
            "afgesprokenOp": .string(item.dueOn.description),
        ]
        if !services.model.owed.isForBoard(item), let brin = item.school {
            members["school"] = .string(brin)
            let school = BRIN(brin).flatMap { services.model.school(for: $0) }
            members["naamSchool"] = school.map { .string(String($0.name.prefix(200))) }
        }
        let tried = acts.compactMap(OwedActText.line).suffix(Self.mostTried)
        if !tried.isEmpty { members["geprobeerd"] = .array(tried.map { .string(String($0.prefix(120))) }) }
        guard let runtime = item.recipientID.flatMap({ services.model.recipients[$0] }) else { return .object(members) }
        members["ketenpartner"] = .string(String(runtime.recipient.name.prefix(200)))
        members["bellen"] = services.model.numberToCall(runtime.recipient.id).map { .string(String($0.prefix(60))) }
        guard let number = item.event, let body = try await services.store.body(of: number) else {
            return .object(members)
        }
        let opening = try GatewayServices.caseEvent(from: body)
        members["kenmerk"] = .string(services.reference(opening, runtime.recipient.id))
        if due.rung.kind.isForCaller {
            let theirs = try await services.partnerReference(runtime.recipient.id, in: services.caseName(of: opening))
            members["kenmerkKetenpartner"] = theirs.flatMap(Self.reference).map(JSONValue.string)
        }
        return .object(members)
    }
}

extension OwedClimb {
    /// What people write down as a reference may be anything, a name too: only what looks like a reference goes along.
    static func reference(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-./_".utf8.contains(byte)
        }
        return isPlain && text.utf8.count <= 64 && text.contains(where: \.isNumber) ? text : nil
    }
}

extension OwedClimb.Due {
    /// Its place in a message: the highest rungs first, what asks the same together, then the schools, then the oldest.
    fileprivate var place: (Int, String, String, OwedItemID) {
        (-rung.kind.height, rung.ask, item.school ?? "", item.id)
    }
}

extension OwedRung.Kind {
    /// To whom its message goes.
    fileprivate var recipientKind: RecipientKind {
        switch self {
        case .herinnering, .contact: .aandachtsfunctionaris
        case .centraleContactpersoon: .centraleContactpersoon
        case .bestuur: .bestuur
        }
    }

    /// The word of `niveau` in `nl.meldcode.opschaling-gedaan.v1`.
    fileprivate var level: String {
        switch self {
        case .herinnering, .contact: "school"
        case .centraleContactpersoon, .bestuur: rawValue
        }
    }

    /// Its reader calls the partner, and quotes the partner's own reference (practice 26); who is higher up has ours.
    fileprivate var isForCaller: Bool { self == .herinnering || self == .contact }
}

/// What was done with an item, as a line for people.
enum OwedActText {
    static func line(_ act: OwedAct) -> String? {
        let day = act.at.calendarDateInAmsterdam.dutchText
        let until = act.until?.dutchText ?? ""
        return switch act.kind {
        case .reminded: "herinnerd op \(day)"
        case .rung: rung(act.word, day)
        case .contact: "contact gezocht op \(day): \(contact(act.word))"
        case .paused: "bericht van de ketenpartner ontvangen op \(day)"
        case .resumed: "hervat op \(day)"
        case .snoozed: "op \(day) uitgesteld tot \(until)"
        case .moved: "op \(day) verschoven naar \(until)"
        case .partial: "deels teruggekoppeld op \(day)"
        case .reopened, .closed: nil
        }
    }

    private static func rung(_ word: String?, _ day: String) -> String {
        switch word.flatMap(OwedRung.Kind.init(rawValue:)) {
        case .herinnering: "herinnerd op \(day)"
        case .contact: "op \(day) gevraagd contact te zoeken"
        case .centraleContactpersoon: "op \(day) aan de centrale contactpersoon voorgelegd"
        case .bestuur: "op \(day) aan het bestuur voorgelegd"
        case nil: "opgeschaald op \(day)"
        }
    }

    private static func contact(_ word: String?) -> String {
        switch word {
        case "bereikt": "gesproken"
        case "toegezegd": "gesproken, dag toegezegd"
        case "nietBereikt": "niet bereikt"
        default: "vastgelegd"
        }
    }
}

extension GatewayModel {
    /// Where the message of rungs goes: of the recipients routed at a school those whose readers it is for.
    fileprivate func recipients(ofRungsFor kind: RecipientKind, at school: String) -> [String] {
        routes.recipients(for: .opschalingGedaan, school: school).filter { recipients[$0]?.recipient.kind == kind }
    }

    /// The same, of the event: all its items have the same.
    func recipients(ofRung event: CaseEvent) -> [String] {
        let kinds: [String: RecipientKind] = Dictionary(
            OwedRung.Kind.allCases.map { ($0.level, $0.recipientKind) }, uniquingKeysWith: { first, _ in first })
        guard let kind = event.data["niveau"]?.string.flatMap({ kinds[$0] }) else { return [] }
        return recipients(ofRungsFor: kind, at: brin(of: event))
    }
}
