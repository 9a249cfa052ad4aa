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
