// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import Disclosures
import Values

/// One file per registration, named by the idempotency key: a second attempt replaces the first.
enum RegistrationFile {
    enum Format: String, Sendable, Hashable, CaseIterable {
        /// For a person: the text of the handover.
        case text
        /// For a program: a heading and one row.
        case csv
    }

    /// Nil when the key is no UUID: it becomes the file's name.
    static func file(for disclosure: Disclosure, _ form: RegistrationForm, _ format: Format) -> DroppedFile? {
        guard UUIDText.isUUID(disclosure.idempotencyKey) else { return nil }
        let name = "meldcode-\(disclosure.idempotencyKey.lowercased())"
        return switch format {
        case .text: DroppedFile(name: "\(name).txt", bytes: text(form.document(disclosure)))
        case .csv: DroppedFile(name: "\(name).csv", bytes: row(disclosure))
        }
    }

    /// UTF-8 with a byte order mark, which Windows programs look for.
    private static func text(_ document: HandoverDocument) -> [UInt8] {
        [0xEF, 0xBB, 0xBF] + Array(DocumentText.text(of: document).utf8)
    }

    /// The heading is the same for every file; what it has no column for stands in the last one, with its name.
    private static func row(_ disclosure: Disclosure) -> [UInt8] {
        var leaves = ContentLeaf.all(of: disclosure.content)
        var row = [disclosure.message.rawValue]
        for column in columns {
            let place = leaves.firstIndex { $0.path == column.path }
            row.append(place.map { leaves.remove(at: $0) }.map { value($0, disclosure.content) } ?? "")
        }
        row.append(leaves.map { "\($0.path)=\($0.text)" }.joined(separator: "; "))
        return CSVWriter.bytes([["bericht"] + columns.map(\.heading) + ["overig"], row])
    }

    /// A date for programs is `JJJJ-MM-DD`; everything else is as people read it.
    private static func value(_ leaf: ContentLeaf, _ content: JSONValue) -> String {
        guard leaf.path == "datum", let date = content["datum"]?.string else { return leaf.text }
        return date
    }

    private static let columns: [(heading: String, path: String)] = [
        ("kenmerk", "meldpoort.kenmerk"), ("onderdeel", "element"), ("stap", "stap"), ("datum", "datum"),
        ("overgeslagen", "overgeslagen"), ("reden", "reden"), ("soort", "soort"), ("velden", "velden"),
        ("toelichting", "toelichting"),
    ]
}
