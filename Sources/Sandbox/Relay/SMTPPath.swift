// SPDX-License-Identifier: EUPL-1.2

/// The argument of MAIL and RCPT: an address in angle brackets, and parameters.
struct SMTPPath {
    let address: String
    let size: Int?
    let unknownParameters: [String]

    /// nil when `text` is not `FROM:<address>` or `TO:<address>`, or holds a control character.
    init?(_ text: String, after prefix: String) {
        guard text.utf8.count > prefix.utf8.count, text.prefix(prefix.count).uppercased() == prefix else { return nil }
        let rest = text.dropFirst(prefix.count).drop { $0 == " " }
        guard rest.first == "<", let end = rest.firstIndex(of: ">") else { return nil }
        let address = rest[rest.index(after: rest.startIndex)..<end]
        guard !address.utf8.contains(where: { $0 <= 32 || $0 == 127 }) else { return nil }
        let parameters = rest[rest.index(after: end)...].split(separator: " ").map { $0.uppercased() }
        let sizes = parameters.filter { $0.hasPrefix("SIZE=") }
        self.address = String(address)
        size = sizes.first.flatMap { Int($0.dropFirst(5)) }
        unknownParameters = parameters.filter { !$0.hasPrefix("SIZE=") && !$0.hasPrefix("BODY=") }
    }
}
