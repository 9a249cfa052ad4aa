// SPDX-License-Identifier: EUPL-1.2
public import AdapterSDK
import Disclosures
import Foundation
import Synchronization

/// The adapter's side of the pipe: one adapter in a process of its own, which asks its transport back from the gateway.
///
/// It takes its standard input for itself, a socket whose other end the gateway holds, and ends when that end is closed. What an adapter
/// prints goes nowhere.
public final class AdapterServer: Sendable {
    private let type: any Adapter.Type
    private let stream: FrameStream
    private let desk = Mutex(Desk())
    private let writing = Mutex(())

    private struct Desk {
        var nextAsk = 0
        var waiting: [Int: CheckedContinuation<Answer, Never>] = [:]
        var calls: [Int: Task<Void, Never>] = [:]
    }

    /// - Throws: `NoGateway` when the standard input cannot be taken over.
    public init(_ type: any Adapter.Type) throws {
        self.type = type
        let own = fcntl(0, F_DUPFD_CLOEXEC, 3)
        let nowhere = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard own >= 0, nowhere >= 0, dup2(nowhere, 0) == 0, dup2(nowhere, 1) == 1 else { throw NoGateway() }
        close(nowhere)
        stream = FrameStream(descriptor: own)
    }

    /// Serves until the gateway closes its end. Blocks.
    /// - Throws: `NoGateway` when what comes in is no message of a gateway.
    public func run() throws {
        do throws(FrameStream.Failure) {
            guard case .configure(let configuration) = try stream.read(ToAdapter.self) else { throw .notUnderstood }
            guard let adapter = configure(configuration) else { return }
            while true { handle(try stream.read(ToAdapter.self), adapter) }
        } catch {
            // Who asked is gone: nothing that is still under way can be told to anybody.
            if error == .ended { return }
            throw NoGateway()
        }
    }

    private func configure(_ configuration: Configuration) -> (any Adapter)? {
        guard configuration.version == wireVersion else {
            say(.configured(.otherVersion(wireVersion)))
            return nil
        }
        do throws(SettingProblems) {
            let adapter = try type.init(settings: configuration.settings)
            say(.configured(.ready))
            return adapter
        } catch {
            say(.configured(.refused(error)))
            return nil
        }
    }

    private func handle(_ message: ToAdapter, _ adapter: any Adapter) {
        switch message {
        case .configure: break
        case .call(let number, let call):
            desk.withLock { desk in
                desk.calls[number] = Task {
                    let result = await perform(call, number, adapter)
                    self.desk.withLock { $0.calls[number] = nil }
                    say(.result(number, result))
                }
            }
        case .answer(_, let ask, let answer):
            desk.withLock { $0.waiting.removeValue(forKey: ask) }?.resume(returning: answer)
        case .cancel(let number): desk.withLock { $0.calls[number] }?.cancel()
        }
    }

    private func perform(_ call: Call, _ number: Int, _ adapter: any Adapter) async -> CallResult {
        let transport = AskedTransport(server: self, call: number)
        switch call {
        case .deliver(let disclosure): return .outcome(await adapter.deliver(disclosure, over: transport))
        case .handover(let disclosure):
            do throws(HandoverImpossible) {
                return .document(try adapter.handover(disclosure))
            } catch {
                return .impossible(error)
            }
        case .probe: return .probe(await adapter.probe(over: transport))
        case .find(let query):
            guard let source = adapter as? any PupilSource else { return .pupils(.failed(.init(.notSent))) }
            return .pupils(await source.find(query, over: transport))
        case .concerns(let file):
            guard let source = adapter as? any ConcernSource else { return .problems(ConcernFileProblems([])) }
            do throws(ConcernFileProblems) {
                return .concerns(try source.concerns(in: file))
            } catch {
                return .problems(error)
            }
        }
    }

    fileprivate func ask(_ ask: Ask, for call: Int) async -> Answer {
        await withCheckedContinuation { continuation in
            let number = desk.withLock { desk in
                desk.nextAsk += 1
                desk.waiting[desk.nextAsk] = continuation
                return desk.nextAsk
            }
            say(.ask(call: call, ask: number, ask))
        }
    }

    private func say(_ message: FromAdapter) {
        // What is too long for a frame ends this process: the gateway then knows what it asked, and what may have left.
        guard let frame = try? FrameStream.frame(message) else { exit(EXIT_FAILURE) }
        writing.withLock { _ in _ = try? stream.write(frame) }
    }
}

/// The standard input is no gateway.
public struct NoGateway: Error, Sendable, Hashable, CustomStringConvertible {
    public let description = "This command is started by the gateway, and speaks to nobody else."
}

/// The way out of an adapter in a process of its own: the gateway's.
private struct AskedTransport: OutboundTransport {
    let server: AdapterServer
    let call: Int

    func send(_ request: HTTPRequest) async -> Exchange<HTTPResponse> {
        if case .http(let exchange) = await server.ask(.http(request), for: call) { return exchange }
        return .uncertain(OutcomeReason(.interrupted))
    }

    func send(_ mail: MailMessage) async -> Exchange<MailReceipt> {
        if case .mail(let exchange) = await server.ask(.mail(mail), for: call) { return exchange }
        return .uncertain(OutcomeReason(.interrupted))
    }

    func probe() async -> ProbeResult {
        if case .probe(let result) = await server.ask(.probe, for: call) { return result }
        return .failed(OutcomeReason(.interrupted))
    }

    func write(_ file: DroppedFile) async -> Exchange<FileReceipt> {
        if case .file(let exchange) = await server.ask(.write(file), for: call) { return exchange }
        return .uncertain(OutcomeReason(.interrupted))
    }

    func remove(fileNamed name: String) async -> Exchange<FileReceipt> {
        if case .file(let exchange) = await server.ask(.remove(name), for: call) { return exchange }
        return .uncertain(OutcomeReason(.interrupted))
    }
}
