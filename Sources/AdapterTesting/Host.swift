// SPDX-License-Identifier: EUPL-1.2
public import AdapterPipe
import AdapterSDK
import Foundation

/// Where an adapter under test runs.
enum Host: Sendable {
    case inThisProcess
    /// As a process of its own: the program, or the built `meldpoort` when nil.
    case inItsOwn(AdapterProgram?)

    func adapter(_ type: any Adapter.Type, _ settings: AdapterSettings) throws(SettingProblems) -> any Adapter {
        switch self {
        case .inThisProcess: return try type.init(settings: settings)
        case .inItsOwn(let program):
            guard let program = program ?? Self.built(for: type.specification.name) else {
                throw SettingProblems([
                    .init(
                        path: [],
                        message: "there is no program meldpoort beside these tests: build it (`swift build --product "
                            + "meldpoort`), or name it in MELDPOORT_PROGRAM")
                ])
            }
            return try Self.piped(type, settings, program)
        }
    }

    private static func piped<Base: Adapter>(
        _ type: Base.Type, _ settings: AdapterSettings, _ program: AdapterProgram
    ) throws(SettingProblems) -> any Adapter {
        try PipedAdapter<Base>(settings: settings, program: program)
    }

    /// `meldpoort` in the folder of the running tests, or one above it.
    private static func built(for adapter: String) -> AdapterProgram? {
        var places: [String] = []
        if let named = ProcessInfo.processInfo.environment["MELDPOORT_PROGRAM"] {
            places = [named]
        } else {
            let folders = [CommandLine.arguments.first, Bundle.main.executablePath].compactMap { $0 }
                .map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
            places = (folders + folders.map { $0.deletingLastPathComponent() })
                .map { $0.appendingPathComponent("meldpoort").path }
        }
        return places.first(where: FileManager.default.isExecutableFile).map {
            AdapterProgram(path: $0, arguments: ["adapter", "serve", adapter])
        }
    }
}

extension AdapterSuite {
    /// The same suite with the adapter as a process of its own, which the gateway speaks to over a pipe.
    public var overPipe: AdapterSuite { overPipe(to: nil) }

    /// - Parameter program: Serves the adapter; the built `meldpoort` when nil.
    public func overPipe(to program: AdapterProgram?) -> AdapterSuite {
        var suite = self
        suite.host = .inItsOwn(program)
        return suite
    }
}
