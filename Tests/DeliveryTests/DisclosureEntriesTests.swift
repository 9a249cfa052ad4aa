// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Delivery
import Disclosures
import PrivacyRules
import Testing
import Values

/// What the log holds: canonical bytes, names of fields, pseudonyms; never a value about anybody.
@Suite struct DisclosureEntriesTests {
    private let policy: Policy
    private let pseudonyms = TestPseudonyms(key: 7)
    private let salt: [UInt8] = (0..<16).map { $0 * 16 + 1 }

    init() throws {
        policy = try SamplePolicy.make()
    }

    private func context(_ event: CaseEvent, person: String? = "mw-melder") -> EntryContext {
        EntryContext(
            deliveryKey: SampleInput.key, attempt: 3, at: Timestamp(millisecondsSince1970: 1_795_000_000_000),
            school: "00AA", caseReference: event.zaak, traceID: "0af7651916cd43dd8448eb211c80319c",
            submitter: Submitter(tokenID: "abcdefghijkl", personID: person))
    }

    private func report(seed: UInt64) throws -> (event: CaseEvent, permit: Permit, shortfalls: [Shortfall]) {
        var generator = EventGenerator(
            seed: seed, fill: seed.isMultiple(of: 2) ? .everything : .random, texts: .canaries)
        let event = try generator.event(.veiligThuisMeldingBesloten)
        var sample = SampleInput(event, to: .veiligThuis)
        sample.submitter = SampleInput.person("mw-melder", [.directie])
        let judgement = policy.judge(sample.input)
        return (event, try #require(judgement.permit), judgement.shortfalls)
    }

    private func intent(_ seed: UInt64, salt: [UInt8]? = nil, confirmed: Delivery.Confirmation? = nil) throws -> (
        bytes: [UInt8], event: CaseEvent, permit: Permit
    ) {
        let (event, permit, shortfalls) = try report(seed: seed)
        let bytes = DisclosureEntries.intent(
            permit, policyVersion: "proef-1", confirmedBy: confirmed, shortfalls: shortfalls, context: context(event),
            salt: salt ?? self.salt, pseudonyms: pseudonyms)
        return (bytes, event, permit)
    }

    private func read(_ bytes: [UInt8]) throws -> JSONValue {
        let value = try StrictJSON.read(bytes).get()
        #expect(value.canonicalBytes == bytes)
        return value
    }

    @Test func theIntentSaysEverythingAndNoMore() throws {
        let (bytes, event, permit) = try intent(122)
        let entry = try read(bytes)
        let members: Set<String> = [
            "soort", "aflevering", "poging", "tijdstip", "school", "zaak", "traceId", "ontvanger", "bericht",
            "grondslag", "doel", "verwerkingsactiviteit", "beleidsversie", "personen", "velden", "zout", "inhoudMac",
            "ingediendDoor",
            "bevestigdDoor", "tekorten",
        ]
        #expect(Set((entry.object ?? [:]).keys).symmetricDifference(members).isSubset(of: ["tekorten"]))
        #expect(entry["soort"] == "voornemen" && entry["poging"] == 3 && entry["school"] == "00AA")
        #expect(entry["aflevering"] == .string(SampleInput.key))
        #expect(entry["tijdstip"]?.string.flatMap(Timestamp.init)?.millisecondsSince1970 == 1_795_000_000_000)
        #expect(entry["traceId"] == "0af7651916cd43dd8448eb211c80319c")
        #expect(entry["zaak"] == .string(pseudonyms.pseudonym("zaak", ["00AA", event.zaak])))
        #expect(entry["ontvanger"] == ["id": "ontvanger-veiligThuis", "soort": "veiligThuis", "kanaal": "api"])
        #expect(entry["bericht"] == "veiligThuisMelding")
        #expect(entry["grondslag"] == ["artikel": "Wmo 2015 art. 5.2.6", "soort": "wettelijkRecht"])
        #expect(entry["doel"] == "geweldStoppenOfOnderzoeken" && entry["beleidsversie"] == "proef-1")
        #expect(entry["zout"] == "01112131415161718191a1b1c1d1e1f1")
        let content = permit.disclosure.content.canonicalBytes
        #expect(entry["inhoudMac"] == .string(pseudonyms.contentMAC(salt: salt, content: content)))
        let melder = JSONValue.string(pseudonyms.pseudonym("medewerker", ["mw-melder"]))
        #expect(entry["ingediendDoor"] == ["persoon": melder])
        #expect(entry["bevestigdDoor"] == ["persoon": melder, "rol": "directie"])
    }

    @Test func theFieldsOfThePersonsAndTheRestAreAllThatGoes() throws {
        for seed in 123..<140 as Range<UInt64> {
            let (bytes, _, permit) = try intent(seed)
            let entry = try read(bytes)
            let persons = entry["personen"]?.array ?? []
            #expect(persons.count == permit.persons.count)
            for (listed, person) in zip(persons, permit.persons) {
                #expect(listed["rol"]?.string == person.role)
                #expect(listed["velden"] == .array(person.fields.map { .string($0.text) }))
                #expect(listed["pseudoniem"]?.string?.utf8.count == 32)
            }
            let names = persons.flatMap { $0["velden"]?.array ?? [] } + (entry["velden"]?.array ?? [])
            #expect(Set(names) == Set(permit.disclosure.content.withOriginInPlace.leaves.map { .string($0.path.text) }))
        }
    }

    /// Neither what went nor what stayed, nor the names of those who acted, nor the case's own reference.
    @Test func noValueIsInTheBytes() throws {
        var looked = 0
        for seed in 140..<170 as Range<UInt64> {
            let confirmed = Confirmation(
                personID: "mw-bevestiger", role: "directie", at: Timestamp(millisecondsSince1970: 0))
            let (bytes, event, permit) = try intent(seed, confirmed: confirmed)
            for leaf in event.data.leaves where leaf.isCanary {
                looked += 1
                #expect(!bytes.holds(leaf.value.string ?? "Kan"), "\(leaf.path)")
            }
            for person in ["mw-melder", "mw-bevestiger", "Medewerker", "Voorbeeldschool", SampleInput.reference] {
                #expect(!bytes.holds(person))
            }
            let everybody = DisclosureEntries.afterwards(
                event: event, recipient: permit.disclosure.recipient, rule: permit.rule, policyVersion: "proef-1",
                persons: PersonsConcerned.everybody(in: event), fields: permit.otherFields, context: context(event),
                pseudonyms: pseudonyms)
            for leaf in event.data.leaves where leaf.isCanary { #expect(!everybody.holds(leaf.value.string ?? "Kan")) }
        }
        #expect(looked > 300)
    }

    @Test func equalContentsDoNotShowAsEqual() throws {
        let one = try read(try intent(122).bytes)
        let other = try read(try intent(122, salt: Array(repeating: 9, count: 16)).bytes)
        #expect(one["inhoudMac"] != other["inhoudMac"])
        #expect(try intent(122).bytes == intent(122).bytes)
    }

    /// The confirmer is who confirmed, and who submitted only where that was the confirming.
    @Test func theConfirmerIsNotTheSubmitter() throws {
        let confirmed = Confirmation(
            personID: "mw-bevestiger", role: "directie", at: Timestamp(millisecondsSince1970: 0))
        let entry = try read(try intent(122, confirmed: confirmed).bytes)
        #expect(
            entry["bevestigdDoor"]?["persoon"] == .string(pseudonyms.pseudonym("medewerker", ["mw-bevestiger"])))
        #expect(entry["ingediendDoor"]?["persoon"] == .string(pseudonyms.pseudonym("medewerker", ["mw-melder"])))
    }

    @Test func aSystemIsNamedByItsToken() throws {
        var generator = EventGenerator(seed: 171)
        let event = try generator.event(.adviesGevraagd)
        let judgement = policy.judge(SampleInput(event, to: .veiligThuis).input)
        let entry = try read(
            DisclosureEntries.intent(
                try #require(judgement.permit), policyVersion: "proef-1", confirmedBy: nil, shortfalls: [],
                context: context(event, person: nil), salt: salt, pseudonyms: pseudonyms))
        #expect(entry["ingediendDoor"] == ["systeem": "abcdefghijkl"])
        #expect(entry["bevestigdDoor"] == nil && entry["tekorten"] == nil)
        #expect(entry["personen"] == [])
    }

    /// The same child is the same pseudonym in every event, and in no other school; an unnamed person is nobody else.
    @Test func pseudonymsFollowThePerson() throws {
        func pseudonym(_ pupil: JSONValue, school: JSONValue = "00AA", key: String = SampleInput.key) throws -> String?
        {
            let data: JSONValue = ["zaak": "z", "school": school, "leerling": pupil, "inzageBetrokkenen": [:]]
            let event = try CaseEvent(id: "e", source: "urn:test", type: .veiligThuisMeldingBesloten, data: data)
            var sample = SampleInput(event, to: .veiligThuis)
            sample.submitter = SampleInput.person("mw-melder", [.directie])
            let context = EntryContext(
                deliveryKey: key, attempt: 1, at: Timestamp(millisecondsSince1970: 0), school: "00AA",
                caseReference: "z", traceID: "", submitter: Submitter(tokenID: "t", personID: "mw-melder"))
            let bytes = DisclosureEntries.intent(
                try #require(policy.judge(sample.input).permit), policyVersion: "", confirmedBy: nil, shortfalls: [],
                context: context, salt: salt, pseudonyms: pseudonyms)
            return try read(bytes)["personen"]?[0]?["pseudoniem"]?.string
        }
        let known = try pseudonym(["leerlingnummer": "L1", "achternaam": "Voorbeeld"])
        #expect(try known == pseudonym(["leerlingnummer": "L1", "voornamen": "Testkind"]))
        #expect(try known != pseudonym(["leerlingnummer": "L2", "achternaam": "Voorbeeld"]))
        #expect(try known != pseudonym(["leerlingnummer": "L1", "achternaam": "Voorbeeld"], school: "00BB"))
        let named = try pseudonym(["achternaam": "Voorbeeld", "geboortedatum": "2012-06-15"])
        #expect(try named == pseudonym(["achternaam": "VOORBEELD", "geboortedatum": "2012-06-15"]))
        #expect(try named != pseudonym(["achternaam": "Voorbeeld", "geboortedatum": "2012-06-16"]))
        let unnamed = try pseudonym(["geslacht": "vrouw"])
        #expect(try unnamed != pseudonym(["geslacht": "vrouw"], key: "0c8a7d7e-2f0f-4d43-9c3a-5f0a8f6b1e12"))
    }

    @Test func outcomesSayWhatBecameOfIt() throws {
        let (event, _, _) = try report(seed: 122)
        let reason = OutcomeReason(.busyCounterpart, status: 503)
        for (outcome, word): (Outcome, String) in [
            (.accepted(Receipt(reference: "KanKenmerk")), "aangenomen"), (.rejected(reason), "afgewezen"),
            (.retry(afterSeconds: 5, reason), "nietVerzonden"), (.unknown(reason), "onbekend"),
        ] {
            let bytes = DisclosureEntries.outcome(outcome, context: context(event), pseudonyms: pseudonyms)
            let entry = try read(bytes)
            #expect(entry["soort"] == "uitkomst" && entry["uitkomst"] == .string(word) && entry["poging"] == 3)
            #expect(entry["aflevering"] == .string(SampleInput.key))
            #expect(entry["reden"]?.string == (word == "aangenomen" ? nil : "busy_counterpart"))
            #expect(entry["status"]?.integer == (word == "aangenomen" ? nil : 503))
            #expect(!bytes.holds("KanKenmerk") && !bytes.holds(event.zaak))
        }
    }

    @Test func aPersonsSettlingIsKept() throws {
        let (event, _, _) = try report(seed: 122)
        for arrived in [true, false] {
            let real = arrived ? Timestamp(millisecondsSince1970: 1_794_000_000_000) : nil
            let bytes = DisclosureEntries.settled(
                .outcome, arrived: arrived, by: "mw-afsluiter", realTime: real, context: context(event),
                pseudonyms: pseudonyms)
            let entry = try read(bytes)
            #expect(entry["uitkomst"] == (arrived ? "verstrekt" : "nietVerstrekt"))
            #expect(entry["afgeslotenDoor"] == .string(pseudonyms.pseudonym("medewerker", ["mw-afsluiter"])))
            #expect(entry["verstrektOp"]?.string.flatMap(Timestamp.init) == real)
            #expect(!bytes.holds("mw-afsluiter"))
        }
    }

    /// Practice 4: both times are kept, and what was told is named by field.
    @Test func aPhonedReportKeepsBothTimes() throws {
        var generator = EventGenerator(seed: 173, fill: .everything, texts: .canaries)
        let data = generator.data(.verstrekkingVastgelegd).with("/tijdstip", "2026-11-20T23:30:00+01:00")
            .with("/wijze", "telefoon")
        let event = try generator.event(.verstrekkingVastgelegd, data: data)
        let recipient = Recipient(id: "vt", kind: .veiligThuis, name: "Veilig Thuis", channel: .handover)
        let told = ["leerling.achternaam", "inzageBetrokkenen.feiten"].map(FieldPath.init)
        let bytes = DisclosureEntries.afterwards(
            event: event, recipient: recipient, rule: policy.rule(for: .veiligThuisMeldingBesloten, to: .veiligThuis),
            policyVersion: "proef-1", persons: PersonsConcerned.everybody(in: event), fields: told,
            context: context(event), pseudonyms: pseudonyms)
        let entry = try read(bytes)
        #expect(entry["soort"] == "achterafVastgelegd" && entry["wijze"] == "telefoon")
        #expect(entry["verstrektOp"]?.string.flatMap(Timestamp.init) == Timestamp("2026-11-20T22:30:00Z"))
        #expect(entry["tijdstip"] != entry["verstrektOp"])
        #expect(entry["velden"] == ["leerling.achternaam", "inzageBetrokkenen.feiten"])
        #expect(entry["grondslag"]?["artikel"] == "Wmo 2015 art. 5.2.6")
        #expect(entry["personen"]?.array?.count == 4)
        for leaf in event.data.leaves where leaf.isCanary { #expect(!bytes.holds(leaf.value.string ?? "Kan")) }
        let unruled = try read(
            DisclosureEntries.afterwards(
                event: event, recipient: recipient, rule: nil, policyVersion: "proef-1", persons: [], fields: [],
                context: context(event), pseudonyms: pseudonyms))
        #expect(unruled["grondslag"] == nil && unruled["doel"] == nil)
    }
}

/// Keyed and one-way enough for tests: nothing of the parts is to be seen in what comes out.
private struct TestPseudonyms: Pseudonyms {
    let key: UInt64

    func pseudonym(_ domain: String, _ parts: [String]) -> String {
        let bytes = Array(([domain] + parts).joined(separator: "\u{1F}").utf8)
        return digits(bytes, rounds: 2)
    }

    func contentMAC(salt: [UInt8], content: [UInt8]) -> String {
        digits(salt + content, rounds: 4)
    }

    private func digits(_ bytes: [UInt8], rounds: UInt64) -> String {
        (0..<rounds).map { round in
            var hash = key &+ round &* 0x9E37_79B9
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            var mixer = SplitMix64(seed: hash)
            let text = String(mixer.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}
