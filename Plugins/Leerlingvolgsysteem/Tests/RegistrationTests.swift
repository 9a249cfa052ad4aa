// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import AdapterSDK
import AdapterTesting
import Disclosures
import Leerlingvolgsysteem
import Synchronization
import Testing
import Values

/// What a person gets to put into the system, and the files that are dropped.
@Suite struct RegistrationTests {
    private func message(
        _ kind: MessageKind, _ content: JSONValue, channel: Channel = .handover, key: String? = nil
    ) -> Disclosure {
        let recipient = Recipient(id: "lvs", kind: .leerlingvolgsysteem, name: "LVS", channel: channel)
        return SampleMessage(kind, to: recipient).disclosure.replacing(content: content)
    }

    private static let step: JSONValue = [
        "element": "gesprek", "stap": "3", "datum": "2026-11-02", "overgeslagen": false,
        "meldpoort": ["kenmerk": "MP-1"],
    ]

    @Test func theTextForAPerson() throws {
        let adapter = try Example.adapter(["hidden_section": "Zorgdossier"], channel: "handover")
        let document = try adapter.handover(message(.lvsRegistratie, Self.step))
        #expect(
            DocumentText.text(of: document)
                == """
                REGISTRATIE VAN DE MELDCODE IN HET LEERLINGVOLGSYSTEEM

                Zet dit in het deel van het leerlingvolgsysteem dat ouders en leerlingen niet zien (Zorgdossier), nooit in een \
                deel dat in het ouderportaal verschijnt. Is er zo'n deel niet, zet het er dan niet in.
                De leerling staat hier niet bij: het is de leerling van deze zaak in Meldpoort.
                Neem niet meer over dan hier staat.
                Leg daarna in Meldpoort vast dat de registratie is gedaan, en wanneer.

                Stap van de meldcode
                --------------------
                  Onderdeel: gesprek met betrokkenen
                  Stap: 3
                  Datum: 02-11-2026
                  Overgeslagen: nee

                Administratie
                -------------
                  Kenmerk van de school: MP-1


                """.replacing("\n", with: "\r\n"))
    }

    @Test func whatHasToGoIsPutNowhere() throws {
        let adapter = try Example.adapter([:], channel: "handover")
        let erasure = try adapter.handover(
            message(.correctie, ["soort": "wissing", "velden": ["inhoud.zorgen"], "datum": "2026-11-02"]))
        #expect(erasure.instruction.contains("te wissen (AVG art. 17 en 19)"))
        #expect(!erasure.instruction.contains("ouderportaal"))
        let change = try adapter.handover(message(.correctie, ["soort": "rectificatie", "datum": "2026-11-02"]))
        #expect(change.instruction.contains("ouderportaal"))
    }

    @Test func aFieldWithoutALabelIsShownByItsName() throws {
        let document = try Example.adapter([:], channel: "handover").handover(
            message(.lvsRegistratie, ["element": "wegen", "nieuw": ["veld": "x"]]))
        #expect(document.sections.last?.heading == "Overige gegevens")
        #expect(document.sections.last?.lines == [HandoverDocument.Line(label: "nieuw.veld", value: "x")])
    }

    // MARK: Files

    private final class Folder: OutboundTransport {
        let files = Mutex<[DroppedFile]>([])
        let end: Exchange<FileReceipt>

        init(_ end: Exchange<FileReceipt> = .answered(FileReceipt())) { self.end = end }

        func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> { .notSent(OutcomeReason(.notSent)) }
        func send(_ mail: MailMessage) async -> Exchange<MailReceipt> { .notSent(OutcomeReason(.notSent)) }
        func probe() async -> ProbeResult { .reachable }
        func write(_ file: DroppedFile) async -> Exchange<FileReceipt> {
            files.withLock { $0.append(file) }
            return end
        }
    }

    @Test func aFileIsNamedByTheKey() async throws {
        let folder = Folder()
        let adapter = try Example.adapter([:], channel: "folder")
        let disclosure = message(.lvsRegistratie, Self.step, channel: .folder)
        #expect(await adapter.deliver(disclosure, over: folder) == .accepted(Receipt()))
        #expect(await adapter.deliver(disclosure, over: folder) == .accepted(Receipt()))
        let files = folder.files.withLock { $0 }
        #expect(Set(files.map(\.name)) == ["meldcode-\(disclosure.idempotencyKey).txt"])
        #expect(String(decoding: files[0].bytes, as: UTF8.self).hasPrefix("\u{FEFF}REGISTRATIE"))
    }

    @Test func aRowForAProgram() async throws {
        let folder = Folder()
        let content: JSONValue = [
            "element": "beslissen", "datum": "2026-11-02", "toelichting": "=1+1", "nieuw": "x\"y",
            "meldpoort": ["kenmerk": "MP-1"],
        ]
        let adapter = try Example.adapter(["file_format": "csv"], channel: "folder")
        _ = await adapter.deliver(message(.lvsRegistratie, content, channel: .folder), over: folder)
        let bytes = folder.files.withLock { $0.first?.bytes ?? [] }
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                \u{FEFF}bericht;kenmerk;onderdeel;stap;datum;overgeslagen;reden;soort;velden;toelichting;overig\r
                lvsRegistratie;MP-1;besloten;;2026-11-02;;;;;'=1+1;"nieuw=x""y"\r

                """)
    }

    @Test func theFoldersAnswersAreOutcomes() async throws {
        let adapter = try Example.adapter([:], channel: "folder")
        let disclosure = message(.lvsRegistratie, Self.step, channel: .folder)
        let reason = OutcomeReason(.notSent)
        #expect(await adapter.deliver(disclosure, over: Folder(.notSent(reason))) == .retry(afterSeconds: nil, reason))
        #expect(await adapter.deliver(disclosure, over: Folder(.uncertain(reason))) == .unknown(reason))
    }

    /// No LVS has a public interface for writing.
    @Test func nothingIsWrittenOverAnInterface() async throws {
        let transport = AnsweringTransport("{}")
        let adapter = try Example.adapter(["dialect": "somtoday"])
        for kind in MessageKind.allCases {
            let outcome = await adapter.deliver(message(kind, Self.step, channel: .api), over: transport)
            #expect(outcome == .rejected(OutcomeReason(.contentNotRepresentable)))
        }
        #expect(transport.requests.isEmpty)
    }
}
