// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import Delivery
import Values

/// A route with the places of its recipients.
struct PlacedRoute {
    let route: RoutingTable.Route
    let place: SourcePlace
    let recipients: [Placed<String>]
}

extension ConfigurationReader {
    func routes(_ node: YAMLNode, schools: [Placed<School>]?, recipients: [RecipientDraft]) -> [PlacedRoute]? {
        node.list(log) { node in
            guard let section = Section(node, keys: ["event", "schools", "recipients"], log) else { return nil }
            let type = section.required("event") { $0.choice(rawChoices(EventType.self), "event type", log) }
            let brins = section.optional("schools") {
                $0.set(log) { $0.configuredSchool(among: schools?.map(\.value), log) }
            }
            let targets = section.required("recipients") { node in
                node.set(log) { self.recipient($0, among: recipients) }
            }
            guard let type, let targets else { return nil }
            if targets.isEmpty, section["recipients"]?.elements?.isEmpty == true {
                log.error(section.place(of: "recipients"), "a route needs at least one recipient")
            }
            if type.namesItsRecipients {
                log.error(
                    section.place(of: "event"),
                    "an event of this type names its own recipients, so it has no route",
                    suggestion: "Remove this route; who decides names them in “ontvangers”.")
            }
            return PlacedRoute(
                route: RoutingTable.Route(eventType: type, schools: brins.map(Set.init), recipients: targets),
                place: section.place, recipients: placed(targets, in: section["recipients"]))
        }
    }

    func recipient(_ node: YAMLNode, among recipients: [RecipientDraft]) -> String? {
        guard let id = node.text(log) else { return nil }
        let known = recipients.map(\.id)
        guard known.contains(id) else {
            log.error(
                node.place, "there is no recipient “\(id)”",
                suggestion: known.isEmpty ? "Add it under recipients." : Hint.choice(for: id, among: known))
            return nil
        }
        return id
    }

    private func placed(_ ids: [String], in list: YAMLNode?) -> [Placed<String>] {
        ids.compactMap { id in
            list?.elements?.first { if case .scalar(id, _) = $0.content { true } else { false } }
                .map { Placed(value: id, place: $0.place) }
        }
    }
}

extension YAMLNode {
    /// The BRIN of a school that is configured; with no schools to compare with, of any.
    func configuredSchool(among schools: [School]?, _ log: ProblemLog) -> String? {
        guard let text = text(log) else { return nil }
        guard let schools else { return text }
        let known = schools.map(\.brin.description)
        guard known.contains(text) else {
            log.error(place, "there is no school “\(text)”", suggestion: Hint.choice(for: text, among: known))
            return nil
        }
        return text
    }
}
