// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import CaseEvents
import Values

/// What an event says of recipients, persons and fields must be known: otherwise it is refused with the place and a suggestion.
extension MeldpoortGateway {
    func unknownReferences(in event: CaseEvent) -> [EventProblem] {
        Self.recipientFields.flatMap { unknown($0, of: event, among: model.recipients.keys, "recipients") }
            + unknown("medewerker", of: event, among: model.directory.persons.map(\.id), "persons")
            + unknownFields(in: event) + unknownSchools(in: event)
    }

    /// Members, or lists of them, that name a recipient of the configuration.
    private static let recipientFields = [
        "van", "ontvanger", "ontvangers", "over", "tegen", "ondertoezichtstelling/instelling",
    ]

    private func unknown(
        _ path: String, of event: CaseEvent, among known: some Collection<String>, _ section: String
    ) -> [EventProblem] {
        let value = path.split(separator: "/").reduce(Optional(event.data)) { value, name in value?[String(name)] }
        let names: [(place: String, name: String)] =
            if let list = value?.array {
                list.enumerated().compactMap { index, element in element.string.map { ("/\(index)", $0) } }
            } else {
                value?.string.map { [("", $0)] } ?? []
            }
        return names.filter { !known.contains($0.name) }.map { place, name in
            EventProblem(
                .ongeldigeWaarde, at: "/data/\(path)\(place)",
                "Dit staat niet in de configuratie (\(section))."
                    + (Suggestion.nearest(to: name, among: known).map { " Bedoelt u “\($0)”?" } ?? ""))
        }
    }

    /// Schools that a publication is for.
    private func unknownSchools(in event: CaseEvent) -> [EventProblem] {
        (event.data["voorScholen"]?.array ?? []).enumerated().compactMap { index, value in
            guard let brin = value.string.flatMap(BRIN.init), model.school(for: brin) == nil else { return nil }
            return EventProblem(
                .ongeldigeWaarde, at: "/data/voorScholen/\(index)",
                "Deze school staat niet in de configuratie (schools).")
        }
    }

    /// Names of fields in `velden`: of anything that can have been told.
    private func unknownFields(in event: CaseEvent) -> [EventProblem] {
        guard event.type == .verstrekkingVastgelegd || event.type == .correctieVastgesteld else { return [] }
        let known = Self.tellableFields
        let told = (event.data["velden"]?.array ?? []).compactMap(\.string)
        return told.enumerated().filter { !known.contains($0.element) }.map { index, name in
            EventProblem(
                .ongeldigeWaarde, at: "/data/velden/\(index)",
                "Dit is geen veldnaam van een melding of verstrekking."
                    + (Suggestion.nearest(to: name, among: known).map { " Bedoelt u “\($0)”?" } ?? ""))
        }
    }

    private static let tellableFields = Set(
        [EventType.veiligThuisMeldingBesloten, .verstrekkingBesloten].flatMap { $0.schema.leaves.map(\.path.text) })
}
