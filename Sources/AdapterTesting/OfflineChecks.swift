// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Disclosures
import Foundation
import Values

// Checks that connect to nothing.
extension AdapterSuite {
    func refusesBadSettings(_ report: inout Report) throws {
        guard let sample = try setups().first else { return }
        for bad in badSettings {
            let values = sample.settings.values.replacing(at: bad.path[...], with: bad.value)
            var secrets = sample.settings.secrets
            if bad.value == nil { secrets[bad.path] = nil }
            let settings = AdapterSettings(
                values: values, channel: (bad.channel ?? sample.channel).rawValue, secrets: secrets)
            do throws(SettingProblems) {
                _ = try host.adapter(adapter, settings)
                report.add("\(bad.name): taken without a word")
            } catch {
                let paths = error.problems.map { $0.path.joined(separator: ".") }
                report.require(
                    error.problems.contains { $0.path == bad.reportedAt && !$0.message.isEmpty },
                    "\(bad.name): reported at \(paths.joined(separator: ", ")), not at \(bad.reportedAt.joined(separator: "."))"
                )
            }
        }
    }

    func survivesTheWire(_ report: inout Report) async throws {
        func travels<Value: Codable & Equatable>(_ value: Value, _ what: String) throws {
            let again = try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
            report.require(again == value, "\(what) changes on its way over JSON")
        }
        for label in OutcomeLabel.allCases {
            let reason = OutcomeReason(label, status: 503)
            for outcome in [Outcome.rejected(reason), .retry(afterSeconds: 7, reason), .unknown(reason)] {
                try travels(outcome, "an outcome")
            }
        }
        try travels(Outcome.accepted(Receipt(reference: "IDX-1")), "a receipt")
        for setup in try setups() {
            let adapter = try setup.adapter()
            for kind in adapter.specification.messages(over: setup.channel) {
                let disclosure = SampleMessage(kind, to: setup.recipient).disclosure
                try travels(disclosure, "the disclosure of \(kind)")
                if setup.channel == .handover { try travels(adapter.handover(disclosure), "the text of \(kind)") }
                let outcome = await adapter.deliver(
                    disclosure, over: ScriptedTransport(.uncertain(.init(.interrupted))))
                try travels(outcome, "the outcome of \(kind)")
            }
        }
    }

    func handsOverEverything(_ report: inout Report) throws {
        for setup in try setups().filter({ $0.channel == .handover }) {
            report.place = setup.name
            let adapter = try setup.adapter()
            let known = adapter.specification.messages(over: .handover)
            for kind in MessageKind.allCases {
                for extent in SampleMessage.Extent.all(of: kind) {
                    handsOver(
                        SampleMessage(kind, extent, to: setup.recipient), "\(kind), \(extent)", adapter,
                        isKnown: known.contains(kind), &report)
                }
            }
        }
    }

    private func handsOver(
        _ message: SampleMessage, _ what: String, _ adapter: any Adapter, isKnown: Bool, _ report: inout Report
    ) {
        do throws(HandoverImpossible) {
            let document = try adapter.handover(message.disclosure)
            report.require(isKnown, "\(what): not declared, yet handed over")
            let lines = document.sections.flatMap(\.lines)
            let shown = lines.map { "\($0.label)\n\($0.value)" }.joined(separator: "\n")
            for field in message.missing(from: [Array(shown.utf8)]) { report.add("\(what): \(field) is not shown") }
            report.require(!document.instruction.isEmpty, "\(what): no instruction")
            report.require(lines.allSatisfy { !$0.label.isEmpty }, "\(what): a line without a label")
        } catch {
            report.require(!isKnown, "\(what): declared, yet impossible")
        }
    }

    func probesNothingForHandover(_ report: inout Report) async throws {
        for setup in try setups().filter({ $0.channel == .handover }) {
            let transport = ScriptedTransport(.notSent(.init(.notSent)))
            let result = await (try setup.adapter()).probe(over: transport)
            report.require(result == .nothingToProbe, "\(setup.name): a handover's probe says \(result)")
            report.require(transport.touches == 0, "\(setup.name): a handover's probe uses the transport")
        }
    }

    func documentsItself(_ report: inout Report) throws {
        let specification = adapter.specification
        let readme = try String(contentsOfFile: "\(folder)/README.md", encoding: .utf8)
        for section in Readme.sections where !readme.contains("\n## \(section)\n") {
            report.add("README.md has no section '## \(section)'")
        }
        let table = Readme.settingsTable(of: specification)
        report.require(readme.contains(table), "README.md does not hold this settings table:\n\(table)")
        let sample = try String(contentsOfFile: "\(folder)/sample.yaml", encoding: .utf8)
        report.require(sample == specification.sample, "sample.yaml is not the specification's sample")
        report.require(!specification.summary.isEmpty, "the specification has no summary")
        for setup in try setups() {
            report.require(
                specification.channels.contains(setup.channel),
                "\(setup.name): channel \(setup.channel) is not declared")
            _ = try setup.adapter()
        }
        for channel in specification.channels.subtracting(try setups().map(\.channel)) {
            report.add("no sample configures channel \(channel)")
        }
    }

    func staysQuiet(_ report: inout Report) throws {
        let allowed: Set<String> = ["AdapterSDK", "AdapterKit", "Disclosures", "Values", "Synchronization"]
        let words = ["print(", "debugPrint(", "dump(", "FileHandle", "Logger", "fputs", "NSLog", "stdout", "stderr"]
        let files = FileManager.default.enumerator(atPath: "\(folder)/Sources")?.compactMap { $0 as? String } ?? []
        report.require(!files.isEmpty, "no sources in \(folder)/Sources")
        for file in files.filter({ $0.hasSuffix(".swift") }) {
            let text = try String(contentsOfFile: "\(folder)/Sources/\(file)", encoding: .utf8)
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: " ")
                if let place = parts.firstIndex(of: "import"), place < 2, let module = parts.last,
                    !allowed.contains(String(module))
                {
                    report.add("\(file): imports \(module)")
                }
                let code = line.prefix(upTo: line.firstRange(of: "//")?.lowerBound ?? line.endIndex)
                for word in words where code.contains(word) { report.add("\(file): uses \(word)") }
            }
        }
    }
}

extension JSONValue {
    /// The value with the member at this path set, or taken away.
    func replacing(at path: ArraySlice<String>, with value: JSONValue?) -> JSONValue {
        guard let key = path.first else { return value ?? .null }
        guard path.count > 1 else { return setting(key, value) }
        let child = Int(key).flatMap { self[$0] } ?? self[key] ?? .object([:])
        return setting(key, child.replacing(at: path.dropFirst(), with: value))
    }

    private func setting(_ key: String, _ value: JSONValue?) -> JSONValue {
        if case .array(var elements) = self, let index = Int(key), elements.indices.contains(index) {
            if let value { elements[index] = value } else { elements.remove(at: index) }
            return .array(elements)
        }
        var members = object ?? [:]
        members[key] = value
        return .object(members)
    }
}
