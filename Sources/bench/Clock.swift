// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Nanoseconds of the monotonic clock.
struct Moment: Comparable, Sendable {
    let nanoseconds: UInt64

    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(nanoseconds: UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec))
    }

    static func < (one: Moment, other: Moment) -> Bool { one.nanoseconds < other.nanoseconds }

    /// Seconds since an earlier moment.
    func since(_ earlier: Moment) -> Double {
        Double(Int64(nanoseconds) - Int64(earlier.nanoseconds)) / 1e9
    }
}

/// Times of many events, in milliseconds.
struct Percentiles: Codable, Sendable {
    let p50: Double
    let p99: Double

    init(milliseconds: [Double]) {
        let sorted = milliseconds.sorted()
        func at(_ share: Double) -> Double {
            sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        }
        p50 = at(0.5)
        p99 = at(0.99)
    }
}

/// Something that the bench needs did not happen.
struct BenchFailure: Error, CustomStringConvertible {
    let description: String
}
