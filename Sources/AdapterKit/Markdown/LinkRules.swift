// SPDX-License-Identifier: EUPL-1.2

/// Where a link may lead.
enum LinkRules {
    private static let beginnings = ["https://", "http://", "mailto:", "tel:"]
    private static let longest = 2000

    /// Whole addresses of pages, mail and telephone; nothing that runs, and nothing relative: it would lead elsewhere on each target.
    static func allows(_ address: String) -> Bool {
        guard address.utf8.count <= longest, !address.unicodeScalars.contains(where: isHidden) else { return false }
        let lowered = address.lowercased()
        return beginnings.contains { lowered.hasPrefix($0) && lowered.utf8.count > $0.utf8.count }
    }

    /// Browsers read over some of these, so that an address is not what it seems.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned, .privateUse: true
        default: scalar == "\\"
        }
    }
}
