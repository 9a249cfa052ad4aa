// SPDX-License-Identifier: EUPL-1.2
public import Values

/// A ready text with which the school tells a family what it does with their data (AVG art. 13 and 14; practice 31).
public struct InformText: Sendable, Hashable {
    /// What the family is told about.
    public enum Occasion: Sendable, Hashable {
        case meldingVeiligThuis
        /// - Parameter indexName: What the region calls its verwijsindex, such as SISA; nil when it has no name of its own.
        case registratieVerwijsindex(indexName: String?)
        /// Another organisation has registered the same child.
        case matchVerwijsindex(indexName: String?)
        /// - Parameters:
        ///   - name: The organisation.
        ///   - data: What was agreed to share, in Dutch words; empty for “what was agreed”.
        case delenMetHulpverlener(name: String, data: [String])

        /// A fixed word, for machines.
        public var code: String {
            switch self {
            case .meldingVeiligThuis: "meldingVeiligThuis"
            case .registratieVerwijsindex: "registratieVerwijsindex"
            case .matchVerwijsindex: "matchVerwijsindex"
            case .delenMetHulpverlener: "delenMetHulpverlener"
            }
        }
    }

    /// Who reads it.
    public enum Audience: String, Sendable, Hashable, CaseIterable { case ouders, leerling }

    /// What every text answers, in this order.
    public enum Topic: String, Sendable, Hashable, CaseIterable {
        case wat, wel, niet, hoelang, inzage, correctie, bezwaar

        /// The heading above the answer.
        public func heading(_ audience: Audience) -> String {
            switch self {
            case .wat: "Wat doet de school?"
            case .wel: "Welke gegevens gaan mee?"
            case .niet: "Wat gaat niet mee?"
            case .hoelang: "Hoe lang blijft het bewaard?"
            case .inzage: audience == .ouders ? "Mag u het zien?" : "Mag je het zien?"
            case .correctie: audience == .ouders ? "Klopt er iets niet volgens u?" : "Klopt er iets niet volgens jou?"
            case .bezwaar: audience == .ouders ? "Bent u het er niet mee eens?" : "Ben je het er niet mee eens?"
            }
        }
    }

    /// One question with its answer.
    public struct Section: Sendable, Hashable {
        public let topic: Topic
        public let heading: String
        public let text: String
    }

    /// For staff, to be read before a text is used (practice 5).
    public static let beforeUse =
        "Gebruik deze tekst nog niet bij acuut gevaar, bij een bijzondere vorm van geweld (eergerelateerd geweld, huwelijksdwang, vrouwelijke genitale verminking, seksueel misbruik) of als informeren het kind of anderen in gevaar kan brengen: informeer het gezin dan nog niet en vraag eerst advies aan Veilig Thuis (0800-2000). Leg vast waarom."

    public let occasion: Occasion
    public let audience: Audience
    public let title: String
    public let sections: [Section]

    /// The text for an occasion and a reader.
    /// - Parameter retention: How long the school keeps its own file, such as “tot twee jaar na het vertrek van school”; nil
    ///   makes the text tell to ask.
    public init(_ occasion: Occasion, for audience: Audience, retention: String? = nil) {
        self.occasion = occasion
        self.audience = audience
        let school = InformWords.school(audience, retention: retention)
        let words =
            switch (occasion, audience) {
            case (.meldingVeiligThuis, .ouders): InformWords.reportForParents(school)
            case (.meldingVeiligThuis, .leerling): InformWords.reportForPupil(school)
            case (.registratieVerwijsindex(let name), .ouders): InformWords.indexForParents(InformWords.index(name))
            case (.registratieVerwijsindex(let name), .leerling): InformWords.indexForPupil(InformWords.index(name))
            case (.matchVerwijsindex(let name), .ouders): InformWords.matchForParents(InformWords.index(name))
            case (.matchVerwijsindex(let name), .leerling): InformWords.matchForPupil(InformWords.index(name))
            case (.delenMetHulpverlener(let name, let data), .ouders):
                InformWords.sharingForParents(name, data, school)
            case (.delenMetHulpverlener(let name, let data), .leerling):
                InformWords.sharingForPupil(name, data, school)
            }
        title = words.title
        sections = Topic.allCases.compactMap { topic in
            words.answers[topic].map { Section(topic: topic, heading: topic.heading(audience), text: $0) }
        }
    }

    /// As a letter without its salutation.
    public var text: String {
        ([title] + sections.map { "\($0.heading)\n\($0.text)" }).joined(separator: "\n\n") + "\n"
    }

    /// For the interface: `aanleiding`, `voor`, `titel`, `onderdelen` and `voorGebruik`.
    public var json: JSONValue {
        [
            "aanleiding": .string(occasion.code), "voor": .string(audience.rawValue), "titel": .string(title),
            "onderdelen": .array(
                sections.map { section in
                    [
                        "onderwerp": .string(section.topic.rawValue), "kop": .string(section.heading),
                        "tekst": .string(section.text),
                    ]
                }), "voorGebruik": .string(Self.beforeUse),
        ]
    }
}
