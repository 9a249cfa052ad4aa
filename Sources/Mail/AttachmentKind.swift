// SPDX-License-Identifier: EUPL-1.2

/// What may be kept of what comes attached. Nothing of it is ever opened here.
public enum AttachmentKind: String, Sendable, Hashable, CaseIterable {
    case pdf
    case docx
    case odt
    case txt
    case png
    case jpeg

    /// The registered media type.
    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .txt: "text/plain"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        }
    }

    /// The kind by the declared type; where that says nothing, by the file name.
    init?(mediaType: String, fileName: String) {
        let declared = mediaType.lowercased()
        if let kind = Self.allCases.first(where: { $0.mediaType == declared }) {
            self = kind
            return
        }
        guard
            declared == "application/octet-stream" || declared == "image/jpg"
                || declared == "application/x-pdf",
            let dot = fileName.lastIndex(of: ".")
        else { return nil }
        let ending = fileName[fileName.index(after: dot)...].lowercased()
        guard let kind = AttachmentKind(rawValue: ending == "jpg" ? "jpeg" : ending) else { return nil }
        self = kind
    }

    /// Whether the bytes begin as those of this kind do: a program that calls itself a letter does not.
    func fits(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .pdf: bytes.starts(with: Array("%PDF-".utf8))
        case .docx, .odt: bytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
        case .png: bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        case .jpeg: bytes.starts(with: [0xFF, 0xD8, 0xFF])
        case .txt: !bytes.contains(0)
        }
    }
}

/// Names that senders give to files.
enum FileName {
    static let longest = 100

    /// Without folders, control characters and characters that turn the direction of writing; the ending survives shortening.
    static func cleaned(_ given: String?) -> String {
        let last = (given ?? "").split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let plain = PlainText.line(last, longest: 1_000).filter { !"\"<>|:*?".contains($0) }
        let name = plain.drop { $0 == "." || $0 == " " }
        guard !name.isEmpty else { return "bijlage" }
        guard name.count > longest else { return String(name) }
        let ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        guard ending.count <= 10 else { return String(name.prefix(longest)) }
        return String(name.prefix(longest - ending.count) + ending)
    }
}
