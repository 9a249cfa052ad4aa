// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import BoardConfiguration
public import CaseEvents
import Delivery
import Disclosures
import Logging
import PrivacyRules
public import Values

/// Reading the identity of a pupil from the school's own register, to complete an event before it is submitted.
///
/// The event that is journalled is whole and stands by itself: an urgent report never waits for a register, and what a register says
/// is seen by the person who submits it (practice 20).
extension MeldpoortGateway {
    /// - Parameters:
    ///   - school: BRIN, as in the configuration.
    ///   - type: What the person is about to submit: only fields that some rule lets go from it are read.
    /// - Throws: `.forbidden` for who does not decide at the school, `.refused` where the school has no register configured.
    public func findPupils(
        school: String, pupil: PupilQuery.Pupil, for type: EventType, as principal: Principal
    ) async throws(GatewayError) -> PupilsFound {
        let person = try person(principal)
        guard let brin = BRIN(school), let configured = model.school(for: brin) else {
            throw .invalid([
                EventProblem(.ongeldigeWaarde, at: "/school", "Deze school staat niet in de configuratie (schools).")
            ])
        }
        let name = configured.brin.description
        guard principal.schools.contains(name) else { throw .forbidden(.schoolBuitenBereik) }
        let today = services.now.calendarDateInAmsterdam
        let held = model.directory.actingPerson(person, at: name, on: today)?.roles ?? []
        guard Self.decidingRoles.contains(where: held.contains) else { throw .forbidden(.rolOntbreekt) }
        guard let register = configured.pupilSource.flatMap({ model.recipients[$0] }),
            let source = register.adapter as? any PupilSource, let transport = register.transport
        else {
            throw .refused(
                code: "geenLeerlingenregister", article: "",
                text: "Voor deze school is geen leerlingvolgsysteem gekoppeld om uit te lezen (pupil_source).")
        }
        // Who looked, and never for whom (practice 19).
        services.logger.info("pupil looked up", metadata: ["token": "\(principal.tokenID)", "school": "\(name)"])
        let query = PupilQuery(school: name, pupil: pupil, fields: model.pupilFields(for: type, school: name))
        let answer = await source.find(query, over: transport)
        metrics.count("meldpoort_pupil_look_ups_total", ("recipient", register.recipient.id), ("outcome", answer.word))
        return PupilsFound(answer, asked: query.fields)
    }
}

extension GatewayModel {
    /// The pupil's fields that some rule lets go from an event of this type to where the school's routes lead it, and the number
    /// that the disclosure log knows the pupil by.
    func pupilFields(for type: EventType, school: String) -> Set<PupilField> {
        let kinds =
            type.namesItsRecipients
            ? Set(recipients.values.map(\.recipient.kind))
            : Set(routes.recipients(for: type, school: school).compactMap { recipients[$0]?.recipient.kind })
        let allowed = Set(kinds.flatMap { policy.rules(for: type, to: $0) }.flatMap(\.fields).map(\.text))
        return Set(PupilField.allCases.filter { allowed.contains("leerling.\($0.rawValue)") }).union([.leerlingnummer])
    }
}

/// What a register answered, in words of the API.
public struct PupilsFound: Sendable, Hashable {
    public let answer: PupilAnswer
    /// What was asked for.
    public let asked: Set<PupilField>

    init(_ answer: PupilAnswer, asked: Set<PupilField>) {
        self.answer = answer
        self.asked = asked
    }

    /// `leerlingen` are objects as `leerling` in events has them; `afgeschermd` names what the register keeps secret.
    public var json: JSONValue {
        let fields = JSONValue.array(asked.map(\.rawValue).sorted().map { .string($0) })
        return switch answer {
        case .found(let pupils):
            ["uitkomst": "gevonden", "gevraagd": fields, "leerlingen": .array(pupils.map { $0.json(asked) })]
        case .tooMany: ["uitkomst": "teVeel", "gevraagd": fields, "leerlingen": []]
        case .failed(let reason):
            ["uitkomst": "nietGelezen", "gevraagd": fields, "leerlingen": [], "reden": .string(reason.label.rawValue)]
        }
    }
}

extension PupilAnswer {
    /// A fixed word for metrics.
    var word: String {
        switch self {
        case .found(let pupils): pupils.isEmpty ? "none" : "found"
        case .tooMany: "too_many"
        case .failed(let reason): reason.label.rawValue
        }
    }
}

extension PupilRecord {
    /// Never a field that was not asked for, whatever the adapter gave.
    func json(_ asked: Set<PupilField>) -> JSONValue {
        var pupil: [String: JSONValue] = [:]
        var address: [String: JSONValue] = [:]
        for (field, value) in values where asked.contains(field) {
            let parts = field.rawValue.split(separator: ".")
            if parts.count == 2 {
                address[String(parts[1])] = .string(value)
            } else {
                pupil[field.rawValue] = .string(value)
            }
        }
        if !address.isEmpty { pupil["adres"] = .object(address) }
        let secret = withheld.intersection(asked).map(\.rawValue).sorted().map { JSONValue.string($0) }
        return ["leerling": .object(pupil), "afgeschermd": .array(secret)]
    }
}
