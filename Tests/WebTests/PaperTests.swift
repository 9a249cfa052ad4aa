// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Synchronization
import Testing
import Values

/// The text of a handover as a PDF.
@Suite struct PaperTests {
    /// Makes as many PDFs as it has, and tells what they were of.
    private final class Printer: DocumentRenderer {
        private let state: Mutex<(paper: Int, titles: [String])>

        init(paper: Int) { state = Mutex((paper, [])) }

        var titles: [String] { state.withLock { $0.titles } }

        func pdf(of document: HandoverDocument) async -> [UInt8]? {
            state.withLock { state in
                guard state.paper > 0 else { return nil }
                state.paper -= 1
                state.titles.append(document.title)
                return Array("%PDF-proef van \(document.title)".utf8)
            }
        }
    }

    private func release(
        _ renderer: (any DocumentRenderer)?, accepting types: String,
        _ body: @Sendable @escaping (TestDoor, Reply) async throws -> Void
    ) async throws {
        try await TestDoor.open(renderer: renderer) { door in
            _ = try await door.submit(Sample.report(), as: .responsible)
            let reply = try await door.post(
                "/v1/afleveringen/1/vrijgave", [:], as: .responsible, headers: [("Accept", types)])
            try await body(door, reply)
        }
    }

    @Test func theTextComesAsAPDF() async throws {
        try await release(Printer(paper: 2), accepting: "application/pdf") { door, reply in
            #expect(reply.status == 200 && reply.header("content-type") == "application/pdf")
            #expect(reply.text == "%PDF-proef van Melding")
            let delivery = try await door.get("/v1/afleveringen/1", as: .responsible)
            #expect(delivery.json?["status"]?.string == "vrijgegeven")
        }
    }

    /// Nothing is released for a PDF that cannot be made: the text is given once.
    @Test func withoutPrinterNothingIsReleased() async throws {
        for renderer in [nil, Printer(paper: 0)] {
            try await release(renderer, accepting: "application/pdf") { door, reply in
                #expect(reply.status == 503)
                #expect(reply.json?["detail"]?.string?.contains("er is niets vrijgegeven") == true)
                let again = try await door.post("/v1/afleveringen/1/vrijgave", [:], as: .responsible)
                #expect(again.json?["titel"]?.string == "Melding")
            }
        }
    }

    /// Released is released: who gets no PDF then gets the text.
    @Test func aPrinterThatFailsLosesNothing() async throws {
        try await release(Printer(paper: 1), accepting: "application/pdf") { _, reply in
            #expect(reply.status == 200 && reply.header("content-type") == "application/json")
            #expect(reply.json?["titel"]?.string == "Melding")
        }
    }

    @Test(arguments: ["*/*", "application/json", "application/json, application/pdf", "application/*"])
    func whoDoesNotAskForItGetsNone(types: String) async throws {
        let printer = Printer(paper: 9)
        try await release(printer, accepting: types) { _, reply in
            #expect(reply.json?["titel"]?.string == "Melding")
        }
        #expect(printer.titles.isEmpty)
    }

    @Test func otherFormsThereAreNot() async throws {
        try await release(Printer(paper: 9), accepting: "text/html") { _, reply in #expect(reply.status == 406) }
    }
}
