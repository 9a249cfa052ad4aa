// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Documents
import Foundation
import Testing

/// With Debian's weasyprint, looked at with poppler and qpdf.
@Suite(.serialized) struct WeasyPrintTests {
    private static let document = HandoverDocument(
        title: "Melding bij Veilig Thuis",
        instruction: "Deel 2 is alleen voor Veilig Thuis: geef het niet ter inzage.",
        sections: [
            .init(
                part: "Deel 1: inzage betrokkenen", heading: "Melding",
                lines: [
                    .init(
                        label: "Feiten",
                        value: String(repeating: "Kwam drie keer zonder eten, één keer ziek. ", count: 150)),
                    .init(label: "Verwachting", value: "Ja & <nee>"),
                ]),
            .init(
                part: "Deel 2: alleen voor Veilig Thuis", heading: "Betrokkenen",
                lines: [
                    .init(label: "Kind: straat", value: "Proefstraat"),
                    .init(label: "Kind: huisnummer", value: "1"),
                ]),
        ], reference: "MP-A1-7K2M")

    private func program(_ path: String, _ arguments: [String], _ input: [UInt8]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "\(UUID().uuidString).pdf")
        try Data(input).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        process.arguments = arguments.map { $0 == "FILE" ? file.path : $0 }
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(path) does not like the file")
        return text
    }

    @Test func `makes a PDF that can be read aloud`() async throws {
        let pdf = try #require(await WeasyPrintRenderer().pdf(of: Self.document))
        let facts = try program("/usr/bin/pdfinfo", ["FILE"], pdf).split(separator: "\n").map { line in
            line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let fact = Dictionary(
            facts.map { ($0[0], $0.last ?? "") }, uniquingKeysWith: { first, _ in first })
        #expect(fact["Tagged"] == "yes")
        #expect(fact["Title"] == "Melding bij Veilig Thuis")
        #expect(fact["Encrypted"] == "no" && fact["JavaScript"] == "no")
        let structure = try program("/usr/bin/pdfinfo", ["-struct-text", "FILE"], pdf)
        for element in ["H1 ", "H2 ", "H3 ", "H4 ", "Table ", "TH", "TD", "P "] {
            #expect(structure.contains("\(element)"), "no \(element)")
        }
        _ = try program("/usr/bin/qpdf", ["--check", "FILE"], pdf)
        let plain = try program(
            "/usr/bin/qpdf", ["--qdf", "--object-streams=disable", "FILE", "-"], pdf)
        #expect(
            plain.contains("/Lang (nl)") && plain.contains("/Marked true")
                && plain.contains("pdfuaid:part=\"1\""))
    }

    @Test func `puts every part on pages of its own, with its name and the reference`() async throws {
        let pdf = try #require(await WeasyPrintRenderer().pdf(of: Self.document))
        let pages = try program("/usr/bin/pdftotext", ["-layout", "FILE", "-"], pdf).split(
            separator: "\u{0C}")
        #expect(pages.count == 3)
        for (index, page) in pages.enumerated() {
            #expect(page.contains("Kenmerk MP-A1-7K2M"))
            #expect(page.contains("Bladzijde \(index + 1) van 3"))
            #expect(page.contains("Deel 1: inzage betrokkenen") == (index < 2))
            #expect(page.contains("Proefstraat") == (index == 2))
            #expect(page.contains("Deel 2: alleen voor Veilig Thuis") == (index == 2))
        }
        #expect(pages.joined().contains("Ja & <nee>"))
    }

    @Test func `makes the same document the same over every attempt`() async {
        let renderer = WeasyPrintRenderer()
        async let first = renderer.pdf(of: Self.document)
        async let second = renderer.pdf(of: Self.document)
        let pdfs = await [first, second]
        #expect(pdfs[0] != nil && pdfs[0] == pdfs[1])
    }

    @Test func `fetches nothing`() async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 5) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        #expect(isBound)
        let url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/x.css"
        let texts = [
            "<link rel=stylesheet href=\(url)>", "<img src='\(url)'>",
            "</style><style>@import url(\(url));</style>",
            url,
            "<link rel=attachment href='file:///etc/passwd'>", "url(\(url))",
        ]
        let document = HandoverDocument(
            title: texts[1], instruction: texts.joined(separator: "\n"),
            sections: texts.map { .init(part: nil, heading: $0, lines: [.init(label: $0, value: $0)]) },
            reference: texts[5])
        let pdf = try #require(await WeasyPrintRenderer().pdf(of: document))
        var wait = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        #expect(poll(&wait, 1, 0) == 0, "something asked for \(url)")
        #expect(
            try program("/usr/bin/qpdf", ["--list-attachments", "FILE"], pdf).contains(
                "no embedded files"))
        #expect(
            try program("/usr/bin/pdftotext", ["-raw", "FILE", "-"], pdf).contains("rel=attachment"))
    }

    @Test func `makes nothing without the program`() async {
        let renderer = WeasyPrintRenderer(searchPath: "/nonexistent:relative")
        #expect(!renderer.isInstalled)
        #expect(await renderer.pdf(of: Self.document) == nil)
        #expect(WeasyPrintRenderer().isInstalled)
    }

    @Test func `makes nothing when it takes too long`() async {
        #expect(await WeasyPrintRenderer(timeLimit: .milliseconds(1)).pdf(of: Self.document) == nil)
    }
}
