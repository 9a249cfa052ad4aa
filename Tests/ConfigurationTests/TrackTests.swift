// SPDX-License-Identifier: EUPL-1.2
import BoardConfiguration
import Foundation
import Meldcode
import PrivacyRules
import Testing
import Values

@Suite struct TrackTests {
    /// A track as short as the law allows.
    private static let short = """
        track: so
        title: Speciaal onderwijs
        source: Besluit verplichte meldcode art. 2(2)
        geldig_van: 2019-01-01
        geldig_tot: 2028-07-31
        steps:
          - id: alles
            title: Alles in één stap
            text: Doe alles.
            elements: [inKaartBrengen, collegialeConsultatie, wegen, beslissen]
            who: [aandachtsfunctionaris]
            record: [wat is gedaan]
            afwegingskader: true
            gesprek_na_stap: true
            verwijsindex: true
        """

    /// What `check` says about a site whose track file is this one.
    private func report(_ text: String, more: [String: String] = [:]) throws -> [String] {
        let main = Site.text(of: .main).replacing(
            "policy_file: regels.yaml",
            with: "policy_file: regels.yaml\ntracks: [\((["so.yaml"] + more.keys.sorted()).joined(separator: ", "))]"
        ).replacing("region: noord, track: po", with: "region: noord, track: so")
        let site = try Site([.main: main])
        try site.write("so.yaml", text)
        for (name, text) in more { try site.write(name, text) }
        return site.report()
    }

    private func report(_ old: String, _ new: String) throws -> [String] {
        #expect(Self.short.ranges(of: old).count == 1, "\(old)")
        return try report(Self.short.replacing(old, with: new))
    }

    // MARK: - What ships

    @Test func primaryEducationFollowsTheBasismodel() throws {
        let track = try #require(try TrackLoader.standard().track("po", on: Site.today))
        #expect(track.steps.map(\.elements) == StatutoryElement.allCases.map { [$0] })
        #expect(track.steps.filter(\.hasWeighingFramework).map(\.id) == ["wegen", "beslissen"])
        #expect(track.steps.filter(\.hasIndexAttention).map(\.id) == ["collegiale-consultatie"])
        #expect(!track.steps.contains { $0.hasTalkAfter })
    }

    /// NJi 2016: the verwijsindex in step 2, weighing and decision in steps 3 and 4, a talk after each (practice 32).
    @Test func secondaryEducationFollowsTheNJi() throws {
        let track = try #require(try TrackLoader.standard().track("vo", on: Site.today))
        #expect(
            track.steps.map(\.id) == [
                "signaleren", "collegiale-consultatie", "multidisciplinair-overleg", "uitvoering-acties",
                "volgen-en-nazorg",
            ])
        #expect(
            track.steps.map(\.elements) == [
                [.inKaartBrengen], [.collegialeConsultatie], [.wegen, .beslissen], [.beslissen], [],
            ])
        #expect(track.steps.map(\.hasTalkAfter) == [true, true, true, true, true])
        #expect(track.steps.map(\.hasIndexAttention) == [false, true, false, false, false])
        #expect(track.steps.map(\.hasWeighingFramework) == [false, false, true, true, false])
    }

    @Test(arguments: ["po", "vo"])
    func shippedTracksSayEverything(_ name: String) throws {
        let track = try #require(try TrackLoader.standard().track(name, on: Site.today))
        #expect(track.until == nil)
        #expect(track.source.contains("Besluit verplichte meldcode art. 2(2)"))
        for step in track.steps {
            #expect(!step.roles.isEmpty && step.roles.allSatisfy { Role(rawValue: $0) != nil })
            #expect(step.toRecord.allSatisfy { !$0.hasSuffix(".") })
            #expect(step.text.hasSuffix("."))
            #expect(!step.text.contains("\n"))
            let bare = (step.text + " " + step.title).ranges(of: /[Mm]elding(?! bij Veilig Thuis)\b/)
            #expect(bare.isEmpty, "\(step.text)")
        }
    }

    // MARK: - Loading

    @Test func withoutTheKeyTheShippedOnesApply() throws {
        let loaded = try Site().load().configuration
        #expect(loaded.tracks == (try TrackLoader.standard()))
        #expect(loaded.track(of: loaded.schools[0], on: Site.today)?.name == "po")
        #expect(loaded.track(of: loaded.schools[1], on: Site.today) == nil)
    }

    @Test func aTrackOfOnesOwn() throws {
        #expect(try report(Self.short).isEmpty)
        let site = try Site()
        try site.write("so.yaml", Self.short)
        let track = try TrackLoader.load("\(site.folder)/so.yaml")
        #expect(track.name == "so")
        #expect(track.title == "Speciaal onderwijs")
        #expect(track.until == Sample.lastDay)
        let step = try #require(track.step("alles"))
        #expect(step.hasWeighingFramework && step.hasTalkAfter && step.hasIndexAttention)
        #expect(step.roles == ["aandachtsfunctionaris"])
        #expect(step.toRecord == ["wat is gedaan"])
    }

    private enum Sample {
        static let lastDay = date("2028-07-31")
    }

    // MARK: - What is wrong

    @Test(arguments: [
        (StatutoryElement.inKaartBrengen, "inKaartBrengen, ", ""),
        (.collegialeConsultatie, "collegialeConsultatie, ", ""), (.wegen, "wegen, ", ""),
        (.beslissen, ", beslissen]", "]"), (.gesprek, "    gesprek_na_stap: true\n", ""),
    ])
    func everyStatutoryElementNeedsAPlace(_ element: StatutoryElement, _ old: String, _ new: String) throws {
        #expect(
            try report(old, new) == [
                "so.yaml:7:3: error: Geen stap heeft het onderdeel “\(element.rawValue)” (\(element.article))"
            ])
    }

    @Test func theFrameworkNeedsAPlace() throws {
        #expect(
            try report("    afwegingskader: true\n", "") == [
                "so.yaml:7:3: error: Geen stap heeft het afwegingskader (Stb. 2017, 291)"
            ])
        #expect(
            try report("    verwijsindex: true", "") == [
                "so.yaml:7:3: warning: no step of “so” has attention for the verwijsindex (Besluit verplichte meldcode art. 2(1)). Add verwijsindex: true to the step in which registration is considered."
            ])
    }

    @Test(arguments: [
        (
            "[aandachtsfunctionaris]", "[aandachtfunctionaris]",
            "so.yaml:11:11: error: “aandachtfunctionaris” is no known role. Did you mean “aandachtsfunctionaris”?"
        ),
        (
            "wegen, ", "weging, ",
            "so.yaml:10:55: error: “weging” is no known statutory element. Known are: inKaartBrengen, collegialeConsultatie"
        ),
        ("    record:", "    recod:", "so.yaml:12:5: error: unknown key “recod”. Did you mean “record”?"),
        ("[wat is gedaan]", "[]", "so.yaml:12:13: error: Deze stap zegt niet wat wordt vastgelegd"),
        ("geldig_van: 2019-01-01", "geldig_van: 2019-02-30", "so.yaml:4:13: error: expected an existing date"),
        (
            "geldig_van: 2019-01-01", "geldig_van: 2029-01-01",
            "so.yaml:5:13: error: Dit spoor eindigt voordat het begint"
        ),
        ("source: Besluit verplichte meldcode art. 2(2)\n", "", "so.yaml:1:1: error: the key “source” is missing here"),
    ])
    func slipsHaveTheirPlace(_ old: String, _ new: String, _ expected: String) throws {
        let report = try report(old, new)
        #expect(report.contains { $0.hasPrefix(expected) }, "\(report)")
        // A key that is misspelt is missing too; everything else is told once.
        #expect(report.count == (new.contains("recod") ? 2 : 1), "\(report)")
    }

    @Test func aStepTwice() throws {
        let step = try #require(Self.short.firstRange(of: "  - id"))
        let twice = Self.short + "\n" + Self.short[step.lowerBound...]
        #expect(try report(twice) == ["so.yaml:16:9: error: De stap “alles” staat er al"])
    }

    @Test func aSchoolNamesATrackThatIsThere() throws {
        let main = Site.text(of: .main)
        #expect(
            try Site([.main: main.replacing("track: po", with: "track: pp")]).report() == [
                "meldpoort.yaml:11:55: error: there is no track “pp”. Did you mean “po”?"
            ])
        #expect(
            try report("geldig_tot: 2028-07-31", "geldig_tot: 2026-07-31") == [
                "meldpoort.yaml:11:55: warning: the track “so” does not hold today. See geldig_van and geldig_tot in the files under tracks:."
            ])
    }

    @Test func tracksOfOneNameFollowOnEachOther() throws {
        func later(_ from: String) -> [String: String] {
            let text = Self.short.replacing("2019-01-01", with: from).replacing("geldig_tot: 2028-07-31\n", with: "")
            return ["so2.yaml": text]
        }
        #expect(try report(Self.short, more: later("2028-08-01")).isEmpty)
        #expect(
            try report(Self.short, more: later("2028-07-31")) == [
                "so2.yaml:4:13: error: Vanaf 31-07-2028 gelden er twee sporen “so” tegelijk. Give the earlier one geldig_tot: the day before."
            ])
        #expect(
            try report(Self.short, more: later("2028-09-01")) == [
                "so2.yaml:4:13: warning: Na 31-07-2028 geldt er tot 01-09-2028 geen spoor “so”"
            ])
    }

    @Test func aMissingFileIsSaidOnceAndBlamesNoSchool() throws {
        let main = Site.text(of: .main).replacing(
            "policy_file: regels.yaml", with: "policy_file: regels.yaml\ntracks: [weg.yaml]")
        let report = try Site([.main: main]).report()
        #expect(report.count == 1)
        #expect(report.first?.contains("error: there is no file") == true)
    }
}
