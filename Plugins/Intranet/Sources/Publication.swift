// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Disclosures
import Values

/// What a disclosure asks for.
enum Order {
    case publish(Publication)
    case withdraw(reference: String)

    var reference: String {
        switch self {
        case .publish(let publication): publication.reference
        case .withdraw(let reference): reference
        }
    }

    /// Nil when the message is of another kind, or cannot be shown: no reference, no title, no text, an image that is none.
    init?(_ disclosure: Disclosure) {
        guard let reference = disclosure.content["publicatie"]?.string, !reference.isEmpty else { return nil }
        switch disclosure.message {
        case .publicatie:
            guard let publication = Publication(reference, disclosure.content) else { return nil }
            self = .publish(publication)
        case .publicatieIntrekking: self = .withdraw(reference: reference)
        default: return nil
        }
    }
}

/// One page.
struct Publication: Sendable {
    let reference: String
    let title: String
    /// For overviews.
    let summary: String?
    /// Its highest heading has level 2: the title is level 1 on every target.
    let body: SafeHTML
    /// In Dutch.
    let topic: String?
    let school: String?
    let image: PublicationImage?

    init?(_ reference: String, _ content: JSONValue) {
        guard let title = content["titel"]?.string, let markdown = content["tekst"]?.string,
            let body = try? Markdown.html(markdown)
        else { return nil }
        self.reference = reference
        self.title = title
        self.body = body
        summary = content["samenvatting"]?.string
        topic = content["onderwerp"]?.string.flatMap { Self.topics[$0] }
        school = content["meldpoort"]?["school"]?["naam"]?.string
        if let picture = content["afbeelding"], picture != .null {
            guard let image = PublicationImage(picture) else { return nil }
            self.image = image
        } else {
            image = nil
        }
    }

    /// `Onderwerp: Privacy. Van: School Voorbeeld.`, in HTML; nothing when neither is known.
    var origin: String? {
        let parts = [topic.map { "Onderwerp: \($0)." }, school.map { "Van: \($0)." }].compactMap(\.self)
        return parts.isEmpty ? nil : SafeHTML.escaped(parts.joined(separator: " "))
    }

    private static let topics = [
        "signaleren": "Signaleren", "inGesprek": "In gesprek", "stappenMeldcode": "Stappen van de meldcode",
        "contactpersonen": "Contactpersonen", "privacy": "Privacy", "socialeKaart": "Sociale kaart",
        "scholing": "Scholing", "cijfers": "Cijfers",
    ]
}

/// The image above a page. The name that the file had stays here: it may tell more than the image.
struct PublicationImage: Sendable {
    enum Kind: String {
        case png = "image/png"
        case jpeg = "image/jpeg"

        var suffix: String { self == .png ? "png" : "jpg" }

        /// What every file of the kind begins with.
        var beginning: [UInt8] {
            self == .png ? [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] : [0xFF, 0xD8, 0xFF]
        }
    }

    let kind: Kind
    let bytes: [UInt8]
    /// What there is to see, for who cannot see it.
    let description: String

    /// Nil when the bytes are not what they are said to be.
    init?(_ picture: JSONValue) {
        guard let kind = picture["soort"]?.string.flatMap(Kind.init(rawValue:)),
            let bytes = picture["inhoud"]?.string.flatMap(Base64Text.bytes),
            bytes.starts(with: kind.beginning), let description = picture["beschrijving"]?.string
        else { return nil }
        self.kind = kind
        self.bytes = bytes
        self.description = description
    }
}
