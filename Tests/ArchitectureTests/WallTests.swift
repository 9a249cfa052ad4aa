// SPDX-License-Identifier: EUPL-1.2
import Testing

/// The walls between the rooms. SwiftPM lets a file import whatever is reachable through others; this does not.
@Suite struct WallTests {
    private let checkout = Checkout.shared
    private let manifest: Manifest

    init() throws {
        manifest = try Checkout.manifest.get()
    }

    /// Modules of the toolchain.
    private static let standard: Set<String> = [
        "Foundation", "FoundationEssentials", "FoundationXML", "Synchronization", "Testing", "Glibc", "Musl",
        "Dispatch",
    ]

    private static let pure: Set<String> = [
        "Values", "Disclosures", "CaseEvents", "PrivacyRules", "Meldcode", "Delivery", "Figures",
    ]

    @Test func everyFileImportsWhatItsTargetDependsOn() {
        for file in checkout.swiftFiles {
            for target in manifest.targets(of: file) {
                let mayImport = Self.standard.union(target.dependencies)
                let strangers = file.imports.filter { !mayImport.contains($0.module) }
                for (module, line) in strangers {
                    Issue.record("\(file.path):\(line): \(module) is no direct dependency of \(target.name)")
                }
            }
        }
    }

    /// A file in no target is never built, and a test in none never runs.
    @Test func everyFileBelongsToOneTarget() {
        let folders = ["Sources/", "Plugins/", "Tests/"]
        let files = checkout.swiftFiles.filter { file in folders.contains { file.path.hasPrefix($0) } }
        #expect(files.count > 200)
        for file in files {
            let names = manifest.targets(of: file).map(\.name)
            #expect(names.count == 1, "\(file.path) is in \(names)")
        }
        for target in manifest.targets where target.kind != .system {
            let hasFiles = checkout.files.contains { target.holds($0.path) }
            #expect(hasFiles, "\(target.name) has no files at \(target.path)")
        }
    }

    @Test func dependenciesExistAndAreUsed() {
        for target in manifest.targets where target.kind != .system {
            let used = Set(checkout.swiftFiles.filter { target.holds($0.path) }.flatMap(\.imports).map(\.module))
            let unused = target.dependencies.subtracting(used).sorted()
            #expect(unused.isEmpty, "\(target.name) depends on what none of its files imports")
        }
    }

    /// What each room can reach at all, through however many others.
    @Test(
        arguments: [
            ("Values", []), ("Disclosures", ["Values"]), ("CaseEvents", ["Values"]),
            ("PrivacyRules", ["CaseEvents", "Disclosures", "Values"]),
            ("Delivery", ["PrivacyRules", "CaseEvents", "Disclosures", "Values"]),
            // Figures know no case: what is counted comes in as rows without a reference.
            ("Figures", ["Values"]),
            // The adapter cannot name a full case: what it sees knows none.
            ("AdapterSDK", ["Disclosures", "Values"]),
            ("AdapterKit", ["AdapterSDK", "Disclosures", "Values", "CCMark", "Crypto"]),
            ("AdapterPipe", ["AdapterSDK", "Disclosures", "Values", "CSpawn"]),
            ("Transport", ["AdapterSDK", "Disclosures", "Values", "CCurl", "COpenSSL"]),
            // What a mail says reaches neither the store nor the network: it is read, and told what it looks like.
            (
                "Mail",
                ["Delivery", "PrivacyRules", "CaseEvents", "Disclosures", "Values", "CGMime", "CLibXML2"]
            ),
        ] as [(String, [String])])
    func reachOfARoom(_ room: String, _ reach: [String]) {
        #expect(manifest.target(room) != nil)
        #expect(manifest.reach(room).isSubset(of: reach), "\(room) reaches \(manifest.reach(room).sorted())")
    }

    @Test func pureRoomsImportOnlyPureRooms() {
        for name in Self.pure {
            guard let target = manifest.target(name) else {
                Issue.record("no room \(name)")
                continue
            }
            for file in checkout.swiftFiles where target.holds(file.path) {
                for (module, line) in file.imports {
                    #expect(Self.pure.contains(module), "\(file.path):\(line): \(module) in a pure room")
                }
            }
        }
    }

    @Test func anAdapterSeesTheSDKAndNothingElse() {
        let adapters = manifest.targets.filter(\.isAdapter)
        #expect(adapters.map(\.name).contains("Verwijsindex") && adapters.map(\.name).contains("VeiligThuis"))
        for adapter in adapters {
            #expect(adapter.dependencies.isSubset(of: ["AdapterSDK", "AdapterKit", "Disclosures", "Values"]))
            #expect(adapter.dependencies.contains("AdapterSDK"))
            for file in checkout.swiftFiles where adapter.holds(file.path) {
                for (module, line) in file.imports {
                    let mayImport = adapter.dependencies.union(["Foundation", "FoundationEssentials", "FoundationXML"])
                    #expect(mayImport.contains(module), "\(file.path):\(line): \(module) in an adapter")
                }
            }
        }
    }

    /// What adapters share is for them; of the rest only the command line, which knows all names, may use it.
    @Test func theKitIsForAdapters() {
        for target in manifest.targets where target.dependencies.contains("AdapterKit") {
            let mayUse = target.isAdapter || target.kind == .test || target.name == "meldpoort"
            #expect(mayUse, "\(target.name) depends on AdapterKit")
        }
    }

    /// One owner for each thing outside.
    @Test(
        arguments: [
            ("GRDB", ["Ledger"]), ("GRDBSQLite", ["Ledger"]), ("Yams", ["BoardConfiguration", "AdapterTesting"]),
            ("CCurl", ["Transport"]), ("CCMark", ["AdapterKit"]), ("COpenSSL", ["Transport"]),
            ("CGMime", ["Mail"]), ("CLibXML2", ["Mail"]),
            ("Hummingbird", ["Web"]), ("HummingbirdCore", ["Web"]), ("HummingbirdTLS", ["Web"]),
            ("NIOCore", ["Web", "Sandbox"]), ("NIOPosix", ["Web", "Sandbox"]), ("NIOSSL", ["Web", "Sandbox"]),
            ("NIOHTTP1", ["Web", "Sandbox"]), ("ArgumentParser", ["meldpoort", "demo", "bench"]),
            ("Crypto", ["Ledger", "BoardConfiguration", "Gateway", "AdapterKit"]),
        ] as [(String, [String])])
    func ownersOfWhatIsOutside(_ module: String, _ owners: [String]) {
        for file in checkout.swiftFiles where file.imports.contains(where: { $0.module == module }) {
            for target in manifest.targets(of: file) where target.kind != .test {
                #expect(owners.contains(target.name), "\(file.path) imports \(module)")
            }
        }
    }

    @Test(
        arguments: [
            ("Ledger", ["AdapterSDK", "Transport", "Web", "Gateway", "BoardConfiguration"]),
            ("BoardConfiguration", ["Ledger", "Transport", "Web", "Gateway"]),
            ("Gateway", ["Web", "Verwijsindex", "VeiligThuis", "Sandbox"]),
            ("Web", ["Verwijsindex", "VeiligThuis", "Sandbox"]),
            ("meldpoort", ["Sandbox", "AdapterTesting", "CaseSamples"]),
            ("Sandbox", ["Gateway", "Ledger", "PrivacyRules", "CaseEvents"]),
            ("AdapterTesting", ["CaseEvents", "PrivacyRules", "Ledger", "Gateway"]),
        ] as [(String, [String])])
    func roomsThatNeverMeet(_ room: String, _ others: [String]) {
        #expect(manifest.target(room) != nil)
        #expect(manifest.reach(room).isDisjoint(with: others), "\(room) reaches \(manifest.reach(room).sorted())")
    }

    /// What is made for tests stays with them.
    @Test func samplesAreForTests() {
        for target in manifest.targets where target.dependencies.contains("CaseSamples") {
            #expect(target.kind == .test)
        }
    }

    @Test func everyTargetIsStrict() {
        for setting in ["MemberImportVisibility", "InternalImportsByDefault", ".treatAllWarnings(as: .error)"] {
            #expect(manifest.strictSettings.contains(setting))
        }
        for target in manifest.targets {
            let hasSwift = checkout.swiftFiles.contains { target.holds($0.path) }
            #expect(target.isStrict || !hasSwift, "\(target.name)")
        }
    }
}
