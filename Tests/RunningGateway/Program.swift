// SPDX-License-Identifier: EUPL-1.2
public import Foundation

/// The `meldpoort` program under test.
public enum Program {
    /// Where it is: `$MELDPOORT_PROGRAM`, else in the folder of the running tests or one above it, else where a debug build of this
    /// checkout puts it.
    /// - Throws: `ProgramMissing` with every place that was looked at.
    public static func find() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["MELDPOORT_PROGRAM"] { return try checked([path]) }
        var folders = [CommandLine.arguments.first, Bundle.main.executablePath].compactMap { $0 }
            .map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        folders += folders.map { $0.deletingLastPathComponent() }
        var checkout = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { checkout.deleteLastPathComponent() }
        folders.append(checkout.appendingPathComponent(".build/debug"))
        return try checked(folders.map { $0.appendingPathComponent("meldpoort").path })
    }

    private static func checked(_ paths: [String]) throws -> URL {
        guard let path = paths.first(where: FileManager.default.isExecutableFile) else { throw ProgramMissing(paths) }
        return URL(fileURLWithPath: path)
    }
}

/// The program was not built.
public struct ProgramMissing: Error, CustomStringConvertible {
    public let description: String

    init(_ paths: [String]) {
        description =
            "no meldpoort program; looked at \(paths.joined(separator: ", ")). Build it, or set MELDPOORT_PROGRAM."
    }
}
