// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// Practice 28: running cases are taken in from a file, all of it or nothing, and as often as one likes.
@Suite(.timeLimit(.minutes(10))) struct ImportTests {
    private static let heading =
        "soort;school;zaak;ontvanger;datum;tijd;kenmerk;leerlingnummer;achternaam;geboortedatum;geslacht;gesproken_met"

    private static func file(_ rows: [String], heading: String = heading) -> String {
        ([heading] + rows).joined(separator: "\r\n") + "\r\n"
    }

    private static let report =
        "melding;01AB;zaak-1;veilig-thuis-telefoon;2026-10-12;10:30;VT-7;810001;Voorbeeld-Achternaam;2016-05-04;vrouw;Medewerker Voorbeeld"
    private static let registration =
        "registratie;01AB;zaak-2;verwijsindex;1-9-2026;;S-1;810002;Voorbeeld-Achternaam;29-2-2012;onbekend;"
    private static let shared = "verstrekking;01AB;zaak-1;hulp;2026-10-14;09:05:00;;810001;;;;"

    private static func options() -> BoardOptions {
        var options = BoardOptions()
        options.hasPartners = true
        return options
    }

    @Test func clocksRunFromTheTrueDateAndNothingIsSent() async throws {
        try await RunningSite.with(Self.options()) { site in
            let answer = try await site.bringIn([Self.report, Self.registration, Self.shared])
            #expect(answer.status == 0, "\(answer.errors)")
            #expect(answer.output.contains("Ingevoerd: 3. Al bekend: 0. Geweigerd: 0."))
            #expect(answer.output.contains("over de afgesproken of gebruikelijke dag"))
            let owed = try await site.all("verplichtingen")
            func item(_ kind: String) -> JSONValue? { owed.first { $0["soort"]?.string == kind } }
            // Five working days after Monday 12 October; two years after 1 September; fifteen working days after 14 October.
            #expect(item("terugkoppelingBesluit")?["uiterlijk"]?.string == "2026-10-19")
            #expect(item("verwijsindexGeldigheid")?["uiterlijk"]?.string == "2028-09-01")
            #expect(item("terugkoppelingPartner")?["uiterlijk"]?.string == "2026-11-04")
            let entries = try await site.entries()
            #expect(entries.map(\.kind) == Array(repeating: "achterafVastgelegd", count: 3))
            let moments = Set(entries.compactMap { $0.json["verstrektOp"]?.string.flatMap { Timestamp($0) } })
            let expected = ["2026-10-12T08:30:00Z", "2026-08-31T22:00:00Z", "2026-10-14T07:05:00Z"]
            #expect(moments == Set(expected.compactMap { Timestamp($0) }))
            #expect(try await site.deliveries().allSatisfy { $0.state == "verstrekt" })
            #expect(site.board.index.requests.isEmpty && site.board.relay.messages.isEmpty)
            #expect(try await site.verify() == "")
        }
    }

    /// Whatever is in the file: after the second time everything is as it was after the first.
    @Test(arguments: [1, 2, 3])
    func importingTwiceIsImportingOnce(_ seed: UInt64) async throws {
        var chance = Chance(seed: seed)
        let rows = Self.rows(40, &chance)
        try await RunningSite.with(Self.options()) { site in
            #expect(try await site.bringIn(rows).status == 0)
            let once = try await site.everything()
            #expect(once.events == 40)
            // In another order, with another separator and with a mark in front: the same rows.
            let again = try await site.bringIn(rows.reversed(), separator: ",", mark: "\u{FEFF}")
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output.contains("Ingevoerd: 0. Al bekend: 40."))
            #expect(try await site.everything() == once)
            await site.kill()
            try await site.start()
            #expect(try await site.bringIn(rows, as: .meldingsbevoegde).status == 0)
            #expect(try await site.everything() == once)
        }
    }

    @Test func aChangedRowIsRefusedAndTheOthersStand() async throws {
        try await RunningSite.with(Self.options()) { site in
            #expect(try await site.bringIn([Self.report]).status == 0)
            let changed = Self.report.replacing("2026-10-12", with: "2026-10-13")
            let answer = try await site.bringIn([Self.registration, changed])
            #expect(answer.status == 1)
            #expect(answer.errors.contains("regel 3") && answer.errors.contains("409"))
            #expect(answer.output.contains("Ingevoerd: 1. Al bekend: 0. Geweigerd: 1."))
            #expect(try await site.entries().count == 2)
        }
    }

    /// With or without the number of a site that the configuration does not name.
    @Test func oneSchoolWrittenTwoWaysIsOneSchool() async throws {
        let other = Self.report.replacing(";01AB;", with: ";01AB00;")
        try await RunningSite.with(Self.options()) { site in
            let twice = try await site.bringIn([Self.report, other])
            #expect(twice.status == 1 && twice.errors.contains("regel 3, kolom 4 (ontvanger)"))
            #expect(try await site.bringIn([Self.report]).status == 0)
            let again = try await site.bringIn([other])
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output.contains("Ingevoerd: 0. Al bekend: 1. Geweigerd: 0."))
            #expect(try await site.entries().count == 1)
        }
    }

    @Test func aDryRunChecksEverythingAndStoresNothing() async throws {
        try await RunningSite.with(Self.options()) { site in
            let answer = try await site.bringIn([Self.report, Self.shared], more: ["--dry-run"])
            #expect(answer.status == 0 && answer.output.contains("1  melding, van 12-10-2026 tot en met 12-10-2026"))
            #expect(try await site.entries().isEmpty)
            #expect(try await site.deliveries().isEmpty)
            // What only the gateway knows is found as well: somebody who is barred from the case.
            _ = try await site.submit(SchoolEvent.step("zaak-1"), as: .meldingsbevoegde)
            _ = try await site.submit(
                SchoolEvent.involved("zaak-1", "alsOuderOfPartnerThuis", "af-wilg"), as: .meldingsbevoegde)
            let barred = try await site.bringIn([Self.registration, Self.report], more: ["--dry-run"])
            #expect(barred.status == 1 && barred.errors.contains("regel 3: Deze zaak valt buiten uw bereik"))
            #expect(!barred.errors.contains("regel 2"))
            #expect(try await site.bringIn([Self.registration, Self.report]).status == 1)
            #expect(try await site.entries().isEmpty)
            #expect(try await site.bringIn([Self.report], as: .system).status == 1)
        }
    }

    /// Every problem with its line and column, nothing of what stands there, and nothing imported.
    @Test func whatIsWrongIsToldAndNothingIsImported() async throws {
        let secret = "Geheim-Achternaam"
        func row(_ change: (inout [String]) -> Void) -> String {
            var fields = Self.report.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
            fields[8] = secret
            change(&fields)
            return fields.joined(separator: ";")
        }
        let bad: [(row: String, told: String)] = [
            (row { $0[0] = "meldng" }, "kolom 1 (soort)"), (row { $0[1] = "01ab" }, "kolom 2 (school)"),
            (row { $0[1] = "99ZZ" }, "kolom 2 (school)"), (row { $0[2] = "zaak 1" }, "kolom 3 (zaak)"),
            (row { $0[2] = SchoolEvent.bsn }, "kolom 3 (zaak)"),
            (row { $0[3] = "veilig-thuis-telefon" }, "kolom 4 (ontvanger)"),
            (row { $0[3] = "verwijsindex" }, "kolom 4 (ontvanger)"), (row { $0[4] = "2026-02-30" }, "kolom 5 (datum)"),
            (row { $0[4] = "31-4-2026" }, "kolom 5 (datum)"), (row { $0[4] = "12-10-26" }, "kolom 5 (datum)"),
            (row { $0[4] = "2190-10-12" }, "kolom 5 (datum)"), (row { $0[4] = "" }, "kolom 5 (datum)"),
            (row { $0[5] = "24:00" }, "kolom 6 (tijd)"),
            (row { ($0[4], $0[5]) = ("2026-03-29", "02:30") }, "kolom 6 (tijd)"),
            (row { $0[6] = String(repeating: "k", count: 65) }, "kolom 7 (kenmerk)"),
            (row { ($0[7], $0[8]) = ("", " ") }, "kolom 8 (leerlingnummer)"),
            (row { $0[8] = String(repeating: "a", count: 201) }, "kolom 9 (achternaam)"),
            (row { $0[9] = "2016-13-01" }, "kolom 10 (geboortedatum)"), (row { $0[10] = "x" }, "kolom 11 (geslacht)"),
            (row { ($0[0], $0[3], $0[9]) = ("registratie", "verwijsindex", "") }, "kolom 10 (geboortedatum)"),
        ]
        try await RunningSite.with(Self.options()) { site in
            let rows = bad.enumerated().map { index, one in
                // Each of another case, so that no row is taken for another one.
                one.row.replacing(";zaak-1;", with: ";zaak-\(index + 10);")
            }
            let answer = try await site.bringIn([Self.shared] + rows)
            #expect(answer.status == 1)
            let lines = answer.errors.split(separator: "\n").map(String.init)
            for (index, one) in bad.enumerated() {
                let found = lines.contains { $0.hasPrefix("regel \(index + 3), \(one.told)") }
                #expect(found, "regel \(index + 3) \(one.told) in \(lines)")
            }
            #expect(lines.contains { $0.contains("veilig-thuis-telefoon") })
            for value in [secret, SchoolEvent.bsn, "810001", "Medewerker Voorbeeld"] {
                #expect(!answer.errors.contains(value) && !answer.output.contains(value))
            }
            #expect(try await site.entries().isEmpty)
        }
    }

    /// Files that no spreadsheet writes.
    @Test func aFileThatIsNoneIsRefusedAsAWhole() async throws {
        let heading = Self.heading
        let good = Self.report
        let files: [(text: String, told: String)] = [
            ("", "leeg"), (heading + "\n", "niets onder de kolomnamen"), (good + "\n", "regel 1, kolom 1"),
            (heading.replacing("zaak;", with: "") + "\n", "“zaak” ontbreekt"),
            (heading + ";burgerservicenummer\n" + good + ";\(SchoolEvent.bsn)\n", "regel 1, kolom 13"),
            (heading.replacing("tijd", with: "datum") + "\n" + good + "\n", "regel 1, kolom 6"),
            (heading + "\n" + good + ";extra\n", "regel 2"), (heading + "\n\"" + good + "\n", "regel 2, kolom 1"),
            (heading + "\n" + good.replacing("Voorbeeld-", with: "\"Voorbeeld\"-") + "\n", "regel 2, kolom 9"),
            (heading + "\n" + good.replacing("VT-7", with: "\"VT\"\"7\"\"") + "\n", "regel 2, kolom 7"),
            (heading + "\n" + good.replacing("VT-7", with: "VT\u{0}7") + "\n", "regel 2, kolom 7"),
            (heading + "\n" + good + "\n\n", "regel 3"),
            (Self.file([good, good]), "regel 3, kolom 4 (ontvanger)"),
            (Self.file([good, good.replacing("2026-10-12", with: "2026-11-01")]), "regel 3, kolom 4 (ontvanger)"),
        ]
        try await RunningSite.with(Self.options()) { site in
            for (text, told) in files {
                let answer = try await site.bringIn(text: text)
                #expect(answer.status == 1 && answer.errors.contains(told), "\(told): \(answer.errors)")
                #expect(answer.errors.contains("niets ingevoerd"))
                #expect(!answer.errors.contains("Achternaam") && !answer.errors.contains(SchoolEvent.bsn))
            }
            let path = "\(site.board.folder)/latin1.csv"
            try Data(Array((heading + "\n" + good + "\n").utf8) + [0xE9, 0x0A]).write(to: URL(fileURLWithPath: path))
            let encoding = try await site.cli(["import", path], as: .aandachtsfunctionaris, mayFail: true)
            #expect(encoding.status == 1 && encoding.errors.contains("regel 3") && encoding.errors.contains("UTF-8"))
            let large = try await site.bringIn(text: heading + "\n" + String(repeating: "x", count: 17 << 20))
            #expect(large.status == 1 && large.errors.contains("te groot"))
            #expect(
                try await site.cli(["import", "\(path).weg"], as: .aandachtsfunctionaris, mayFail: true).status == 1)
            #expect(try await site.entries().isEmpty)
        }
    }

    /// The sample of the documentation, with the names of this board.
    @Test func theSampleCanBeImported() async throws {
        var options = Self.options()
        options.hasSecondSchool = true
        try await RunningSite.with(options) { site in
            let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
            let sample = try String(
                contentsOf: checkout.appendingPathComponent("Config/examples/lopende-zaken.csv"), encoding: .utf8)
            let text = sample.replacing("veilig-thuis-noord", with: "veilig-thuis-telefoon")
                .replacing("veilig-thuis-zuid-telefoon", with: "veilig-thuis-telefoon")
                .replacing("verwijsindex-zuid", with: "verwijsindex")
            let answer = try await site.bringIn(text: text)
            #expect(answer.status == 0 && answer.output.contains("Ingevoerd: 3."), "\(answer.errors)")
        }
    }

    /// One mistake on the last of ten thousand lines, and nothing of it comes in; two thousand come in, and only once.
    @Test func aLongFileComesInWholeOrNotAtAll() async throws {
        let rows = (1...10_000).map { number in
            "verstrekking;01AB;lang-\(number);hulp;2026-10-\(10 + number % 20);;;9\(100_000 + number);;;;"
        }
        try await RunningSite.with(Self.options()) { site in
            let mistake = rows.dropLast() + ["verstrekking;01AB;lang-1;hulp;2026-10-10;;;9100001;;;;"]
            let refused = try await site.bringIn(Array(mistake))
            #expect(refused.status == 1 && refused.errors.contains("regel 10001, kolom 4 (ontvanger)"))
            #expect(refused.errors.contains("staan al op regel 2:"))
            #expect(try await site.deliveries().isEmpty)
            let answer = try await site.bringIn(Array(rows.prefix(2_000)), more: ["--json"])
            #expect(answer.status == 0, "\(answer.errors)")
            #expect(answer.json["nieuw"] as? Int == 2_000)
            #expect(answer.errors.contains("ingevoerd: 2000 van 2000"))
            let again = try await site.bringIn(Array(rows[1_900..<2_050]), more: ["--json"])
            #expect(again.json["nieuw"] as? Int == 50 && again.json["bekend"] as? Int == 100)
        }
    }

    // MARK: - Files of chance

    private static func rows(_ count: Int, _ chance: inout Chance) -> [String] {
        (0..<count).map { number in
            let kind = [
                ("melding", "veilig-thuis-telefoon"), ("registratie", "verwijsindex"), ("verstrekking", "raad"),
                ("verstrekking", "hulp-twee"),
            ][chance.below(4)]
            let date = "20\(20 + chance.below(6))-\(10 + chance.below(3))-\(10 + chance.below(19))"
            let time = chance.below(2) == 0 ? "" : "\(10 + chance.below(10)):\(10 + chance.below(50))"
            let name = ["Voorbeeld, Achternaam", "\"\"Voorbeeld\"\"", "Vóórbeeld", "Voorbeeld\nAchternaam"][
                chance.below(4)
            ]
            .replacing("\n", with: " ")
            return [
                kind.0, "01AB", "zaak-\(number)", kind.1, date, time, chance.below(2) == 0 ? "" : "K-\(number)",
                "\(810_000 + number)", "\"\(name)\"", "201\(chance.below(6))-02-28",
                ["man", "vrouw", "onbekend", ""][chance.below(4)], "",
            ].joined(separator: ";")
        }
    }
}

/// The same numbers for the same seed.
private struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}

/// As much of the store as an import could change.
private struct Everything: Equatable {
    let events: Int
    let owed: [JSONValue]
    let entries: [JSONValue]
}

extension RunningSite {
    fileprivate func bringIn(
        _ rows: [String], separator: Character = ";", mark: String = "", as asker: Asker = .aandachtsfunctionaris,
        more: [String] = []
    ) async throws -> CommandLineTool.Answer {
        let heading =
            "soort;school;zaak;ontvanger;datum;tijd;kenmerk;leerlingnummer;achternaam;geboortedatum;geslacht;gesproken_met"
        let lines = [heading] + rows
        let text = lines.map { separator == ";" ? $0 : Self.replacingSeparators($0, with: separator) }
            .joined(separator: "\r\n")
        return try await bringIn(text: mark + text + "\r\n", as: asker, more: more)
    }

    fileprivate func bringIn(
        text: String, as asker: Asker = .aandachtsfunctionaris, more: [String] = []
    ) async throws -> CommandLineTool.Answer {
        let path = "\(board.folder)/\(UUID().uuidString).csv"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try await cli(["import", path] + more, as: asker, mayFail: true)
    }

    /// Outside quotes only.
    private static func replacingSeparators(_ line: String, with separator: Character) -> String {
        var isQuoted = false
        return String(
            line.map { character in
                if character == "\"" { isQuoted.toggle() }
                return character == ";" && !isQuoted ? separator : character
            })
    }

    fileprivate func everything() async throws -> Everything {
        let deliveries = try await deliveries()
        let owed = try await all("verplichtingen", query: "&status=alle").map { item in
            // What time does to them is another matter.
            var members = item.object ?? [:]
            for key in [
                "status", "herinneringen", "volgendeHerinnering", "trede", "tredeOp", "geslotenOp", "geslotenDoor",
            ] {
                members[key] = nil
            }
            return JSONValue.object(members.filter { !$0.key.hasPrefix("volgendeTrede") })
        }
        let imported = deliveries.filter { $0.json["type"]?.string?.contains("verstrekking-vastgelegd") == true }
        return Everything(
            events: Set(imported.map(\.event)).count, owed: owed,
            entries: try await entries().filter { $0.kind == "achterafVastgelegd" }.map(\.json))
    }
}
