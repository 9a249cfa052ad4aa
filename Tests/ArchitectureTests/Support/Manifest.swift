// SPDX-License-Identifier: EUPL-1.2

/// What `Package.swift` says about the targets, read from its text.
///
/// It knows the manifest's own helpers (`room`, `program`, `adapter`, `tests`) and SwiftPM's target functions, and fails on
/// anything else: a target that it cannot read is a target that nobody guards.
struct Manifest: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    struct Target: Sendable {
        enum Kind: Sendable { case library, program, test, system }

        let name: String
        let kind: Kind
        let path: String
        /// Folders within `path`; nil for all of it.
        let sources: [String]?
        /// Modules of this package and of others that it depends on by name.
        let dependencies: Set<String>
        let isStrict: Bool

        var isAdapter: Bool { path.hasPrefix("Plugins/") && kind == .library }

        /// Whether a file, by its path from the root, is compiled into this target.
        func holds(_ file: String) -> Bool {
            guard kind != .system, file.hasPrefix(path + "/") else { return false }
            return sources?.contains { file.hasPrefix("\(path)/\($0)/") } ?? true
        }
    }

    let targets: [Target]
    /// The settings that the constant `strict` names.
    let strictSettings: String

    init(text: String) throws {
        let text = SwiftCode.stripped(text, keepingStrings: true)
        strictSettings = try Source(text).bracket(after: "let strict: [SwiftSetting] =")
        let products = Self.products(text)
        let adapterBody = try Source(text).bracket(after: "func adapter", braces: true)
        let package = try Source(text).bracket(after: "let package = Package")
        let list = try Source(package).bracket(after: "targets:", last: true)
        targets = try Source(list).calls.map { call in
            try Self.target(call, products: products, adapterBody: adapterBody, text: text)
        }
    }

    /// The targets that a file belongs to: one, if all is well.
    func targets(of file: Checkout.File) -> [Target] {
        targets.filter { $0.holds(file.path) }
    }

    func target(_ name: String) -> Target? {
        targets.first { $0.name == name }
    }

    /// The target's dependencies, theirs, and so on.
    func reach(_ name: String) -> Set<String> {
        var found: Set<String> = []
        var open = [name]
        while let next = open.popLast() {
            for dependency in target(next)?.dependencies ?? [] where found.insert(dependency).inserted {
                open.append(dependency)
            }
        }
        return found
    }

    /// `let nioCore = Target.Dependency.product(name: "NIOCore", …)`: the constant and the module.
    private static func products(_ text: String) -> [String: String] {
        var products: [String: String] = [:]
        for line in text.split(separator: "\n") where line.contains("Target.Dependency.product(name:") {
            guard let name = line.split(separator: " ").dropFirst().first,
                let module = Source(String(line)).strings.first
            else { continue }
            products[String(name)] = module
        }
        return products
    }

    private static func target(
        _ call: Source.Call, products: [String: String], adapterBody: String, text: String
    ) throws -> Target {
        let arguments = Source(call.arguments)
        guard let name = arguments.strings.first else { throw Failure(description: "a target without a name: \(call)") }
        let isStrict = try call.arguments.contains("swiftSettings: strict") || isStrictHelper(call.name, text)
        func make(_ kind: Target.Kind, folder: String, list: String?) throws -> Target {
            Target(
                name: name, kind: kind, path: arguments.string(after: "path:") ?? "\(folder)/\(name)", sources: nil,
                dependencies: try dependencies(list ?? "", products), isStrict: isStrict)
        }
        switch call.name {
        case "room": return try make(.library, folder: "Sources", list: arguments.upTo("resources:").firstList)
        case "program": return try make(.program, folder: "Sources", list: arguments.firstList)
        case "tests": return try make(.test, folder: "Tests", list: arguments.firstList)
        case ".target": return try make(.library, folder: "Sources", list: arguments.list(after: "dependencies:"))
        case ".executableTarget":
            return try make(.program, folder: "Sources", list: arguments.list(after: "dependencies:"))
        case ".testTarget": return try make(.test, folder: "Tests", list: arguments.list(after: "dependencies:"))
        case ".systemLibrary": return try make(.system, folder: "Sources", list: nil)
        case "adapter":
            let list = Source(adapterBody).list(after: "dependencies:") ?? ""
            let shared = arguments.list(after: "shares:") ?? ""
            return Target(
                name: name, kind: .library, path: "Plugins/\(name)", sources: ["Sources"],
                dependencies: try dependencies(list, products).union(dependencies(shared, products)),
                isStrict: isStrict)
        default:
            throw Failure(description: "Package.swift makes a target by \(call.name)(…), which this test cannot read")
        }
    }

    private static func isStrictHelper(_ name: String, _ text: String) throws -> Bool {
        guard !name.hasPrefix(".") else { return false }
        return try Source(text).bracket(after: "func \(name)", braces: true).contains("swiftSettings: strict")
    }

    /// Names in quotes are targets; bare words are constants of products.
    private static func dependencies(_ list: String, _ products: [String: String]) throws -> Set<String> {
        let source = Source(list)
        var modules = Set(source.strings)
        for word in source.words {
            guard let module = products[word] else {
                throw Failure(description: "Package.swift names the dependency \(word), which this test cannot read")
            }
            modules.insert(module)
        }
        return modules
    }
}
