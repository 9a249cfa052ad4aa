// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// Uitvoeringsbesluit Wmo 2015 art. 4.1.8(3): who reported stays hidden from the family.
@Suite struct HiddenReporterTests {
    @Test func theOriginStandsOnlyInTheSecondPartAndNowhereElse() async throws {
        var options = BoardOptions()
        options.hasPartners = true
        try await RunningSite.with(options, logLevel: "trace") { site in
            let event = try await site.submit(SchoolEvent.hiddenReport("zaak-1"), as: .aandachtsfunctionaris)
            let number = try await site.delivery(ofEvent: event).number
            let mails = try await site.board.relay.waitForMessages(1, timeout: .seconds(20))
            try await site.delivery(number, becomes: "afgeleverd")
            let document = mails.flatMap(\.parsed.attachments).map { String(decoding: $0.bytes, as: UTF8.self) }
                .joined()
            let parts = document.components(separatedBy: "DEEL 2")
            #expect(parts.count == 2, "\(document)")
            #expect(parts[0].contains(SchoolEvent.facts))
            for origin in [SchoolEvent.staffName, "Voorbeeldschool De Wilg", "01AB", "010 000 00 00", "zorgkanarie"] {
                #expect(!parts[0].contains(origin), "\(origin) in part one")
                #expect(parts.last?.contains(origin) == true, "\(origin) not in part two")
            }
            let entries = try await site.entries(of: number)
            #expect(entries.first?.json["verwerkingsactiviteit"]?.string == "vt-melding-herkomst-verborgen")
            try await nothingElsewhere(site)
            let canary = LeakCanary(values: SchoolEvent.personal)
            #expect(canary.findings(in: site.log.bytes, place: "log") == [])
            #expect(!site.log.text.contains("intern begeleider"), "the persons file stands in the log")
            let outside = mails.map { "\($0.parsed.subject)\n\($0.parsed.text)" }.joined()
            #expect(canary.findings(in: outside, place: "mail") == [])
            #expect(!outside.contains("De Wilg"))
            #expect(try await site.verify() == "")
        }
    }

    /// Later events of the case: no trace in the LVS, and no origin at another partner.
    private func nothingElsewhere(_ site: RunningSite) async throws {
        try await site.submit(SchoolEvent.releaseToLVS("zaak-1"), as: .aandachtsfunctionaris)
        let step = try await site.delivery(ofEvent: try await site.submit(SchoolEvent.step("zaak-1"), as: .system))
        #expect(step.state == "geweigerd" && step.reason == "herkomstVerborgen")
        let shared = try await site.submit(
            SchoolEvent.share("zaak-1", to: ["raad"], purpose: "takenRaad"), as: .aandachtsfunctionaris)
        let number = try await site.delivery(ofEvent: shared).number
        let text = try await site.send(.act(number, "vrijgave"), as: .aandachtsfunctionaris)
        #expect(text.status == 200 && text.text.contains(SchoolEvent.facts))
        #expect(!text.text.contains(SchoolEvent.staffName) && !text.text.contains("De Wilg"))
    }
}
