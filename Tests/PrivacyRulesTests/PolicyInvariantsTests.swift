// SPDX-License-Identifier: EUPL-1.2
import CaseEvents
import CaseSamples
import Disclosures
import PrivacyRules
import Testing
import Values

/// What no configuration can lift: each broken policy is refused, naming the rule and the part.
@Suite struct PolicyInvariantsTests {
    private struct Parts {
        var eventType = EventType.veiligThuisMeldingBesloten
        var kind = RecipientKind.veiligThuis
        var message = MessageKind.veiligThuisMelding
        var basis = LegalGround.Basis.wettelijkRecht
        var article = "Wmo 2015 art. 5.2.6"
        var purpose = Purpose.geweldStoppenOfOnderzoeken
        var fields = ["leerling.achternaam", "meldpoort.kenmerk"]
        var confirmation = ConfirmationRule(need: .unlessSubmittedInRole, roles: [.directie])
        var conditions: [Condition] = []
        var holds: [Hold] = []
        var origin: [String] = []
        var validity = SamplePolicy.validity

        static let neededByTheIndex: [Condition] = [
            .convenant, .herzieningsdatum, .meldingsbevoegdeAangewezen, .jongerDan23, .risicoGenoemd,
        ]

        static let registration: Parts = {
            var parts = Parts()
            parts.eventType = .verwijsindexregistratieGevraagd
            parts.kind = .verwijsindex
            parts.message = .verwijsindexRegistratie
            parts.purpose = .betrokkenheidKenbaarMaken
            parts.confirmation = ConfirmationRule(need: .always, roles: [.meldingsbevoegde])
            parts.conditions = neededByTheIndex
            parts.holds = [.informeren]
            return parts
        }()

        static let withdrawal: Parts = {
            var parts = registration
            parts.eventType = .verwijsindexintrekkingGevraagd
            parts.message = .verwijsindexIntrekking
            parts.conditions = [.meldingsbevoegdeAangewezen]
            parts.holds = []
            return parts
        }()

        var rule: Rule {
            Rule(
                eventType: eventType, recipientKind: kind, message: message,
                ground: LegalGround(basis: basis, article: article, summary: "Proefgrond."), purpose: purpose,
                fields: fields.map(FieldPath.init), confirmation: confirmation, conditions: conditions, holds: holds,
                shortfalls: [],
                origin: origin.map(FieldPath.init), activity: SamplePolicy.activity, validity: validity)
        }
    }

    private func parts(_ change: (inout Parts) -> Void, of parts: Parts = Parts()) -> Parts {
        var parts = parts
        change(&parts)
        return parts
    }

    /// The parts that are complained about when this rule stands second, behind a sound one.
    private func complaints(_ parts: Parts) -> [String] {
        do throws(PolicyProblems) {
            _ = try Policy(version: "proef", rules: [SamplePolicy.rules[4], parts.rule])
            return []
        } catch {
            #expect(error.problems.allSatisfy { $0.rule == 1 && $0.message.hasSuffix(".") })
            return error.problems.map(\.part)
        }
    }

    @Test func soundRulesLoad() throws {
        #expect(complaints(Parts()).isEmpty)
        #expect(complaints(.registration).isEmpty)
        #expect(complaints(.withdrawal).isEmpty)
        #expect(try SamplePolicy.make().rules.count == SamplePolicy.rules.count)
        #expect(try Policy(version: "leeg", rules: []).rules.isEmpty)
    }

    @Test func fields() {
        #expect(complaints(parts { $0.fields.append("leerling.bestaatNiet") }) == ["fields"])
        #expect(complaints(parts { $0.fields.append("leerling") }) == ["fields"])
        #expect(complaints(parts { $0.fields.append("betrokkenen.naam") }) == ["fields"])
        #expect(complaints(parts { $0.fields.append("meldpoort.zaak") }) == ["fields"])
        #expect(complaints(parts { $0.fields.append("") }) == ["fields"])
        #expect(complaints(parts { $0.fields.append("leerling.achternaam") }) == ["fields"])
        #expect(complaints(parts { $0.fields.append("leerling.bsn") }) == ["fields"])
    }

    @Test func aSlipGetsASuggestion() {
        #expect(
            throws: PolicyProblems.self,
            performing: { try Policy(version: "p", rules: [parts { $0.fields = ["leerling.achternam"] }.rule]) })
        do throws(PolicyProblems) {
            _ = try Policy(version: "p", rules: [parts { $0.fields = ["leerling.achternam"] }.rule])
        } catch {
            #expect(error.problems.map(\.suggestion) == ["leerling.achternaam"])
        }
    }

    @Test func groundsAndPurposes() {
        #expect(complaints(parts { $0.article = "" }) == ["ground"])
        #expect(complaints(parts { $0.basis = .publiekeTaak }) == ["ground"])
        #expect(complaints(parts { $0.basis = .geenPersoonsgegevens }) == ["ground"])
        #expect(complaints(parts { $0.purpose = .hulpVerlenen }) == ["purpose"])
        #expect(complaints(parts { $0.purpose = .opvolgingBinnenSchool }) == ["purpose"])
    }

    /// Invariant of practice 8: no external consent-free permit outside the five.
    @Test func anotherExternalRecipientNeedsConsent() {
        for basis in LegalGround.Basis.allCases {
            let found = complaints(
                parts {
                    $0.kind = .hulpverlener
                    $0.purpose = .hulpVerlenen
                    $0.basis = basis
                    $0.holds = [.informeren]
                })
            #expect(found.isEmpty == (basis == .toestemming), "\(basis)")
            #expect(Set(found).isSubset(of: ["ground"]))
        }
    }

    /// Anonymous by type (practice 14): an expert may be asked without consent, for no personal data leave.
    @Test func anAnonymousConsultNeedsNoConsent() {
        for type in EventType.allCases {
            let found = complaints(
                parts {
                    $0.eventType = type
                    $0.kind = .deskundigeLetselduiding
                    $0.purpose = .adviesVragen
                    $0.basis = .geenPersoonsgegevens
                    $0.fields = ["meldpoort.kenmerk"]
                    $0.confirmation = ConfirmationRule(need: .none, roles: [])
                })
            #expect(found.contains("ground") == !type.isAnonymous, "\(type)")
        }
    }

    /// Practice 6 and 15, and art. 4.1.8(3): what waits, and what tells the origin, cannot be left out.
    @Test func holdsAndOriginCannotBeLeftOut() {
        let file = parts {
            $0.eventType = .zorgGesignaleerd
            $0.kind = .leerlingvolgsysteem
            $0.message = .lvsRegistratie
            $0.basis = .publiekeTaak
            $0.purpose = .opvolgingBinnenSchool
            $0.fields = ["signaal"]
            $0.conditions = [.herkomstOpen, .geenBijzondereVorm]
            $0.holds = [.vrijgaveLvs, .vrijeTekst]
        }
        #expect(complaints(file).isEmpty)
        for hold in file.holds {
            #expect(complaints(parts({ $0.holds.removeAll { $0 == hold } }, of: file)) == ["holds"])
        }
        for condition in file.conditions {
            #expect(complaints(parts({ $0.conditions.removeAll { $0 == condition } }, of: file)) == ["conditions"])
        }
        #expect(complaints(parts { $0.holds = [.informeren] }) == ["holds"])
        #expect(complaints(parts({ $0.holds = [] }, of: .registration)) == ["holds"])
        #expect(complaints(parts { $0.fields.append("contactpersoon.naam") }) == ["herkomst"])
        #expect(complaints(parts { $0.origin = ["leerling.voornamen"] }) == ["herkomst"])
        #expect(complaints(parts { $0.fields.append("indiener") }) == ["fields"])
    }

    @Test func periods() {
        let end = CalendarDate.earliest.adding(days: 100)
        #expect(complaints(parts { $0.validity = Validity(from: .earliest) }) == ["herzien_voor"])
        let backwards = Validity(from: end, until: .earliest, reviewBy: .latest)
        #expect(complaints(parts { $0.validity = backwards }).contains("geldig_tot"))
        for (gap, part) in [(0, ["event"]), (1, []), (2, ["geldig_van"])] {
            let first = parts { $0.validity = Validity(from: .earliest, until: end, reviewBy: .latest) }.rule
            let second = parts { $0.validity = Validity(from: end.adding(days: gap), reviewBy: .latest) }.rule
            do throws(PolicyProblems) {
                _ = try Policy(version: "p", rules: [first, second])
                #expect(part.isEmpty)
            } catch {
                #expect(error.problems.map(\.part) == part, "\(gap)")
            }
        }
    }

    /// Practice 1: what is missing is a shortfall there, never a condition.
    @Test func urgentRecipientsHaveNoConditions() {
        let purposes: [RecipientKind: Purpose] = [
            .veiligThuis: .geweldStoppenOfOnderzoeken, .politie: .aangifte,
            .raadVoorDeKinderbescherming: .takenRaad, .gecertificeerdeInstelling: .uitvoeringOndertoezichtstelling,
        ]
        #expect(Set(purposes.keys) == RecipientKind.urgent)
        for (kind, purpose) in purposes {
            for condition in Condition.allCases {
                let found = complaints(
                    parts {
                        $0.kind = kind
                        $0.purpose = purpose
                        $0.conditions = kind == .gecertificeerdeInstelling ? [.ondertoezichtstelling] : []
                        $0.conditions.append(condition)
                    })
                let isGround = condition == .ondertoezichtstelling || condition == .vordering
                #expect(found == (isGround ? [] : ["conditions"]), "\(kind) \(condition)")
            }
        }
    }

    @Test func theVerwijsindexAlwaysWaitsForAMeldingsbevoegde() {
        for sound in [Parts.registration, .withdrawal] {
            for need in ConfirmationRule.Need.allCases {
                for roles in [[], [Role.meldingsbevoegde], [.directie], [.meldingsbevoegde, .directie]] {
                    let found = complaints(
                        parts({ $0.confirmation = ConfirmationRule(need: need, roles: roles) }, of: sound))
                    let isSound = need == .always && roles == [.meldingsbevoegde]
                    #expect(found == (isSound ? [] : ["confirmation"]))
                }
            }
        }
    }

    @Test func theVerwijsindexKeepsItsConditionsAndGetsNoText() {
        for condition in Parts.neededByTheIndex {
            #expect(
                complaints(parts({ $0.conditions.removeAll { $0 == condition } }, of: .registration)) == ["conditions"])
        }
        #expect(complaints(parts({ $0.conditions = [] }, of: .withdrawal)) == ["conditions"])
        #expect(complaints(parts({ $0.fields.append("onderbouwing") }, of: .registration)) == ["fields"])
        #expect(
            complaints(parts({ $0.fields.append("afsprakenMetBetrokkenen.voorwaarden") }, of: .registration)) == [
                "fields"
            ])
    }

    @Test func oneRuleForOnePairAndAllProblemsAtOnce() {
        do throws(PolicyProblems) {
            _ = try Policy(version: "p", rules: [Parts().rule, Parts().rule, parts { $0.article = "" }.rule])
            Issue.record("loaded")
        } catch {
            #expect(error.problems.map { "\($0.rule) \($0.part)" } == ["1 event", "2 event", "2 ground"])
        }
    }

    // MARK: - What is owed

    private static let ladder: Set<RecipientKind> = [
        .aandachtsfunctionaris, .centraleContactpersoon, .bestuur, .directie,
    ]

    private func owed(
        _ type: EventType, to kind: RecipientKind, _ message: MessageKind, fields: [String] = ["meldpoort.kenmerk"]
    ) -> [String] {
        complaints(
            parts {
                $0.eventType = type
                $0.kind = kind
                $0.message = message
                $0.basis = .publiekeTaak
                $0.purpose = Purpose.allowed(for: kind).min { $0.rawValue < $1.rawValue } ?? .opvolgingBinnenSchool
                $0.fields = fields
                $0.confirmation = ConfirmationRule(need: .none, roles: [])
            })
    }

    /// Practice 26: only to who must act or must know within the board.
    @Test(arguments: RecipientKind.allCases)
    func aRungGoesToItsOwnPeople(_ kind: RecipientKind) {
        let fields = SamplePolicy.rung.fields.map(\.text)
        let found = owed(.opschalingGedaan, to: kind, .opschaling, fields: fields)
        #expect(found.isEmpty == Self.ladder.contains(kind), "\(kind): \(found)")
        #expect(Self.ladder.contains(kind) || found.contains("event"))
    }

    @Test func aRungNamesNobodyAndIsNoNotice() {
        for kind in Self.ladder {
            let fields = SamplePolicy.rung.fields.map(\.text)
            #expect(owed(.opschalingGedaan, to: kind, .opschaling, fields: fields + ["lezers[]"]) == ["fields"])
            let name = "meldpoort.meldingsbevoegde.naam"
            #expect(owed(.opschalingGedaan, to: kind, .opschaling, fields: fields + [name]) == ["fields"])
            #expect(owed(.opschalingGedaan, to: kind, .kennisgeving) == ["message"])
            // Nothing else borrows its form.
            #expect(owed(.drempelGemeld, to: kind, .opschaling) == ["message"])
        }
    }

    @Test(arguments: [EventType.partnercontactVastgelegd, .drempelGemeld, .verplichtingBijgewerkt])
    func whatIsOwedIsToldOfAndNeverTold(_ type: EventType) {
        for kind in RecipientKind.allCases {
            let isOwn = Self.ladder.contains(kind) || kind == .leerkracht
            let found = owed(type, to: kind, .kennisgeving)
            #expect(found.isEmpty == isOwn, "\(kind): \(found)")
            #expect(isOwn || found.contains("event"), "\(kind): \(found)")
        }
        #expect(owed(type, to: .centraleContactpersoon, .kennisgeving, fields: ["datum"]) == ["fields"])
    }

    /// A report to Veilig Thuis, Raad, GI or politie is always a person's act, and there is always somebody who can do it.
    @Test func aReportIsNeverAutomaticAndNeverStuck() {
        #expect(complaints(parts { $0.confirmation = ConfirmationRule(need: .none, roles: []) }) == ["confirmation"])
        for need in [ConfirmationRule.Need.always, .unlessSubmittedInRole] {
            #expect(complaints(parts { $0.confirmation = ConfirmationRule(need: need, roles: []) }) == ["confirmation"])
        }
    }

    /// A withdrawal's lighter conditions cannot be borrowed by naming a registration one.
    @Test func theEventAndNotTheMessageDecidesTheConditions() {
        let borrowed = parts(
            {
                $0.message = .verwijsindexIntrekking
                $0.conditions = [.meldingsbevoegdeAangewezen]
            }, of: .registration)
        #expect(!complaints(borrowed).isEmpty)
    }

    /// Over all combinations: whatever loads never permits what the invariants forbid.
    @Test func whateverLoadsKeepsTheInvariants() throws {
        var generator = EventGenerator(seed: 95, fill: .everything, texts: .canaries)
        var loaded = 0
        for type in [EventType.veiligThuisMeldingBesloten, .zorgGesignaleerd, .verwijsindexregistratieGevraagd] {
            let event = try generator.event(type)
            for kind in RecipientKind.allCases {
                for basis in LegalGround.Basis.allCases {
                    for purpose in Purpose.allowed(for: kind) {
                        for need in ConfirmationRule.Need.allCases {
                            let parts = parts {
                                $0.eventType = type
                                $0.kind = kind
                                $0.basis = basis
                                $0.purpose = purpose
                                $0.fields = ["leerling.bsn", "leerling.achternaam"].shuffled(using: &generator.random)
                                $0.fields.removeLast(Bool.random(using: &generator.random) ? 1 : 0)
                                $0.confirmation = ConfirmationRule(need: need, roles: need == .none ? [] : [.directie])
                                if kind == .gecertificeerdeInstelling { $0.conditions = [.ondertoezichtstelling] }
                                if kind == .leerlingvolgsysteem {
                                    $0.conditions = [.herkomstOpen, .geenBijzondereVorm]
                                }
                                $0.holds =
                                    RecipientKind.urgent.contains(kind)
                                    ? [] : kind == .leerlingvolgsysteem ? [.informeren, .vrijgaveLvs] : [.informeren]
                            }
                            guard let policy = try? Policy(version: "p", rules: [parts.rule]) else { continue }
                            loaded += 1
                            check(policy, event, kind)
                        }
                    }
                }
            }
        }
        #expect(loaded > 50)
    }

    private func check(_ policy: Policy, _ event: CaseEvent, _ kind: RecipientKind) {
        var sample = SampleInput.inOrder(event, to: kind)
        sample.submitter = SampleInput.person("mw-melder", Set(Role.allCases))
        guard let permit = policy.judge(sample.input).permit else { return }
        guard kind.scope == .extern else { return }
        #expect(RecipientKind.consentFreeExternal.contains(kind) && kind != .verwijsindex)
        #expect(permit.disclosure.content["leerling"]?["bsn"] == nil)
        #expect(permit.confirmedAs != nil)
    }
}
