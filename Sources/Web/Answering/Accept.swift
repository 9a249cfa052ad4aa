// SPDX-License-Identifier: EUPL-1.2

/// The `Accept` header (RFC 9110 section 12.5.1), as far as it can rule an answer out.
enum Accept {
    /// Whether a caller names this media type, and not the usual one.
    static func prefers(_ mediaType: String, over usual: String = "application/json", header: String?) -> Bool {
        let named = (header ?? "").split(separator: ",").map { range in
            range.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased()
        }
        return named.contains(mediaType) && !named.contains(usual) && allows(mediaType, header: header)
    }

    /// Which of these media types a caller wants most; of what is wanted alike, the first. Nil when all of them are ruled out.
    static func best(of mediaTypes: [String], header: String?) -> String? {
        let weighed = mediaTypes.filter { allows($0, header: header) }.map { ($0, weight(of: $0, header: header)) }
        return weighed.reduce(nil as (String, Double)?) { best, next in
            best.map { next.1 > $0.1 ? next : $0 } ?? next
        }?.0
    }

    /// By the range that names it most closely.
    private static func weight(of mediaType: String, header: String?) -> Double {
        let kind = mediaType.prefix { $0 != "/" }
        var found: (closeness: Int, weight: Double) = (-1, 1)
        for range in (header ?? "").split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard let closeness = ["*/*", "\(kind)/*", mediaType].firstIndex(of: parts.first ?? "") else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if closeness > found.closeness { found = (closeness, weight) }
        }
        return found.weight
    }

    /// Whether a caller takes an answer of this media type. What cannot be understood rules nothing out.
    static func allows(_ mediaType: String, header: String?) -> Bool {
        guard let header, header != "*/*", !header.isEmpty else { return true }
        let kind = mediaType.prefix { $0 != "/" }
        for range in header.split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
            guard let first = parts.first, first.contains("/") else { return true }
            let isRefused = parts.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
            if !isRefused, first == "*/*" || first == mediaType || first == "\(kind)/*" { return true }
        }
        return false
    }
}
