// SPDX-License-Identifier: EUPL-1.2

/// What may stand in a mail's head. Everything that could end a line or a command is refused.
enum MailRules {
    /// A plain address of ASCII letters, digits and the usual marks: no display name, no quotes, no comment.
    static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254 else { return false }
        return isLocalPart(parts[0]) && HostName.isValid(parts[1]) && !parts[1].hasSuffix(".")
    }

    static func isLocalPart(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && !text.hasPrefix(".") && !text.hasSuffix(".") && !text.contains("..")
            && text.utf8.allSatisfy { RequestRules.isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) }
    }

    static func domain(of address: String) -> String {
        String(address.drop { $0 != "@" }.dropFirst())
    }

    /// One line without control characters.
    static func isOneLine(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .surrogate: false
            default: true
            }
        }
    }

    static func isFileName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 255 && isOneLine(text) && !text.contains("/") && !text.contains("\\")
    }

    /// `type/subtype`, with parameters if need be.
    static func isContentType(_ text: String) -> Bool {
        guard text.utf8.count <= 255, RequestRules.isHeaderValue(text) else { return false }
        let parts = text.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(RequestRules.isTokenByte) }
    }
}
