// SPDX-License-Identifier: EUPL-1.2
public import Values

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The machine's clock, to the second.
public enum SystemTime {
    /// This moment.
    @Sendable public static func now() -> Timestamp { Timestamp(millisecondsSince1970: Int64(time(nil)) * 1000) }
}
