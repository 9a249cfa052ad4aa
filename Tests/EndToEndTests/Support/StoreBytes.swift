// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Sandbox

/// The bytes of every file in a folder, as they lie on disk.
struct StoreBytes {
    let files: [(name: String, bytes: [UInt8])]

    init(folder: String) throws {
        files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
            (name, Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))))
        }
    }

    /// What shows of a few values in any writing; looking in every decoding takes its time.
    func findings(_ canaries: [LeakCanary.Canary]) -> [Finding] {
        let canary = LeakCanary(canaries)
        return files.flatMap { canary.findings(in: $0.bytes, place: $0.name) }
    }

    /// The labels of values that lie there as they are, in UTF-8, UTF-16 or hexadecimal digits.
    func plainFindings(_ canaries: [LeakCanary.Canary]) -> [String] {
        canaries.flatMap { canary -> [String] in
            let text = Array(canary.value.utf8)
            let wide = canary.value.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
            let digits = text.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            let forms = [text, wide, Array(digits.utf8), Array(digits.uppercased().utf8)]
            return files.filter { file in forms.contains { file.bytes.contains($0) } }
                .map { "\(canary.label) in \($0.name)" }
        }
    }
}

extension [UInt8] {
    /// The C library's search: quick in a debug build too.
    fileprivate func contains(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, count >= needle.count else { return false }
        return withUnsafeBytes { bytes in
            needle.withUnsafeBytes { wanted in
                guard let base = bytes.baseAddress, let start = wanted.baseAddress else { return false }
                var position = 0
                while position <= bytes.count - wanted.count,
                    let hit = memchr(base + position, Int32(first), bytes.count - wanted.count - position + 1)
                {
                    if memcmp(hit, start, wanted.count) == 0 { return true }
                    position = UnsafeRawPointer(hit) - base + 1
                }
                return false
            }
        }
    }
}
