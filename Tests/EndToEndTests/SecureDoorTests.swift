// SPDX-License-Identifier: EUPL-1.2
import Foundation
import RunningGateway
import Sandbox
import Testing
import Values

/// TLS at the door, with the tools that people have.
@Suite struct SecureDoorTests {
    @Test func theDoorSpeaksTLSAndNothingElse() async throws {
        var options = BoardOptions()
        options.isDoorSecure = true
        try await RunningSite.with(options) { site in
            #expect(site.address.hasPrefix("https://"))
            let ca = site.board.certificates.ca
            let live = "\(site.address)/health/live"
            #expect(try await curl(["--cacert", ca, live]).status == 0)
            // An unknown authority, an old version, and no TLS at all.
            #expect(try await curl([live]).status == 60)
            #expect(try await curl(["--cacert", ca, "--tls-max", "1.1", live]).status != 0)
            let plain = live.replacing("https:", with: "http:")
            let answer = try await curl([plain])
            #expect(answer.status != 0 && answer.output.isEmpty)
            // The command line over TLS.
            let event = String(decoding: SchoolEvent.concern("zaak-1").canonicalBytes, as: UTF8.self)
            let submitted = try await site.cli(
                ["submit", "-", "--json", "--ca-file", ca], as: .system, input: event)
            #expect(submitted.json["id"] as? Int == 1)
            let shown = try await site.cli(["events", "show", "1", "--json", "--ca-file", ca], as: .system)
            #expect(shown.json["type"] as? String == "nl.meldcode.zorg-gesignaleerd.v1")
            let untrusting = try await site.cli(["submit", "-"], as: .system, input: event, mayFail: true)
            #expect(untrusting.status == 1)
            // And curl, as a school's system would.
            let token = site.token(of: .system)
            let posted = try await curl([
                "--cacert", ca, "-H", "Authorization: Bearer \(token)", "-H",
                "Content-Type: application/cloudevents+json", "--data-binary", event,
                "\(site.address)/v1/gebeurtenissen",
            ])
            #expect(posted.output.contains("\"herhaling\":true"), "\(posted.output)")
            #expect(!site.log.text.contains(token))
        }
    }

    private func curl(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        try await offPool {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
            process.arguments = ["-s", "-S", "--max-time", "10"] + arguments
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            try process.run()
            let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
        }
    }
}
