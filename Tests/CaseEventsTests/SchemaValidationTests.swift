// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Testing
import Values

@Suite struct SchemaValidationTests {
    @Test(arguments: EventType.allCases)
    func whatTheSchemaDescribesFits(_ type: EventType) throws {
        for fill in [EventGenerator.Fill.requiredOnly, .everything, .random] {
            for texts in [EventGenerator.Texts.anything, .canaries] {
                var generator = EventGenerator(seed: 11, fill: fill, texts: texts)
                for _ in 0..<(fill == .random ? 60 : 3) {
                    let data = generator.data(type)
                    let problems = type.schema.problems(in: data)
                    #expect(problems.isEmpty, "\(problems) in \(data.canonicalString)")
                    #expect(try generator.event(type, data: data).data == data)
                }
            }
        }
    }

    @Test(arguments: EventType.allCases)
    func oneMistakeGivesItsOneProblem(_ type: EventType) {
        var generator = EventGenerator(seed: 12, fill: .everything, texts: .canaries)
        let mutations = Mutation.all(of: generator.data(type), type)
        #expect(mutations.count > 40)
        for mutation in mutations {
            let found = type.schema.problems(in: mutation.data).map { "\($0.code) \($0.place)" }
            #expect(
                found == ["\(mutation.code) \(mutation.place)"],
                "\(mutation.name) at \(mutation.place): \(mutation.data.canonicalString.suffix(200))")
        }
    }

    @Test func allMistakesAreToldAtOnce() {
        let type = EventType.veiligThuisMeldingBesloten
        var generator = EventGenerator(seed: 13, fill: .everything)
        let data = generator.data(type).with("/leerling/geboortedatum", "2010-02-30").with("/extra", 1)
            .with("/betrokkenen/1/rol", "tante").without("/zaak").with("/acuutGevaar", "ja")
        let found = type.schema.problems(in: data, root: "/3/data").map { "\($0.code) \($0.place)" }
        #expect(
            Set(found) == [
                "veldOntbreekt /3/data/zaak", "ongeldigeDatum /3/data/leerling/geboortedatum",
                "ongeldigeWaarde /3/data/betrokkenen/1/rol", "verkeerdType /3/data/acuutGevaar",
                "onbekendVeld /3/data/extra",
            ])
    }

    /// A text may fill its room exactly, and may hold line breaks where it is no line.
    @Test func limitsAreInclusive() {
        let type = EventType.zorgGesignaleerd
        var generator = EventGenerator(seed: 14, fill: .everything)
        let data = generator.data(type)
        for text in ["x", String(repeating: "é", count: 8_000), "eerste\nregel\r\ntweede\tregel", " x "] {
            #expect(type.schema.problems(in: data.with("/signaal", .string(text))).isEmpty)
        }
        for text in [String(repeating: "🧒", count: 200), "👨‍👩‍👧", "O’Voorbeeld-Achternaam"] {
            #expect(type.schema.problems(in: data.with("/leerling/achternaam", .string(text))).isEmpty)
        }
    }

    /// A letter with a thousand accents is one character to Swift; it must not pass for a short text.
    @Test func aTextCannotHideItsLengthInAccents() {
        let type = EventType.zorgGesignaleerd
        var generator = EventGenerator(seed: 15, fill: .everything)
        let tower = "e" + String(repeating: "\u{301}", count: 2_000)
        let problems = type.schema.problems(in: generator.data(type).with("/leerling/achternaam", .string(tower)))
        #expect(problems.map(\.code) == [.teLang])
    }

    /// Practice 14: there is no field in which anybody could be named.
    @Test func adviceIsAnonymousByType() {
        for (path, field) in EventType.adviesGevraagd.schema.leaves {
            switch field.shape {
            case .line, .text, .date, .bsn, .integer, .timestamp, .person: Issue.record("\(path) could name somebody")
            default: break
            }
        }
    }

    @Test func onlyWhatPracticeDemandsIsRequiredOfAReport() {
        var generator = EventGenerator(seed: 16, fill: .requiredOnly)
        let data = generator.data(.veiligThuisMeldingBesloten)
        #expect(data.object.map { Set($0.keys) } == ["zaak", "school", "leerling", "inzageBetrokkenen"])
        #expect(data["leerling"] == [:])
        #expect(data["inzageBetrokkenen"] == [:])
    }

    @Test func namesAreDutchCamelCaseAndTypesFollowTheProfile() {
        for type in EventType.allCases {
            let parts = type.rawValue.split(separator: ".")
            #expect(parts.count == 4 && parts.prefix(2) == ["nl", "meldcode"] && parts[3] == "v1")
            #expect(type.shortName == parts[2])
            #expect(type.schema.type == type)
            let paths = type.schema.leaves.map(\.path.text)
            #expect(Set(paths).count == paths.count)
            for path in paths {
                for name in path.split(separator: ".") {
                    let name = name.hasSuffix("[]") ? name.dropLast(2) : name
                    #expect(name.allSatisfy { $0.isASCII && $0.isLetter } && name.first?.isLowercase == true)
                }
            }
            #expect(type.schema.leaves.allSatisfy { [".", "?"].contains($0.field.summary.last) })
        }
    }
}
