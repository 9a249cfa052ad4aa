// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Testing

@testable import Documents

/// With programs that every Debian has.
@Suite(.serialized) struct BoundedProgramTests {
    private func run(
        _ path: String, _ arguments: [String], input: [UInt8] = [], seconds: Int = 20,
        limit: Int = 10_000_000
    ) async -> [UInt8]? {
        await BoundedProgram(path: path, arguments: arguments, environment: ["PATH=/usr/bin:/bin"])
            .run(input: input, .init(time: .seconds(seconds), outputBytes: limit))
    }

    @Test func `gives back what the program writes`() async {
        #expect(await run("/bin/cat", [], input: Array("één\n".utf8)) == Array("één\n".utf8))
        // More than a pipe holds, both ways at once.
        let many = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(await run("/bin/cat", [], input: many) == many)
    }

    @Test func `gives nothing of a program that fails`() async {
        #expect(await run("/bin/sh", ["-c", "echo half; exit 3"]) == nil)
        #expect(await run("/bin/sh", ["-c", "echo half; kill -9 $$"]) == nil)
        #expect(await run("/nonexistent/program", []) == nil)
    }

    @Test func `does not wait for a program that reads nothing`() async {
        #expect(
            await run("/bin/echo", ["x"], input: [UInt8](repeating: 1, count: 1_000_000))
                == Array("x\n".utf8))
    }

    @Test func `ends a program that takes too long, with its children`() async {
        let start = ContinuousClock.now
        #expect(await run("/bin/sh", ["-c", "sleep 600 & sleep 600"], seconds: 1) == nil)
        #expect(await run("/bin/sh", ["-c", "exec >&-; sleep 600"], seconds: 1) == nil)
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `ends a program that writes too much`() async {
        #expect(await run("/usr/bin/yes", [], limit: 100_000) == nil)
    }

    @Test func `lets a program keep nothing in a file`() async throws {
        let file = FileManager.default.temporaryDirectory.path + "/meldpoort-documents-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let script = "trap '' XFSZ; cat > \(file); echo done"
        let output = await run("/bin/sh", ["-c", script], input: [UInt8](repeating: 65, count: 1000))
        #expect(output == Array("done\n".utf8))
        #expect(try String(contentsOfFile: file, encoding: .utf8).count <= 16)
    }

    @Test func `gives a program nothing of its own`() async throws {
        let output = try #require(await run("/bin/sh", ["-c", "env; pwd; ls /proc/$$/fd"]))
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("HOME=") || $0.hasPrefix("USER=") })
        #expect(lines.contains("/"))
        #expect(lines.filter { Int($0) != nil }.count == 3)
    }

    @Test func `ends a program when nobody waits any more`() async {
        let task = Task { await run("/bin/sleep", ["600"], seconds: 600) }
        task.cancel()
        #expect(await task.value == nil)
    }

    @Test func `makes late comers wait, and not for ever`() async {
        let places = Places(1)
        #expect(await places.take(within: .seconds(5)))
        #expect(await !places.take(within: .milliseconds(20)))
        async let next = places.take(within: .seconds(20))
        places.giveBack()
        #expect(await next)
        places.giveBack()
        #expect(await places.take(within: .seconds(5)))
    }
}
