// swift-tools-version: 6.2
// SPDX-License-Identifier: EUPL-1.2
import PackageDescription

/// Held by every target: Swift 6 mode comes with the tools version, warnings are errors, and a file must import what it uses.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// A room of the gateway: `Sources/<name>`.
func room(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// A program: `Sources/<name>`.
func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// An adapter: `Plugins/<name>`, which may import the SDK and what adapters share, and nothing else.
func adapter(_ name: String, also excluded: [String] = [], shares: [Target.Dependency] = []) -> Target {
    .target(
        name: name,
        dependencies: ["AdapterSDK", "Disclosures", "Values"] + shares,
        path: "Plugins/\(name)",
        exclude: ["README.md", "Tests"] + excluded,
        sources: ["Sources"],
        resources: [.embedInCode("sample.yaml")],
        swiftSettings: strict)
}

/// The tests of a room: `Tests/<name>`, or a path of their own.
func tests(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

let package = Package(
    name: "meldpoort",
    products: [
        .executable(name: "meldpoort", targets: ["meldpoort"]),
        .library(name: "AdapterSDK", targets: ["AdapterSDK"]),
        .library(name: "AdapterTesting", targets: ["AdapterTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0", traits: []),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
    ],
    targets: [
        // Pure rooms: values and rules, no I/O.
        room("Values"),
        room("Disclosures", ["Values"]),
        room("CaseEvents", ["Values"]),
        room("PrivacyRules", ["CaseEvents", "Disclosures", "Values"]),
        room("Meldcode", ["CaseEvents", "Values"]),
        room("Delivery", ["CaseEvents", "PrivacyRules", "Disclosures", "Values"]),
        room("Figures", ["Values"]),

        // What an adapter sees, and the adapters.
        room("AdapterSDK", ["Disclosures", "Values"]),
        .systemLibrary(
            name: "CCMark", pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        room("AdapterKit", ["AdapterSDK", "Disclosures", "Values", "CCMark", crypto]),
        adapter("Verwijsindex", also: ["samples"], shares: ["AdapterKit"]),
        adapter("VeiligThuis", also: ["samples"], shares: ["AdapterKit"]),
        adapter("Ketenpartner", also: ["samples"], shares: ["AdapterKit"]),
        adapter("Bestuur", also: ["samples"], shares: ["AdapterKit"]),
        adapter("Leerlingvolgsysteem", also: ["samples"], shares: ["AdapterKit"]),
        adapter("Intranet", also: ["samples"], shares: ["AdapterKit"]),

        // I/O at the edge: one owner per resource.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        room("Transport", ["AdapterSDK", "Disclosures", "Values", "CCurl", "COpenSSL"]),
        room(
            "BoardConfiguration",
            [
                "Values", "Disclosures", "CaseEvents", "PrivacyRules", "Meldcode", "Delivery", "AdapterSDK", yams,
                crypto,
            ],
            resources: [.embedInCode("Defaults")]),
        .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        room("Mail", ["Delivery", "Values", "CGMime", "CLibXML2"]),
        room("Ledger", ["Delivery", "Values", grdb, grdbSQLite, crypto]),
        .systemLibrary(name: "CSpawn"),
        room("Documents", ["AdapterSDK", "Values", "CSpawn"]),
        room("AdapterPipe", ["AdapterSDK", "Disclosures", "Values", "CSpawn"]),

        // The composition, the door and the command line.
        room(
            "Gateway",
            [
                "Values", "Disclosures", "CaseEvents", "PrivacyRules", "Meldcode", "Delivery", "AdapterSDK",
                "Transport", "Mail", "Documents", "Figures",
                "Ledger", "BoardConfiguration", crypto, logging, lifecycle,
            ]),
        room(
            "Web",
            [
                "Gateway", "AdapterSDK", "Values", "CaseEvents", "Meldcode", "Delivery", "Figures", hummingbirdCore,
                hummingbirdTLS, httpTypes,
                nioCore, nioPosix, nioHTTP1, nioHTTPTypes, nioSSL, logging, lifecycle,
            ]),
        program(
            "meldpoort",
            [
                "Web", "Gateway", "Ledger", "Delivery", "Figures", "PrivacyRules", "Meldcode", "CaseEvents",
                "Disclosures", "Values", "Transport", "AdapterSDK", "AdapterKit", "AdapterPipe", "BoardConfiguration",
                "Verwijsindex",
                "VeiligThuis",
                "Ketenpartner", "Leerlingvolgsysteem", "Intranet", "Bestuur", "Documents",
                arguments, logging,
                lifecycle, signals,
            ]),

        // For adapter authors, the demo, the bench and the tests.
        room("Sandbox", [nioCore, nioPosix, nioSSL]),
        room(
            "AdapterTesting",
            ["AdapterSDK", "AdapterPipe", "Disclosures", "Values", "Transport", "Sandbox", yams]),
        program("demo", ["Sandbox", arguments]),
        .target(name: "CBareLoop", linkerSettings: [.linkedLibrary("sqlite3")]),
        program(
            "bench",
            [
                "Sandbox", "CBareLoop", "BoardConfiguration", "PrivacyRules", "CaseEvents", "Disclosures", "Values",
                "Ledger", "Delivery", arguments,
            ]),

        // Tests: one target per room, the adapters' beside the adapters.
        .target(
            name: "CaseSamples", dependencies: ["CaseEvents", "PrivacyRules", "Disclosures", "Values"],
            path: "Tests/CaseSamples", swiftSettings: strict),
        tests("ValuesTests", ["Values"]),
        tests("CaseEventsTests", ["CaseEvents", "Values", "CaseSamples"]),
        tests("PrivacyRulesTests", ["PrivacyRules", "CaseEvents", "Disclosures", "Values", "CaseSamples"]),
        tests("MeldcodeTests", ["Meldcode", "CaseEvents", "Values", "CaseSamples"]),
        tests(
            "PolicyTests",
            ["BoardConfiguration", "PrivacyRules", "CaseEvents", "Disclosures", "Values"]),
        .testTarget(
            name: "ExplanationTests",
            dependencies: [
                "Gateway", "BoardConfiguration", "Values", "CaseEvents", "PrivacyRules", "Delivery", "VeiligThuis",
                "Verwijsindex", "Ketenpartner", "Bestuur", "Intranet", "Leerlingvolgsysteem", "AdapterSDK",
            ],
            exclude: ["Golden", "Situations"], swiftSettings: strict),
        .target(
            name: "LadderModel", dependencies: ["CaseEvents", "Values"], path: "Tests/LadderModel",
            swiftSettings: strict),
        tests(
            "DeliveryTests",
            [
                "Delivery", "PrivacyRules", "CaseEvents", "Disclosures", "Values", "CaseSamples", "LadderModel",
                "BoardConfiguration",
            ]),
        tests(
            "LadderTests",
            [
                "LadderModel", "Gateway", "Ledger", "BoardConfiguration", "Transport", "Mail", "AdapterSDK",
                "CaseEvents", "Delivery", "Disclosures", "Values", grdb, logging,
            ]),
        tests("FiguresTests", ["Figures", "Values"]),
        tests("ArchitectureTests", []),
        tests("CalendarOracleTests", ["Delivery", "Values"]),
        tests(
            "GatewayTests", ["Gateway", "BoardConfiguration", "CaseEvents", "Delivery", "PrivacyRules", "Values"]),
        tests("AdapterKitTests", ["AdapterKit", "AdapterSDK"]),
        tests("DocumentsTests", ["Documents", "AdapterSDK"]),
        tests("SandboxTests", ["Sandbox"]),
        tests("TransportTests", ["Transport", "AdapterSDK", "Disclosures", "Values", "CCurl", "COpenSSL"]),
        tests("MailTests", ["Mail", "Delivery", "Values"]),
        tests("LedgerTests", ["Ledger", "Delivery", "Values", grdb, grdbSQLite, crypto]),
        tests(
            "ConfigurationTests",
            [
                "BoardConfiguration", "Values", "CaseEvents", "PrivacyRules", "Meldcode", "Delivery", "Disclosures",
                "AdapterSDK",
            ]),
        tests(
            "WebTests",
            [
                "Web", "Gateway", "Values", "Disclosures", "CaseEvents", "Delivery", "AdapterSDK", "Ledger",
                "BoardConfiguration", "Transport", "Mail", logging, lifecycle,
            ]),
        .target(
            name: "RunningGateway", dependencies: ["Sandbox", "Values"], path: "Tests/RunningGateway",
            swiftSettings: strict),
        .target(
            name: "RealServers", dependencies: ["RunningGateway", "Sandbox"], path: "Tests/RealServers",
            swiftSettings: strict),
        tests(
            "RealServersTests",
            [
                "RealServers", "RunningGateway", "Intranet", "AdapterTesting", "Sandbox", "Transport", "AdapterSDK",
                "Disclosures",
                "Values",
            ]),
        tests("FaultTests", ["RunningGateway", "Sandbox", "Values"]),
        tests("EndToEndTests", ["RunningGateway", "CaseSamples", "CaseEvents", "Sandbox", "Values"]),
        .executableTarget(
            name: "careless-child", dependencies: ["AdapterPipe", "AdapterSDK", "Disclosures", "Values"],
            path: "Tests/CarelessChild", swiftSettings: strict),
        tests("AdapterPipeTests", ["AdapterPipe", "AdapterTesting", "AdapterSDK", "Disclosures", "Values"]),
        tests("AdapterTestingTests", ["AdapterTesting", "Sandbox", "AdapterSDK", "Disclosures", "Values"]),
        tests(
            "VerwijsindexTests",
            ["Verwijsindex", "AdapterTesting", "Sandbox", "AdapterSDK", "Disclosures", "Values"],
            path: "Plugins/Verwijsindex/Tests"),
        tests(
            "VeiligThuisTests", ["VeiligThuis", "AdapterTesting", "AdapterKit", "AdapterSDK", "Disclosures", "Values"],
            path: "Plugins/VeiligThuis/Tests"),
        tests(
            "LeerlingvolgsysteemTests",
            [
                "Leerlingvolgsysteem", "AdapterTesting", "AdapterKit", "AdapterSDK", "Disclosures", "Values", "Sandbox",
                "Transport",
            ],
            path: "Plugins/Leerlingvolgsysteem/Tests"),
        tests(
            "KetenpartnerTests",
            ["Ketenpartner", "AdapterTesting", "AdapterKit", "AdapterSDK", "Disclosures", "Values"],
            path: "Plugins/Ketenpartner/Tests"),
        tests(
            "IntranetTests", ["Intranet", "AdapterTesting", "Sandbox", "AdapterSDK", "Disclosures", "Values"],
            path: "Plugins/Intranet/Tests"),
        tests(
            "BestuurTests", ["Bestuur", "AdapterTesting", "AdapterSDK", "Disclosures", "Values"],
            path: "Plugins/Bestuur/Tests"),
    ]
)
