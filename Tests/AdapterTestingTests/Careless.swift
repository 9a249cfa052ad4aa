// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import AdapterTesting
import Disclosures
import Foundation
import Sandbox
import Values

/// Makes suites for the careless adapters.
enum Careless {
    /// Runs with a suite on a folder of its own, which is gone afterwards.
    static func suite<Value>(
        _ adapter: any Adapter.Type, mistake: String, readme: String? = nil, source: String = "import AdapterSDK\n",
        sample: String? = nil, _ body: (AdapterSuite, String) async throws -> Value
    ) async throws -> Value {
        let manager = FileManager.default
        let folder = manager.temporaryDirectory.path + "/meldpoort-careless-\(UUID().uuidString)"
        defer { try? manager.removeItem(atPath: folder) }
        try manager.createDirectory(atPath: folder + "/Sources", withIntermediateDirectories: true)
        let sections = Readme.sections.map { "\n## \($0)\n" }.joined()
        let table = Readme.settingsTable(of: adapter.specification)
        try (readme ?? "# Careless\n\(sections)\n\(table)\n").write(
            toFile: folder + "/README.md", atomically: true, encoding: .utf8)
        let text = (sample ?? adapter.specification.sample).replacing("mistake: none", with: "mistake: \(mistake)")
        try text.write(toFile: folder + "/sample.yaml", atomically: true, encoding: .utf8)
        try source.write(toFile: folder + "/Sources/Careless.swift", atomically: true, encoding: .utf8)
        let bad: AdapterSuite.BadSettings =
            adapter == CarelessAdapter.self
            ? .init("a path without a slash", at: ["path"], "in")
            : .init("no such mistake", at: ["mistake"], "vergissing")
        let suite = AdapterSuite(
            adapter, badSettings: [bad], counterpart: counterpart(of: adapter),
            testFile: folder + "/Tests/CarelessTests.swift")
        return try await body(suite, folder)
    }

    private static func counterpart(of adapter: any Adapter.Type) -> AdapterSuite.Counterpart {
        if adapter == CarelessAdapter.self { return .init() }
        if adapter == CarelessReader.self {
            let pupil = AdapterSuite.KnownPupil(
                school: "99XX", queries: [.number("40009999")], isSecret: [.huisnummer])
            return .init(
                accepting: { _ in .json(200, CarelessReader.answer.canonicalString) }, isMessage: { _ in false },
                pupil: { _ in pupil })
        }
        return .init(
            isMessage: { $0.method != "GET" }, key: { $0.content["publicatie"]?.string ?? $0.idempotencyKey })
    }
}
