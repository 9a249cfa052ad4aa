// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// What is read from systems of the school: identities of pupils, and exported concerns.
extension ConfigurationReader {
    /// A school's `pupil_source` is a recipient whose adapter reads pupils, on the channel over which it does.
    func checkPupilSources(_ schools: YAMLNode?, recipients: [RecipientDraft]) {
        for node in (schools?.elements ?? []).compactMap({ $0["pupil_source"] }) {
            guard let id = recipient(node, among: recipients), let draft = recipients.first(where: { $0.id == id }),
                let adapter = draft.adapter
            else { continue }
            guard adapter is any PupilSource.Type else {
                log.error(
                    node.place, "the adapter “\(adapter.specification.name)” of “\(id)” reads no pupils",
                    suggestion: "Name a recipient with the adapter leerlingvolgsysteem and channel: api.")
                continue
            }
            if draft.channel != .api {
                log.error(
                    node.place,
                    "“\(id)” has channel \(draft.channel?.rawValue ?? "handover"), over which nothing is read",
                    suggestion: "Add a recipient with channel: api beside it, for reading.")
            }
        }
    }

    func concernFolders(_ node: YAMLNode, recipients: [RecipientDraft]) -> [ConfiguredConcernFolder]? {
        guard let folders = node.list(log, of: { concernFolder($0, recipients: recipients) }) else { return nil }
        log.reportRepeats("the folder of concerns", folders.map { (key: $0.value.id, place: $0.place) })
        return folders.map(\.value)
    }

    private func concernFolder(_ node: YAMLNode, recipients: [RecipientDraft]) -> Placed<ConfiguredConcernFolder>? {
        guard let section = Section(node, keys: ["id", "recipient", "folder", "poll_seconds"], log) else { return nil }
        let id = section.required("id") { $0.identifier(log) }
        let reader = section.required("recipient") { concernReader($0, among: recipients) }
        let folder = section.required("folder", existingFolder)
        let poll = section.integer("poll_seconds", in: 5...86_400, default: 60)
        guard let id, let reader, let folder else { return nil }
        return Placed(
            value: ConfiguredConcernFolder(id: id, recipient: reader, folder: folder, pollSeconds: poll),
            place: section.place(of: "id"))
    }

    private func concernReader(_ node: YAMLNode, among recipients: [RecipientDraft]) -> String? {
        guard let id = recipient(node, among: recipients) else { return nil }
        guard let adapter = recipients.first(where: { $0.id == id })?.adapter else { return id }
        guard adapter is any ConcernSource.Type else {
            log.error(
                node.place, "the adapter “\(adapter.specification.name)” of “\(id)” reads no files of concerns",
                suggestion: "Name a recipient with the adapter leerlingvolgsysteem.")
            return nil
        }
        return id
    }
}
