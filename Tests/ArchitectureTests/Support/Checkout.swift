// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// The files of the checkout that these tests were built from.
struct Checkout: Sendable {
    struct File: Sendable {
        /// From the root of the checkout, with slashes.
        let path: String
        let text: String
        /// Without comments and strings; empty for what is no Swift.
        let code: String
        /// The identifiers and keywords of the code.
        let words: Set<Substring>
        /// The modules that are imported, each with its line from 1.
        let imports: [(module: String, line: Int)]

        init(path: String, text: String) {
            self.path = path
            self.text = text
            code = path.hasSuffix(".swift") ? SwiftCode.stripped(text) : ""
            words = SwiftCode.words(code)
            imports = Self.imports(code)
        }

        var isSwift: Bool { path.hasSuffix(".swift") }
        var isTest: Bool { path.hasPrefix("Tests/") || (path.hasPrefix("Plugins/") && path.contains("/Tests/")) }
        /// `Sources`, and an adapter's sources.
        var isSource: Bool { path.hasPrefix("Sources/") || (path.hasPrefix("Plugins/") && !isTest) }

        private static func imports(_ code: String) -> [(module: String, line: Int)] {
            code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
                var words = line.split(separator: " ").drop { $0.hasPrefix("@") || accessLevels.contains($0) }
                guard words.popFirst() == "import", var module = words.popFirst() else { return nil }
                if kinds.contains(module), let next = words.popFirst() { module = next }
                return (String(module.prefix { $0 != "." && $0 != ";" }), index + 1)
            }
        }

        private static let accessLevels: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
        private static let kinds: Set<Substring> = [
            "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
        ]
    }

    let root: URL
    let files: [File]

    /// Read once for all tests.
    static let shared = Checkout()

    /// What the manifest says, or why it cannot be read.
    static let manifest = Result {
        try Manifest(text: shared.files.first { $0.path == "Package.swift" }?.text ?? "")
    }

    private init() {
        let root = Self.findRoot()
        self.root = root
        files = Self.paths(below: root).compactMap { path in
            let url = root.appendingPathComponent(path)
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
            return File(path: path, text: text)
        }
    }

    var swiftFiles: [File] { files.filter { $0.isSwift && $0.path != "Package.swift" } }

    /// From this file upwards to the folder of the manifest; links are followed first, so that a package made of links
    /// to the checkout reads the checkout.
    private static func findRoot() -> URL {
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        while folder.pathComponents.count > 1,
            !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
        {
            folder.deleteLastPathComponent()
        }
        return folder
    }

    /// Everything but what building, running and the version control make.
    private static func paths(below root: URL) -> [String] {
        let made: Set<String> = [".build", ".git", ".swiftpm", "demo-data"]
        guard let enumerator = FileManager.default.enumerator(atPath: root.path) else { return [] }
        var paths: [String] = []
        while let path = enumerator.nextObject() as? String {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            if made.contains(name) || name.hasPrefix(".build") {
                enumerator.skipDescendants()
            } else if enumerator.fileAttributes?[.type] as? FileAttributeType == .typeRegular {
                paths.append(path)
            }
        }
        return paths.sorted()
    }
}
