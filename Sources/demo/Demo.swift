// SPDX-License-Identifier: EUPL-1.2
import ArgumentParser
import Foundation
import Sandbox

/// The demo: a gateway with stand-in counterparts, the sample events through its real HTTP door, and the story of what happened.
@main
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run the gateway beside stand-in counterparts and tell what happens.")

    @Flag(help: "End by itself; status 0 only if everything happened as told.")
    var once = false

    @Option(help: "Where the demo keeps its files; anything there is removed first.")
    var folder = "demo-data"

    func run() async throws {
        var options = BoardOptions()
        options.hasChain = true
        options.makesPapers = true
        let site = try await BoardSite.build(in: folder, options: options)
        let gateway = try await GatewayProcess.start(site.cli)
        let story = Story(site: site, cli: site.cli.at(gateway.address), address: gateway.address)
        do {
            try await story.tell()
        } catch {
            print("\nDe demo ging niet zoals verteld: \(error)")
            _ = await gateway.stop()
            await site.tearDown()
            throw ExitCode.failure
        }
        if !once {
            story.tellHowToGoOn()
            // Into a pipe nothing else would push the end of the story out while it keeps running.
            fflush(nil)
            await Self.untilInterrupted()
        }
        let isEnded = await gateway.stop()
        await site.tearDown()
        print(isEnded ? "De gateway is netjes gestopt." : "De gateway stopte niet netjes.")
        if !isEnded { throw ExitCode.failure }
    }

    /// Ctrl-C reaches the gateway too (it is in the same process group), so all that is left is to wait for it.
    private static func untilInterrupted() async {
        signal(SIGINT, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            source.setEventHandler {
                source.cancel()
                continuation.resume()
            }
            source.resume()
        }
    }
}

/// Something did not happen as the story says.
struct Untrue: Error, CustomStringConvertible {
    let description: String
}
