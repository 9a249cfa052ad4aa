// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Foundation

/// Makes PDFs with Debian's program `weasyprint` (package `weasyprint`), tagged as PDF/UA-1.
///
/// The document goes in over a pipe and the PDF comes out over another: the program can put neither into a file, and there is
/// nothing in the document that it could fetch. It is looked up anew for every document, so it can be installed while the gateway runs.
public struct WeasyPrintRenderer: DocumentRenderer {
    private let searchPath: String
    private let limits: BoundedProgram.Limits
    private let places: Places

    /// - Parameters:
    ///   - searchPath: Folders with a colon between them, as in `PATH`; the process' own by default.
    ///   - timeLimit: For the wait for a free place and for the making, each.
    ///   - atOnce: How many documents are made at the same time; each takes a second of one processor.
    public init(
        searchPath: String? = nil, timeLimit: Duration = .seconds(30), atOnce: Int = 2
    ) {
        self.searchPath = searchPath ?? ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        limits = BoundedProgram.Limits(time: timeLimit, outputBytes: 20_000_000)
        places = Places(atOnce)
    }

    /// Whether the program is there.
    public var isInstalled: Bool { program != nil }

    public func pdf(of document: HandoverDocument) async -> [UInt8]? {
        await pdf(ofPage: DocumentHTML.page(document))
    }

    public func pdf(ofPage html: String) async -> [UInt8]? {
        guard let program, await places.take(within: limits.time) else { return nil }
        defer { places.giveBack() }
        let bytes = await BoundedProgram(
            path: program, arguments: Self.arguments, environment: Self.environment
        )
        .run(input: Array(html.utf8), limits)
        guard let bytes, bytes.starts(with: Array("%PDF-".utf8)) else { return nil }
        return bytes
    }

    private var program: String? {
        searchPath.split(separator: ":").map { "\($0)/weasyprint" }
            .first { $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// With a fixed identifier, and a fixed time for its fonts, the same document gives the same bytes over every attempt.
    private static let arguments = [
        "--quiet", "--encoding", "utf-8", "--base-url", "about:blank", "--media-type", "print",
        "--pdf-variant",
        "pdf/ua-1", "--pdf-identifier", "meldpoort", "-", "-",
    ]

    /// Nothing of the gateway's own. Without a path it looks for no compiler to find its libraries with; the folder that it makes for
    /// fonts, and leaves empty, is in memory; whatever would go over the network after all meets a proxy that does not exist.
    private static let environment = [
        "PATH=/nonexistent", "LANG=C.UTF-8", "HOME=/nonexistent", "TMPDIR=/dev/shm", "PYTHONDONTWRITEBYTECODE=1",
        "SOURCE_DATE_EPOCH=0",
        "http_proxy=http://127.0.0.1:9", "https_proxy=http://127.0.0.1:9", "ftp_proxy=http://127.0.0.1:9",
    ]
}
