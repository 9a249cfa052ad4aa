// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Glibc

/// What the kernel counted for a process so far.
struct ProcessCounts: Sendable {
    /// Milliseconds of processor time, user and system.
    let cpu: Double
    /// Bytes made dirty on their way to a disk.
    let written: Double

    /// - Parameter process: nil for this one.
    init(_ process: Int32?) {
        let folder = "/proc/\(process.map(String.init) ?? "self")"
        let stat = text("\(folder)/stat")
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
        let ticks = fields.count > 13 ? (Double(fields[12]) ?? 0) + (Double(fields[13]) ?? 0) : 0
        cpu = ticks * 1000 / Double(sysconf(Int32(_SC_CLK_TCK)))
        written = number(after: "write_bytes:", in: "\(folder)/io")
    }
}

/// The memory of a process, in megabytes.
struct ProcessMemory: Codable, Sendable {
    let resident: Double
    let anonymous: Double
    let mostResident: Double

    init(_ process: Int32) {
        let file = "/proc/\(process)/status"
        resident = number(after: "VmRSS:", in: file) / 1024
        anonymous = number(after: "RssAnon:", in: file) / 1024
        mostResident = number(after: "VmHWM:", in: file) / 1024
    }
}

/// How the processors of the machine spent their time so far.
struct MachineCounts: Sendable {
    private let total: Double
    private let stolen: Double
    private let idle: Double

    init() {
        let fields = (text("/proc/stat").split(separator: "\n").first ?? "").split(separator: " ").dropFirst()
            .prefix(8).map { Double($0) ?? 0 }
        total = fields.reduce(0, +)
        stolen = fields.count > 7 ? fields[7] : 0
        idle = fields.count > 4 ? fields[3] + fields[4] : 0
    }

    /// The share that the host took away since earlier, in per cent.
    func steal(since earlier: MachineCounts) -> Double {
        total > earlier.total ? 100 * (stolen - earlier.stolen) / (total - earlier.total) : 0
    }

    /// The share in which the processors had nothing to do, in per cent.
    func idle(since earlier: MachineCounts) -> Double {
        total > earlier.total ? 100 * (idle - earlier.idle) / (total - earlier.total) : 0
    }
}

/// Counts the calls of a process that wait for the disk, with `perf` if the machine has it.
struct SyncCounter {
    private let process: Process
    private let output: String

    /// Nil when it cannot count.
    init?(_ counted: Int32, output: String) {
        let perf = Process()
        perf.executableURL = URL(fileURLWithPath: "/usr/bin/perf")
        perf.arguments = [
            "stat", "-x", ",", "-o", output, "-p", String(counted),
            "-e", "syscalls:sys_enter_fdatasync,syscalls:sys_enter_fsync",
        ]
        perf.standardError = FileHandle.nullDevice
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/perf"), (try? perf.run()) != nil else {
            return nil
        }
        process = perf
        self.output = output
        // It says nothing when it is ready.
        usleep(300_000)
    }

    /// How many calls there were, once the counted process has ended; nil when it could not count.
    func result() -> Double? {
        process.waitUntilExit()
        let counts = text(output).split(separator: "\n").filter { $0.contains("sync") }
            .compactMap { Double($0.prefix { $0 != "," }) }
        return counts.isEmpty ? nil : counts.reduce(0, +)
    }
}

private func text(_ file: String) -> String {
    (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
}

private func number(after label: String, in file: String) -> Double {
    let line = text(file).split(separator: "\n").first { $0.hasPrefix(label) }
    return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0
}
