// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// The images of one page in WordPress' media library.
///
/// WordPress cannot replace a file, so an image's slug holds the digest of its bytes: the same image is uploaded once, another one
/// stands beside it until the page shows it, and then the old one goes.
struct WordPressMedia: Sendable {
    private static let fields = "_fields=id,slug"

    let rest: RESTPath
    let dialogue: Dialogue
    let place: PageName

    /// Sees to it that the image is there, with its description; its number, or nil without an image.
    func put(_ image: PublicationImage?) async throws(Ending) -> Int? {
        guard let image else { return nil }
        let slug = "\(place.text)-\(ContentDigest.short(image.bytes))"
        let query = "slug=\(slug)&context=edit&per_page=100&\(Self.fields)"
        let found = try await numbers(query) { $0 == slug }
        let number: Int
        if let first = found.first { number = first } else { number = try await upload(image, as: slug) }
        // Without a caption WordPress shows the one that the file brought along.
        let words: JSONValue = [
            "alt_text": .string(SafeHTML.escaped(image.description)), "caption": "", "description": "",
        ]
        try await dialogue.carryOut(
            .init(.post, rest("/media/\(number)", Self.fields), json: words), accepting: [200])
        return number
    }

    /// Removes the images that the page no longer shows. What WordPress keeps all the same goes with the next version, or with the
    /// page: the page itself is up to date, and that is what the outcome tells.
    func clear(keeping image: Int?) async {
        do throws(Ending) { try await remove { $0 != image } } catch {}
    }

    /// Removes the page's images.
    func removeAll() async throws(Ending) {
        try await remove { _ in true }
    }

    private func upload(_ image: PublicationImage, as slug: String) async throws(Ending) -> Int {
        let name = "\(slug).\(image.kind.suffix)"
        let upload = Dialogue.Change(
            .post, rest("/media", "slug=\(slug)&title=\(slug)&\(Self.fields)"),
            headers: [
                .init("Content-Type", image.kind.rawValue),
                .init("Content-Disposition", "attachment; filename=\"\(name)\""),
            ], body: image.bytes)
        let (number, given) = try await dialogue.tell(upload, accepting: [201]) { answer -> (Int, String)? in
            guard let number = answer["id"]?.integer, number > 0, let slug = answer["slug"]?.string else { return nil }
            return (number, slug)
        }
        guard given == slug else {
            try await delete(number)
            throw .rejected(.refusedByCounterpart, 201)
        }
        return number
    }

    private func remove(where isOld: (Int) -> Bool) async throws(Ending) {
        let query = "search=\(place.text)&context=edit&per_page=100&\(Self.fields)"
        for number in try await numbers(query, where: isOfThisPage).filter(isOld) { try await delete(number) }
    }

    private func delete(_ number: Int) async throws(Ending) {
        try await dialogue.carryOut(
            .init(.delete, rest("/media/\(number)", "force=true")), accepting: [200], orNothingThere: Post.gone)
    }

    private func numbers(_ query: String, where fits: (String) -> Bool) async throws(Ending) -> [Int] {
        try await dialogue.list(rest("/media", query)).filter { fits($0["slug"]?.string ?? "") }.compactMap {
            $0["id"]?.integer
        }
    }

    /// The page's name, a dash, and 16 hexadecimal digits.
    private func isOfThisPage(_ slug: String) -> Bool {
        guard slug.hasPrefix("\(place.text)-") else { return false }
        let digest = slug.dropFirst(place.text.count + 1)
        return digest.count == 16 && digest.allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }
}
