// SPDX-License-Identifier: EUPL-1.2
import AdapterSDK
import Bestuur
import BoardConfiguration
import Foundation
import Intranet
import Ketenpartner
import Leerlingvolgsysteem
import Testing
import VeiligThuis
import Verwijsindex

/// What an adapter's README says of what is sent and never sent is what the rules say.
///
/// `MELDPOORT_WRITE_GOLDEN=1` writes it anew between its marks and fails, so that somebody reads what changed before it is kept.
@Suite struct ReadmeTests {
    private static let adapters: [(folder: String, type: any Adapter.Type)] = [
        ("Verwijsindex", VerwijsindexAdapter.self), ("VeiligThuis", VeiligThuisAdapter.self),
        ("Leerlingvolgsysteem", LeerlingvolgsysteemAdapter.self), ("Intranet", IntranetAdapter.self),
        ("Ketenpartner", KetenpartnerAdapter.self), ("Bestuur", BestuurAdapter.self),
    ]

    private static let writes = ProcessInfo.processInfo.environment["MELDPOORT_WRITE_GOLDEN"] == "1"
    private static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: adapters.indices)
    func `what is sent stands in the README`(_ index: Int) throws {
        let (folder, type) = Self.adapters[index]
        let file = Self.checkout.appendingPathComponent("Plugins/\(folder)/README.md")
        let readme = try String(contentsOf: file, encoding: .utf8)
        let table = DisclosureTable(try PolicyLoader.standard())
        let right = try #require(
            table.replacing(in: readme, for: type.specification),
            "\(folder)/README.md has no marks to put the output of `adapter readme` between")
        if readme != right, Self.writes { try right.write(to: file, atomically: true, encoding: .utf8) }
        #expect(readme == right, "\(folder)/README.md is not what the rules say; see MELDPOORT_WRITE_GOLDEN")
    }

    @Test func `every adapter's folder is looked at`() throws {
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Self.checkout.appendingPathComponent("Plugins").path)
        #expect(Set(folders.filter { !$0.hasPrefix(".") }) == Set(Self.adapters.map(\.folder)))
    }
}
