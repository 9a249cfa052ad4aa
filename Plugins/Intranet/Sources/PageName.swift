// SPDX-License-Identifier: EUPL-1.2
import AdapterKit

/// The name under which a page is kept and found: `meldpoort-` and the publication's reference.
///
/// WordPress and SharePoint know no difference between `A` and `a`, and rewrite dots and double dashes. A reference that is more than
/// small letters, digits and single dashes therefore gets its digest behind it, so that two references never share a name.
struct PageName: Sendable, Hashable {
    let text: String

    init(_ reference: String) {
        let words = reference.lowercased().split { !Self.isPlain($0) }
        let plain = words.joined(separator: "-")
        let digest = ContentDigest.short(Array(reference.utf8))
        text = "meldpoort-" + (plain == reference ? plain : plain.isEmpty ? digest : "\(plain)_\(digest)")
    }

    private static func isPlain(_ character: Character) -> Bool {
        ("a"..."z").contains(character) || ("0"..."9").contains(character)
    }
}
