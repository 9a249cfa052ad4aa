// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// The image of one page, in the site's own document library under the page's name: putting it there again replaces it.
struct SharePointImages: Sendable {
    let site: String
    let dialogue: Dialogue
    let place: PageName
    /// The codes with which Graph says that there is no such file.
    let gone: Set<String>

    /// Puts the image there and asks where it is, as a page wants to know it; nil without an image.
    func put(_ image: PublicationImage?) async throws(Ending) -> SharePointPage.Image? {
        guard let image else { return nil }
        let change = Dialogue.Change(
            .put, "\(path(image.kind)):/content", headers: [.init("Content-Type", image.kind.rawValue)],
            body: image.bytes)
        let id = try await dialogue.tell(change) { item in
            item["id"]?.string.flatMap { Self.isPlain($0) ? $0 : nil }
        }
        let place = try await dialogue.ask("\(site)/drive/items/\(id)?$select=id,webUrl,sharepointIds")
        let ids = place["sharepointIds"]
        guard let address = place["webUrl"]?.string, let path = Self.serverPath(address),
            let siteID = ids?["siteId"]?.string, let webID = ids?["webId"]?.string,
            let listID = ids?["listId"]?.string, let uniqueID = ids?["listItemUniqueId"]?.string
        else { throw Ending(.retry(afterSeconds: nil, OutcomeReason(.answerNotUnderstood, status: 200))) }
        return SharePointPage.Image(
            path: path, siteID: siteID, webID: webID, listID: listID, uniqueID: uniqueID,
            description: image.description)
    }

    /// Removes the image that the page no longer shows. The page itself is up to date, and that is what the outcome tells.
    func clear(keeping kind: PublicationImage.Kind?) async {
        do throws(Ending) { try await remove([.png, .jpeg].filter { $0 != kind }) } catch {}
    }

    /// Removes the page's image.
    func removeAll() async throws(Ending) {
        try await remove([.png, .jpeg])
    }

    private func remove(_ kinds: [PublicationImage.Kind]) async throws(Ending) {
        for kind in kinds {
            try await dialogue.carryOut(.init(.delete, path(kind)), accepting: [200, 204], orNothingThere: gone)
        }
    }

    private func path(_ kind: PublicationImage.Kind) -> String {
        "\(site)/drive/root:/\(place.text).\(kind.suffix)"
    }

    /// Identifiers of files: letters, digits and a few marks.
    private static func isPlain(_ id: String) -> Bool {
        (1...200).contains(id.utf8.count)
            && id.utf8.allSatisfy { $0.isSlugByte || $0.isCapital || "!._".utf8.contains($0) } && !id.contains("..")
    }

    /// `https://host/sites/x/a.png` is `/sites/x/a.png` on its own server.
    private static func serverPath(_ address: String) -> String? {
        guard let start = address.firstRange(of: "://")?.upperBound, let slash = address[start...].firstIndex(of: "/")
        else { return nil }
        return String(address[slash...])
    }
}
