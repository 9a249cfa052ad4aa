// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import PrivacyRules
import Testing
import Values

/// What holds for every event, recipient, person, agreement and day.
@Suite struct JudgementPropertyTests {
    private let policy: Policy

    init() throws {
        policy = try SamplePolicy.make()
    }

    /// Runs a check over generated events of every type to every kind of recipient.
    private func forAll(
        seed: UInt64, rounds: Int, fill: EventGenerator.Fill = .random, texts: EventGenerator.Texts = .canaries,
        _ check: (SampleInput, Judgement) -> Void
    ) throws {
        var generator = EventGenerator(seed: seed, fill: fill, texts: texts)
        for _ in 0..<rounds {
            for type in EventType.allCases {
                let event = try generator.event(type)
                for kind in RecipientKind.allCases {
                    let sample = SampleInput.anything(event, to: kind, using: &generator.random)
                    check(sample, policy.judge(sample.input))
                }
            }
        }
    }

    @Test func noConsentFreePermitOutsideTheFive() throws {
        var permits = 0
        try forAll(seed: 61, rounds: 16) { sample, judgement in
            guard let permit = judgement.permit else { return }
            permits += 1
            #expect(permit.rule.ground.basis != .toestemming || judgement.situation.consent == .gegeven)
            #expect(!permit.rule.ground.article.isEmpty)
            #expect(
                sample.recipient.kind.scope == .intern || permit.rule.ground.basis == .toestemming
                    || RecipientKind.consentFreeExternal.contains(sample.recipient.kind))
            #expect(Purpose.allowed(for: sample.recipient.kind).contains(permit.rule.purpose))
            #expect(permit.disclosure.recipient == sample.recipient)
            #expect(permit.disclosure.idempotencyKey == SampleInput.key)
            #expect(permit.disclosure.reference == SampleInput.reference)
        }
        #expect(permits > 20)
    }

    /// The copy holds the allowed fields, each as it was, and nothing else.
    @Test func contentIsTheAllowedFieldsAndNothingElse() throws {
        for texts in [EventGenerator.Texts.canaries, .anything] {
            try forAll(seed: 62, rounds: 6, texts: texts) { sample, judgement in
                guard let permit = judgement.permit else { return }
                let content = permit.disclosure.content.withOriginInPlace
                let allowed = Set(permit.rule.fields)
                let goes = Set(judgement.goes)
                #expect(goes.isSubset(of: allowed))
                #expect(judgement.goes == Set(content.leaves.map(\.path)).sorted())
                for path in allowed {
                    let copied = content.leaves.filter { $0.path == path }.map(\.value)
                    #expect(copied == (goes.contains(path) ? expected(path, sample, permit) : []), "\(path)")
                }
            }
        }
    }

    /// What the source holds at a path, with burgerservicenummers in free text masked.
    private func expected(_ path: FieldPath, _ sample: SampleInput, _ permit: Permit) -> [JSONValue] {
        let person = sample.confirmation?.person
        switch path.text {
        case "meldpoort.kenmerk": return [.string(SampleInput.reference)]
        case "meldpoort.school.brin": return [.string(sample.event.school.description)]
        case "meldpoort.school.naam": return [.string(SampleInput.schoolName)]
        case "meldpoort.meldingsbevoegde.naam": return [person?.name].compactMap { $0.map(JSONValue.string) }
        case "meldpoort.meldingsbevoegde.functie": return [person?.function].compactMap { $0.map(JSONValue.string) }
        case "meldpoort.meldingsbevoegde.telefoon": return [person?.phone].compactMap { $0.map(JSONValue.string) }
        case "meldpoort.meldingsbevoegde.email": return [person?.email].compactMap { $0.map(JSONValue.string) }
        default:
            let isText = permit.rule.eventType.schema.leaves.contains { leaf in
                if case .text = leaf.field.shape { leaf.path == path } else { false }
            }
            return sample.event.data.leaves.filter { $0.path == path }.map { leaf in
                isText ? leaf.value.string.map { .string(BSN.masked(in: $0).text) } ?? leaf.value : leaf.value
            }
        }
    }

    @Test func whatIsNotAllowedIsNowhereInTheBytes() throws {
        var looked = 0
        try forAll(seed: 63, rounds: 5, fill: .everything) { sample, judgement in
            guard let permit = judgement.permit else { return }
            let bytes = permit.disclosure.content.canonicalBytes
            let allowed = Set(judgement.goes)
            for leaf in sample.event.data.leaves where leaf.isCanary {
                guard let text = leaf.value.string else { continue }
                looked += 1
                #expect(bytes.holds(text) == allowed.contains(leaf.path), "\(leaf.path)")
            }
        }
        #expect(looked > 200)
    }

    @Test func whatStaysAndWhatGoesIsTheWholeEvent() throws {
        try forAll(seed: 64, rounds: 5) { sample, judgement in
            let all = Set(sample.event.data.leaves.map(\.path))
            let stays = judgement.stays(of: sample.event)
            #expect(stays == stays.sorted())
            #expect(Set(stays).isDisjoint(with: judgement.goes))
            #expect(Set(stays).union(judgement.goes.filter { !$0.text.hasPrefix("meldpoort.") }) == all)
        }
    }

    @Test func noBSNGoesOutward() throws {
        var generator = EventGenerator(seed: 65, fill: .everything)
        for _ in 0..<6 {
            let bsn = generator.bsn()
            for type in EventType.allCases {
                var data = generator.data(type)
                if data["leerling"]?.object != nil { data = data.with("/leerling/bsn", .string(bsn)) }
                for (path, field) in type.schema.leaves {
                    guard case .text = field.shape, !path.text.contains("[]") else { continue }
                    let pointer = "/" + path.text.split(separator: ".").joined(separator: "/")
                    let spaced = "\(bsn.prefix(4)) \(bsn.dropFirst(4).prefix(2)) \(bsn.suffix(3))"
                    data = data.with(pointer, .string("nummer \(bsn), of \(spaced)."))
                }
                let event = try generator.event(type, data: data)
                for kind in RecipientKind.allCases where kind.scope == .extern {
                    var sample = SampleInput.inOrder(try young(event), to: kind)
                    sample.submitter = SampleInput.person("mw-indiener", Set(Role.allCases))
                    sample.confirmation = kind == .verwijsindex ? SampleInput.confirmation(.meldingsbevoegde) : nil
                    guard let permit = policy.judge(sample.input).permit else { continue }
                    let text = permit.disclosure.content.canonicalString
                    #expect(!text.contains(bsn))
                    #expect(BSN.masked(in: text).found == 0)
                }
            }
        }
    }

    @Test func sameInputSameAnswer() throws {
        let again = try SamplePolicy.make()
        try forAll(seed: 66, rounds: 4) { sample, judgement in
            let other = again.judge(sample.input)
            #expect(judgement.refusals == other.refusals)
            #expect(judgement.waitsFor == other.waitsFor)
            #expect(judgement.goes == other.goes)
            #expect(judgement.shortfalls == other.shortfalls)
            #expect(judgement.policyVersion == "proef-1")
            #expect(judgement.permit?.disclosure == other.permit?.disclosure)
            #expect(
                judgement.permit?.disclosure.content.canonicalBytes == other.permit?.disclosure.content.canonicalBytes)
            #expect(judgement.permit?.persons == other.permit?.persons)
            #expect(judgement.permit?.otherFields == other.permit?.otherFields)
            #expect(judgement.permit?.confirmedAs == other.permit?.confirmedAs)
        }
    }

    @Test func whatNoRuleNamesIsRefusedWithAnArticle() throws {
        var pairs = 0
        try forAll(seed: 67, rounds: 2) { sample, judgement in
            let hasRule = policy.rule(for: sample.event.type, to: sample.recipient.kind) != nil
            guard !hasRule else { return }
            pairs += 1
            #expect(judgement.refusals.map(\.code) == [.geenRegel])
            #expect(judgement.goes.isEmpty)
            #expect(judgement.rule == nil)
        }
        #expect(pairs == 2 * (EventType.allCases.count * RecipientKind.allCases.count - SamplePolicy.rules.count))
    }

    /// Every answer says why, for a person.
    @Test func everyRefusalHasAnArticleAndAText() throws {
        try forAll(seed: 68, rounds: 5) { _, judgement in
            if case .refused(let refusals) = judgement.verdict {
                #expect(!refusals.isEmpty)
                #expect(judgement.goes.isEmpty)
            }
            for refusal in judgement.refusals {
                #expect(!refusal.article.isEmpty)
                #expect(refusal.text.hasSuffix(".") && refusal.text.count > 20)
            }
            if case .waiting(let waiting) = judgement.verdict {
                #expect(!waiting.reasons.isEmpty)
                #expect(waiting.reasons.allSatisfy { $0.text.hasSuffix(".") && !$0.article.isEmpty })
                #expect(!waiting.roles.isEmpty || !waiting.reasons.contains { $0.hold == .bevestiging })
            }
        }
        for shortfall in Shortfall.allCases {
            #expect(!shortfall.article.isEmpty)
            #expect(shortfall.text.hasSuffix("."))
        }
    }

    /// Nothing goes on consent that nobody recorded, whoever confirms.
    @Test func consentIsNeverAssumed() throws {
        try forAll(seed: 69, rounds: 5) { sample, judgement in
            guard sample.recipient.kind == .hulpverlener, sample.facts.consents.isEmpty else { return }
            #expect(judgement.permit == nil)
            #expect(judgement.situation.consent == .geen && judgement.situation.covered.isEmpty)
        }
    }

    /// After the last day nothing goes to a recipient, on it everything still does.
    @Test func aClosedRecipientGetsNothing() throws {
        var generator = EventGenerator(seed: 70, fill: .everything, texts: .canaries)
        for kind in SamplePolicy.reported {
            var sample = SampleInput(try generator.event(.veiligThuisMeldingBesloten), to: kind)
            sample.submitter = SampleInput.person("mw-indiener", [.directie])
            sample.agreements = Agreements(validUntil: sample.today)
            #expect(policy.judge(sample.input).permit != nil)
            sample.agreements = Agreements(validUntil: sample.today.adding(days: -1))
            #expect(policy.judge(sample.input).refusals.map(\.code) == [.ontvangerAfgesloten])
        }
    }

    /// The same event about somebody who is sixteen, where the type says when the pupil was born.
    private func young(_ event: CaseEvent) throws -> CaseEvent {
        guard event.data["leerling"]?["geboortedatum"] != nil else { return event }
        let birthDate = SampleInput.day.adding(years: -16).description
        return try CaseEvent(
            id: event.id, source: event.source, type: event.type,
            data: event.data.with("/leerling/geboortedatum", .string(birthDate)))
    }
}
