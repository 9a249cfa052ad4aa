// SPDX-License-Identifier: EUPL-1.2

/// What an IMAP server has said, line by line, as far as it decides anything (RFC 3501, section 7). A message itself never comes by
/// here: it is read as a literal, which libcurl counts off.
struct MailboxDialogue: Sendable {
    enum Status: String, Sendable { case ok = "OK", no = "NO", bad = "BAD" }

    /// The folder's, when it was opened.
    private(set) var uidValidity: UInt32?
    private(set) var uidNext: UInt32?
    private(set) var exists: Int?
    /// What a search found.
    private(set) var found: [UInt32] = []
    /// Where a message went: COPYUID (RFC 4315, 3), for one message only.
    private(set) var copied: (uidValidity: UInt32, source: UInt32, target: UInt32)?
    /// The flags that a message has now, by its UID.
    private(set) var flags: [UInt32: [String]] = [:]
    /// How many bytes the server said a message has.
    private(set) var announcedBytes: Int?
    /// The replies that ended a command, since the login.
    private(set) var replies: [Status] = []
    /// Between the login and the goodbye.
    private var isOpen = false
    /// A line that did not come whole.
    private(set) var isDamaged = false

    /// What comes from now on answers our own commands: opening the folder, and then the command.
    mutating func loggedIn() {
        isOpen = true
    }

    /// Takes one line with its end.
    mutating func hear(_ line: UnsafeRawBufferPointer) {
        guard line.last == UInt8(ascii: "\n") else {
            isDamaged = true
            return
        }
        let words = String(decoding: line, as: UTF8.self).uppercased()
            .split { $0 == " " || $0.isNewline || "()[]".contains($0) }
        guard isOpen, let first = words.first, words.count >= 2 else { return }
        if first == "*" {
            hear(untagged: words.dropFirst())
        } else if first != "+", let status = Status(rawValue: String(words[1])) {
            replies.append(status)
            if status == .ok { hear(code: words.dropFirst(2)) }
        }
    }

    private mutating func hear(untagged words: ArraySlice<Substring>) {
        guard let first = words.first else { return }
        let rest = words.dropFirst()
        if first == "BYE" {
            isOpen = false
        } else if first == "OK" {
            hear(code: rest)
        } else if first == "SEARCH" {
            let numbers = rest.compactMap { UInt32($0) }
            if numbers.count < rest.count { isDamaged = true }
            found += numbers
        } else if rest.first == "EXISTS" {
            exists = Int(first)
        } else if rest.first == "FETCH" {
            hear(fetched: rest.dropFirst())
        }
    }

    /// A response code between square brackets.
    private mutating func hear(code words: ArraySlice<Substring>) {
        let numbers = words.dropFirst().prefix(3).map { UInt32($0) }
        switch words.first {
        case "UIDVALIDITY": uidValidity = numbers.first ?? nil
        case "UIDNEXT": uidNext = numbers.first ?? nil
        case "COPYUID":
            if numbers.count == 3, let validity = numbers[0], let source = numbers[1], let target = numbers[2] {
                copied = (validity, source, target)
            }
        default: break
        }
    }

    private mutating func hear(fetched words: ArraySlice<Substring>) {
        if let last = words.last, last.hasPrefix("{"), last.hasSuffix("}") {
            announcedBytes = Int(last.dropFirst().dropLast())
        }
        guard let name = words.firstIndex(of: "UID"), name + 1 < words.endIndex, let uid = UInt32(words[name + 1])
        else { return }
        flags[uid, default: []] += words.filter { $0.hasPrefix(#"\"#) }.map(String.init)
    }
}
