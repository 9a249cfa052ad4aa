// SPDX-License-Identifier: EUPL-1.2

/// What the relay has said so far, as far as it decides anything.
struct MailDialogue {
    /// The relay accepted the user name and password (reply 235).
    private(set) var isAuthenticated = false
    /// The relay's reply to the complete message: the first one after its go-ahead (354) for the content.
    private(set) var verdict: Int?
    private var contentInvited = false

    /// Takes one reply line. Lines that announce more (`250-`) decide nothing.
    mutating func hear(_ line: UnsafeRawBufferPointer) {
        guard let code = Self.finalCode(line) else { return }
        if contentInvited {
            verdict = verdict ?? code
        } else if code == 354 {
            contentInvited = true
        } else if code == 235 {
            isAuthenticated = true
        }
    }

    private static func finalCode(_ line: UnsafeRawBufferPointer) -> Int? {
        guard line.count >= 3, line.count == 3 || line[3] != UInt8(ascii: "-") else { return nil }
        var code = 0
        for byte in line.prefix(3) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            code = code * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return code
    }
}

/// Finds out from libcurl's remarks whether the counterpart refused our certificate.
enum TLSAlert {
    /// OpenSSL's names of the alerts that a server sends when the client's certificate is missing or not accepted.
    private static let names = [
        "certificate required", "bad certificate", "unknown ca", "unsupported certificate", "certificate revoked",
        "certificate expired", "certificate unknown", "no certificate",
    ]

    static func isAboutCertificate(_ remark: UnsafeRawBufferPointer) -> Bool {
        // Most remarks hold nothing of the kind, and this is asked for each.
        guard let start = offset(of: "alert ", in: remark) else { return false }
        let rest = String(decoding: remark[(start + 6)...], as: UTF8.self)
        return names.contains { rest.hasPrefix($0) }
    }

    private static func offset(of word: StaticString, in remark: UnsafeRawBufferPointer) -> Int? {
        let wanted = UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard remark.count >= wanted.count else { return nil }
        return (0...(remark.count - wanted.count)).first { offset in
            remark[offset] == wanted[0] && remark[offset..<(offset + wanted.count)].elementsEqual(wanted)
        }
    }
}
