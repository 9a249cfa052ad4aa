// SPDX-License-Identifier: EUPL-1.2
import Testing

/// The readers that the walls rest on: a wall whose reader sees nothing never falls.
@Suite struct ReadingTests {
    @Test func commentsAndStringsAreBlanked() {
        let text = ##"""
            import A // import B
            /* import C /* import D */ */ public import E
            let s = "import F \(g("h", i)) import J"
            let r = #"raw " \(no) \#(yes) "# + k
            let m = """
                import L
                """
            @testable import struct M.N
            """##
        let code = SwiftCode.stripped(text)
        let words = SwiftCode.words(code)
        #expect(words.isSuperset(of: ["A", "E", "g", "i", "yes", "k", "M"]))
        #expect(words.isDisjoint(with: ["B", "C", "D", "F", "h", "J", "no", "raw", "L"]))
        #expect(code.split(separator: "\n", omittingEmptySubsequences: false).count == 8)
        let file = Checkout.File(path: "Sources/X/Y.swift", text: text)
        #expect(file.imports.map { "\($0.module) \($0.line)" } == ["A 1", "E 2", "M 8"])
        #expect(SwiftCode.stripped(#"url("https://x") // weg"#, keepingStrings: true) == #"url("https://x")       "#)
    }

    @Test func theManifestIsReadAsItIsWritten() throws {
        let manifest = try Manifest(
            text: """
                let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]
                func room(_ name: String) -> Target { .target(name: name, swiftSettings: strict) }
                func program(_ name: String) -> Target { .executableTarget(name: name, swiftSettings: []) }
                func adapter(_ name: String, shares: [Target.Dependency] = []) -> Target {
                    .target(
                        name: name, dependencies: ["SDK"] + shares, path: "Plugins/\\(name)", swiftSettings: strict)
                }
                let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
                let package = Package(
                    name: "p", products: [.library(name: "A", targets: ["A"])],
                    targets: [
                        room("A", resources: [.embedInCode("x")]), // room("Hidden"),
                        room("B", ["A", nioCore], resources: [.copy("x")]),
                        program("c", ["B"]), adapter("D", shares: ["A"]),
                        .target(name: "E", dependencies: ["A"], path: "Elsewhere/E", swiftSettings: strict),
                        .testTarget(name: "ETests", dependencies: ["E"]),
                        .systemLibrary(name: "CX", pkgConfig: "x"),
                    ]
                )
                """)
        #expect(manifest.targets.map(\.name) == ["A", "B", "c", "D", "E", "ETests", "CX"])
        #expect(manifest.target("B")?.dependencies == ["A", "NIOCore"])
        #expect(manifest.target("D")?.dependencies == ["SDK", "A"])
        #expect(manifest.reach("c") == ["B", "A", "NIOCore"])
        #expect(manifest.targets.map(\.isStrict) == [true, true, false, true, true, false, false])
        #expect(manifest.target("E")?.holds("Elsewhere/E/F.swift") == true)
        #expect(manifest.target("D")?.holds("Plugins/D/Sources/F.swift") == true)
        #expect(manifest.target("D")?.holds("Plugins/D/Tests/F.swift") == false)
        #expect(manifest.target("ETests")?.path == "Tests/ETests")
    }

    @Test func whatCannotBeReadFails() {
        let texts = [
            "", "let strict: [SwiftSetting] = []",
            """
            let strict: [SwiftSetting] = []
            func adapter(_ name: String) -> Target { x }
            let package = Package(targets: [surprise("A")])
            """,
            """
            let strict: [SwiftSetting] = []
            func adapter(_ name: String) -> Target { x }
            func room(_ name: String) -> Target { x }
            let package = Package(targets: [room("A", [unknown])])
            """,
        ]
        for text in texts { #expect(throws: Manifest.Failure.self) { try Manifest(text: text) } }
    }
}
