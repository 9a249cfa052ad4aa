// SPDX-License-Identifier: EUPL-1.2

/// The program that serves an adapter on its standard input.
public struct AdapterProgram: Sendable, Hashable {
    public let path: String
    public let arguments: [String]

    public init(path: String, arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }

    /// This program itself, as `adapter serve <name>`.
    public static func own(adapter name: String) -> AdapterProgram {
        AdapterProgram(path: "/proc/self/exe", arguments: ["adapter", "serve", name])
    }
}
