// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import PrivacyRules
import Testing
import Values

/// Practice 10 and Jeugdwet 7.1: never by itself, never without agreement, never for adults of 23 and older.
@Suite struct VerwijsindexTests {
    private static let told: JSONValue = [
        "geinformeerd": true, "datum": "2026-01-01", "wie": ["leerling", "vertegenwoordiger"],
    ]
    private let policy: Policy

    init() throws {
        policy = try SamplePolicy.make()
    }

    private func registration(born: String = "2012-06-15") throws -> CaseEvent {
        try event(.verwijsindexregistratieGevraagd, born: born)
    }

    private func event(_ type: EventType, born: String) throws -> CaseEvent {
        var generator = EventGenerator(seed: 81, fill: .everything, texts: .canaries)
        var data = generator.data(type).with("/leerling/geboortedatum", .string(born))
        if type == .verwijsindexregistratieGevraagd {
            data = data.with("/alleenLeerprobleem", false).with("/risicos", ["a"])
                .with("/afsprakenMetBetrokkenen", Self.told)
        }
        return try generator.event(type, data: data)
    }

    /// Whoever submitted and whoever confirmed: only a meldingsbevoegde who is one today makes it go.
    @Test func onlyAMeldingsbevoegdeOfTodayMakesItGo() throws {
        let event = try registration()
        var random = SplitMix64(seed: 82)
        var permits = 0
        for _ in 0..<4_000 {
            var sample = SampleInput.inOrder(event)
            let roles = Set(random.subset(Role.allCases))
            if Bool.random(using: &random) {
                sample.submitter = SampleInput.person("mw-indiener", Set(random.subset(Role.allCases)))
            }
            let role = random.oneIn(3) ? Role.meldingsbevoegde : random.pick(Role.allCases)
            if Bool.random(using: &random) {
                sample.confirmation = GivenConfirmation(person: SampleInput.person("mw-ander", roles), role: role)
            }
            let judgement = policy.judge(sample.input)
            let mayGo =
                sample.confirmation != nil && role == .meldingsbevoegde && roles.contains(.meldingsbevoegde)
            #expect((judgement.permit != nil) == mayGo)
            #expect((judgement.waitsFor == [.meldingsbevoegde]) == (sample.confirmation == nil))
            if sample.confirmation != nil, !mayGo {
                #expect(judgement.refusals.map(\.code) == [.bevestigerNietBevoegd])
            }
            permits += mayGo ? 1 : 0
        }
        #expect(permits > 100)
    }

    /// Even submitting it as a meldingsbevoegde is no confirmation.
    @Test func submittingIsNeverConfirming() throws {
        var sample = SampleInput.inOrder(try registration())
        sample.submitter = SampleInput.person("mw-indiener", Set(Role.allCases))
        #expect(policy.judge(sample.input).waitsFor == [.meldingsbevoegde])
    }

    @Test(arguments: [
        // Born, 23 on.
        ("2003-11-22", "2026-11-22"), ("2004-02-29", "2027-03-01"), ("2005-02-28", "2028-02-28"),
        ("2005-03-01", "2028-03-01"), ("2000-12-31", "2023-12-31"), ("2001-01-01", "2024-01-01"),
    ])
    func upToTheDayBeforeTheTwentyThirdBirthday(_ born: String, _ birthday: String) throws {
        let turning = try #require(CalendarDate(birthday))
        let event = try registration(born: born)
        for (days, isYoung) in [(-366, true), (-1, true), (0, false), (1, false), (365, false)] {
            var sample = SampleInput.inOrder(event)
            sample.today = turning.adding(days: days)
            sample.agreements = Agreements(convenant: sample.agreements.convenant, reviewDate: sample.today)
            sample.confirmation = SampleInput.confirmation(.meldingsbevoegde)
            let judgement = policy.judge(sample.input)
            #expect((judgement.permit != nil) == isYoung, "\(days) days from the birthday")
            #expect(judgement.refusals.map(\.code) == (isYoung ? [] : [.drieentwintigOfOuder]))
        }
    }

    @Test func aBirthDateToComeIsRefused() throws {
        var sample = SampleInput.inOrder(try registration(born: SampleInput.day.adding(days: 1).description))
        sample.confirmation = SampleInput.confirmation(.meldingsbevoegde)
        #expect(policy.judge(sample.input).refusals.map(\.code) == [.leeftijdOnbekend])
        sample = SampleInput.inOrder(try registration(born: SampleInput.day.description))
        sample.confirmation = SampleInput.confirmation(.meldingsbevoegde)
        #expect(policy.judge(sample.input).permit != nil)
    }

    @Test func theReviewDateIsTheLastDay() throws {
        let event = try registration()
        for (days, code) in [(0, nil), (1, nil), (-1, Refusal.Code.herzieningsdatumVoorbij)] {
            var sample = SampleInput.inOrder(event)
            sample.confirmation = SampleInput.confirmation(.meldingsbevoegde)
            sample.agreements = Agreements(
                convenant: sample.agreements.convenant, reviewDate: sample.today.adding(days: days))
            #expect(policy.judge(sample.input).refusals.first?.code == code)
        }
    }

    /// Each thing that is missing is named, all at once, before and after a confirmation.
    @Test func everythingMissingIsNamed() throws {
        let event = try registration()
        for isConfirmed in [false, true] {
            for bits in 0..<16 {
                let sound = SampleInput.inOrder(event)
                var sample = sound
                sample.confirmation = isConfirmed ? SampleInput.confirmation(.meldingsbevoegde) : nil
                sample.schoolHasMeldingsbevoegde = bits & 1 == 0
                sample.agreements = Agreements(
                    convenant: bits & 2 == 0 ? sound.agreements.convenant : nil,
                    reviewDate: bits & 4 == 0 ? sound.agreements.reviewDate : nil,
                    validUntil: bits & 8 == 0 ? nil : sample.today.adding(days: -1))
                var expected: Set<Refusal.Code> = []
                if bits & 1 != 0 { expected.insert(.geenMeldingsbevoegde) }
                if bits & 2 != 0 { expected.insert(.geenConvenant) }
                if bits & 4 != 0 { expected.insert(.geenHerzieningsdatum) }
                if bits & 8 != 0 { expected.insert(.ontvangerAfgesloten) }
                let judgement = policy.judge(sample.input)
                #expect(Set(judgement.refusals.map(\.code)) == expected)
                #expect((judgement.permit != nil) == (expected.isEmpty && isConfirmed))
            }
        }
    }

    /// Taking away is always possible, also when the ground to register is gone and the youth is grown up.
    @Test func withdrawalNeedsNoMoreThanAMeldingsbevoegde() throws {
        let event = try event(.verwijsindexintrekkingGevraagd, born: "1990-01-01")
        for reviewDate in [nil, SampleInput.day.adding(days: -1_000)] {
            var sample = SampleInput(event, to: .verwijsindex)
            sample.schoolHasMeldingsbevoegde = true
            sample.agreements = Agreements(convenant: nil, reviewDate: reviewDate)
            #expect(policy.judge(sample.input).waitsFor == [.meldingsbevoegde])
            sample.confirmation = SampleInput.confirmation(.meldingsbevoegde)
            let judgement = policy.judge(sample.input)
            #expect(judgement.permit?.disclosure.message == .verwijsindexIntrekking)
            #expect(judgement.goes.map(\.text).contains("reden"))
        }
    }

    /// The risks are a test beforehand: neither they nor any free text leave.
    @Test func noContentLeaves() throws {
        var sample = SampleInput.inOrder(try registration())
        sample.confirmation = SampleInput.confirmation(.meldingsbevoegde)
        let permit = try #require(policy.judge(sample.input).permit)
        #expect(permit.disclosure.content["risicos"] == nil)
        #expect(permit.disclosure.content["onderbouwing"] == nil)
        #expect(permit.disclosure.content["zaak"] == nil)
        #expect(permit.disclosure.content["leerling"]?["voornamen"] == nil)
        #expect(
            permit.disclosure.content["meldpoort"]?["meldingsbevoegde"]?["naam"]
                == .string("Medewerker mw-bevestiger"))
    }
}
