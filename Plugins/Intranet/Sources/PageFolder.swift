// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Values

/// A folder with one page per publication, which a web server shows. The image stands in the page itself, so a page is one file: it is
/// replaced whole, and nothing of it stays behind when it is withdrawn.
struct PageFolder: Target {
    static let settings = [
        SettingSpecification("organisation", .text, summary: "The board's name, shown above each page."),
        SettingSpecification(
            "home_address", .text, summary: "Where the link above each page leads: the intranet's first page."),
    ]

    private let organisation: String?
    private let home: String?

    init(_ settings: AdapterSettings, problems: inout [SettingProblems.Problem]) {
        organisation = settings["html", "organisation"]?.string
        home = settings["html", "home_address"]?.string
        if let home, !home.hasPrefix("https://") || home.contains(where: \.isWhitespace) {
            problems.append(
                .init(
                    path: ["html", "home_address"], message: "this is no whole address of a page",
                    suggestion: "https://intranet.voorbeeldbestuur.example/"))
        }
        if let organisation, organisation.isEmpty || organisation.contains(where: \.isNewline) {
            problems.append(
                .init(path: ["html", "organisation"], message: "this is one line of text, or left out"))
        }
    }

    func publish(
        _ publication: Publication, at place: PageName, _ disclosure: Disclosure, over transport: any OutboundTransport
    ) async throws(Ending) -> Receipt {
        let page = StaticPage(publication, organisation: organisation, home: home)
        let file = DroppedFile(name: Self.name(place), bytes: Array(page.html.utf8))
        try Self.check(await transport.write(file))
        return Receipt(reference: file.name)
    }

    func withdraw(
        _ place: PageName, _ disclosure: Disclosure, over transport: any OutboundTransport
    ) async throws(Ending) -> Receipt {
        try Self.check(await transport.remove(fileNamed: Self.name(place)))
        return Receipt(reference: Self.name(place))
    }

    func probe(over transport: any OutboundTransport) async -> ProbeResult {
        await transport.probe()
    }

    private static func name(_ place: PageName) -> String { "\(place.text).html" }

    private static func check(_ exchange: Exchange<FileReceipt>) throws(Ending) {
        switch exchange {
        case .answered: return
        case .notSent(let reason): throw Ending(.retry(afterSeconds: nil, reason))
        case .uncertain(let reason): throw Ending(.unknown(reason))
        }
    }
}
