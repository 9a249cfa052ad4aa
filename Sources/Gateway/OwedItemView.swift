// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
public import Delivery
import Disclosures
import PrivacyRules
public import Values

/// One item with what was done about it, and what to have at hand when calling the partner.
extension MeldpoortGateway {
    /// - Throws: `.noSuchOwedItem` also for who may not see it.
    public func owedView(_ id: OwedItemID, as principal: Principal) async throws(GatewayError) -> JSONValue {
        let item = try await owedItem(id, for: principal)
        var members = members(of: item)
        let acts = try await read { store throws(StoreError) in try await store.owedActs(of: [id]) }
        members["geschiedenis"] = .array(acts.map(view))
        if let number = item.caseNumber, let school = item.school {
            let zaak = try await caseReference(number)
            members.merge(try await atHand(item, CaseName(school: school, reference: zaak))) { first, _ in first }
            // Who only watches over a school does not get to know which case it is.
            if decides(try person(principal), at: school) {
                members["zaak"] = .string(zaak)
            } else {
                let theirs = members["kenmerkKetenpartner"]?.string
                members["kenmerkKetenpartner"] = theirs.flatMap(OwedClimb.reference).map(JSONValue.string)
            }
        }
        return .object(members)
    }

    private func decides(_ person: String, at school: String) -> Bool {
        let today = services.now.calendarDateInAmsterdam
        return !model.directory.roles(of: person, at: school, on: today).isDisjoint(with: Self.decidingRoles)
    }

    /// The number to call, and both references: what the partner asks first.
    private func atHand(_ item: StoredOwedItem, _ name: CaseName) async throws(GatewayError) -> [String: JSONValue] {
        guard let recipient = item.recipientID else { return [:] }
        var members: [String: JSONValue] = [
            "kenmerk": .string(
                services.pseudonyms.reference(
                    school: name.school, caseReference: name.reference, recipient: recipient))
        ]
        members["bellen"] = model.numberToCall(recipient).map(JSONValue.string)
        let theirs = try await read { [services] _ throws(StoreError) in
            try await services.partnerReference(recipient, in: name)
        }
        members["kenmerkKetenpartner"] = theirs.map(JSONValue.string)
        return members
    }

    private func view(_ act: OwedAct) -> JSONValue {
        var members: [String: JSONValue] = ["op": .string(act.at.description), "wat": .string(act.kind.word)]
        members["nader"] = act.word.map(JSONValue.string)
        members["tot"] = act.until.map { .string($0.description) }
        members["door"] = act.personID.map { .string(model.directory.person($0)?.displayName ?? $0) }
        return .object(members)
    }
}

extension GatewayModel {
    /// The number on which a partner is called; Veilig Thuis has one for the whole country.
    func numberToCall(_ recipientID: String) -> String? {
        guard let runtime = recipients[recipientID] else { return nil }
        return runtime.agreements.callbackNumber ?? (runtime.recipient.kind == .veiligThuis ? "0800-2000" : nil)
    }
}

extension OwedAct.Kind {
    /// The word on screen and in JSON, in Dutch.
    public var word: String {
        switch self {
        case .reminded: "herinnerd"
        case .rung: "opgeschaald"
        case .contact: "contact"
        case .paused: "gepauzeerd"
        case .resumed: "hervat"
        case .snoozed: "uitgesteld"
        case .moved: "verplaatst"
        case .partial: "deelsTeruggekoppeld"
        case .reopened: "heropend"
        case .closed: "gesloten"
        }
    }
}
