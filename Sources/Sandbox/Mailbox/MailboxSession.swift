// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Synchronization

/// One IMAP conversation, a line at a time. What it does not know it answers with BAD.
struct MailboxSession {
    private let desk: MailboxDesk
    private var isLoggedIn = false
    private var folder: String?
    /// The tag of an AUTHENTICATE that waits for its credentials.
    private var authenticating: String?
    private(set) var isOver = false

    init(desk: MailboxDesk) {
        self.desk = desk
    }

    /// The answer to one line, without its line break.
    mutating func answer(_ line: String) -> [UInt8] {
        if let tag = authenticating {
            authenticating = nil
            return text(logIn(plain: line), tag, "AUTHENTICATE")
        }
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 2 else { return Array("* BAD\r\n".utf8) }
        let (tag, arguments) = (words[0], Array(words.dropFirst(2)))
        switch words[1].uppercased() {
        case "CAPABILITY":
            return done(tag, ["* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR UIDPLUS MOVE"])
        case "NOOP": return done(tag, [])
        case "LOGOUT":
            isOver = true
            return done(tag, ["* BYE"])
        case "AUTHENTICATE" where arguments.first?.uppercased() == "PLAIN":
            if arguments.count > 1 { return text(logIn(plain: arguments[1]), tag, "AUTHENTICATE") }
            authenticating = tag
            return Array("+ \r\n".utf8)
        case "LOGIN" where arguments.count == 2:
            isLoggedIn = Self.unquoted(arguments[0]) == desk.user && Self.unquoted(arguments[1]) == desk.password
            return text(isLoggedIn, tag, "LOGIN")
        case "SELECT" where isLoggedIn: return select(tag, Self.unquoted(arguments.first ?? ""))
        case "UID" where folder != nil: return byUID(tag, arguments)
        default: return Array("\(tag) BAD\r\n".utf8)
        }
    }

    private mutating func logIn(plain: String) -> Bool {
        let parts = Data(base64Encoded: plain).map { $0.split(separator: 0, omittingEmptySubsequences: false) } ?? []
        isLoggedIn =
            parts.count == 3 && String(decoding: parts[1], as: UTF8.self) == desk.user
            && String(decoding: parts[2], as: UTF8.self) == desk.password
        return isLoggedIn
    }

    private mutating func select(_ tag: String, _ name: String) -> [UInt8] {
        let found = desk.state.withLock { state in state.folders[name].map { ($0.count, state.nextUID) } }
        guard let (count, nextUID) = found else { return Array("\(tag) NO there is no such folder\r\n".utf8) }
        folder = name
        return done(
            tag,
            [
                "* \(count) EXISTS", "* 0 RECENT", "* FLAGS (\\Seen \\Flagged \\Deleted)",
                "* OK [UIDVALIDITY \(MailboxDesk.uidValidity)] valid", "* OK [UIDNEXT \(nextUID)] next",
            ])
    }

    private mutating func byUID(_ tag: String, _ arguments: [String]) -> [UInt8] {
        guard let folder, let command = arguments.first?.uppercased() else { return Array("\(tag) BAD\r\n".utf8) }
        switch command {
        case "SEARCH": return search(tag, arguments.last ?? "", in: folder)
        case "FETCH": return fetch(tag, arguments.dropFirst().first.flatMap { Int($0) } ?? 0, in: folder)
        case "MOVE":
            let uid = arguments.dropFirst().first.flatMap { Int($0) } ?? 0
            let target = Self.unquoted(arguments.dropFirst(2).joined(separator: " "))
            let isThere = desk.state.withLock { $0.folders[target] != nil }
            guard isThere else { return Array("\(tag) NO [TRYCREATE] there is no such folder\r\n".utf8) }
            guard let new = desk.move(uid, from: folder, to: target) else { return done(tag, []) }
            return done(tag, ["* OK [COPYUID \(MailboxDesk.uidValidity) \(uid) \(new)] moved", "* 1 EXPUNGE"])
        case "STORE":
            let uid = arguments.dropFirst().first.flatMap { Int($0) } ?? 0
            let flag = (arguments.last ?? "").trimmingCharacters(in: ["(", ")"])
            guard let flags = desk.flag(uid, in: folder, flag) else { return done(tag, []) }
            return done(tag, ["* 1 FETCH (UID \(uid) FLAGS (\(flags.sorted().joined(separator: " "))))"])
        default: return Array("\(tag) BAD\r\n".utf8)
        }
    }

    private func search(_ tag: String, _ range: String, in folder: String) -> [UInt8] {
        let ends = range.split(separator: ":")
        let first = ends.first.flatMap { Int($0) } ?? 1
        let last = ends.last.flatMap { Int($0) } ?? .max
        let uids = desk.state.withLock { ($0.folders[folder] ?? []).map(\.uid) }
        // `n:*` names the last message even when its UID is lower (RFC 3501, 6.4.8).
        var found = uids.filter { $0 >= first && $0 <= last }
        if found.isEmpty, range.hasSuffix("*"), let highest = uids.last { found = [highest] }
        return done(tag, ["* SEARCH" + found.map { " \($0)" }.joined()])
    }

    private func fetch(_ tag: String, _ uid: Int, in folder: String) -> [UInt8] {
        _ = desk.flag(uid, in: folder, "\\Seen")
        let message = desk.state.withLock { $0.folders[folder]?.first { $0.uid == uid } }
        guard let message else { return done(tag, []) }
        let head = "* 1 FETCH (UID \(uid) BODY[] {\(message.bytes.count)}\r\n"
        return Array(head.utf8) + message.bytes + Array(")\r\n".utf8) + done(tag, [])
    }

    // MARK: - Words

    private func done(_ tag: String, _ lines: [String]) -> [UInt8] {
        Array((lines + ["\(tag) OK done"]).map { $0 + "\r\n" }.joined().utf8)
    }

    private func text(_ isFine: Bool, _ tag: String, _ command: String) -> [UInt8] {
        Array("\(tag) \(isFine ? "OK" : "NO [AUTHENTICATIONFAILED]") \(command)\r\n".utf8)
    }

    private static func unquoted(_ word: String) -> String {
        word.trimmingCharacters(in: ["\""])
    }
}
