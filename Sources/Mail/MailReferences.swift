// SPDX-License-Identifier: EUPL-1.2

/// By what a mail can be placed with a case: references that the gateway itself put into what it sent, and nothing else. Never a name.
public enum MailReferences {
    /// More than these are not looked up: a mail that holds so many is not about one case.
    static let most = 20

    /// References (`MP-0A1B-2C3D-4E5F`) in subject and text and identifiers of answered messages, each once, in their written form.
    public static func all(in mail: ReceivedMail) -> [String] {
        var found: [String] = []
        for token in references(in: mail.subject) + mail.answeredMessages + references(in: mail.text)
        where !found.contains(token) && found.count < most {
            found.append(token)
        }
        return found
    }

    /// References in a text, also in lower case, broken off after a hyphen, or with another kind of hyphen.
    public static func references(in text: String) -> [String] {
        var found: [String] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index + 16 < bytes.count, found.count < most {
            defer { index += 1 }
            guard bytes[index] | 0x20 == UInt8(ascii: "m"), bytes[index + 1] | 0x20 == UInt8(ascii: "p"),
                index == 0 || !isWordByte(bytes[index - 1])
            else { continue }
            if let reference = reference(bytes, from: index + 2), !found.contains(reference) {
                found.append(reference)
            }
        }
        return found
    }

    private static func reference(_ bytes: [UInt8], from start: Int) -> String? {
        var index = start
        var text = "MP"
        for _ in 0..<3 {
            guard let next = afterHyphen(bytes, index), next + 4 <= bytes.count else { return nil }
            let group = bytes[next..<next + 4]
            guard group.allSatisfy(isHexadecimal) else { return nil }
            text += "-" + String(decoding: group, as: UTF8.self).uppercased()
            index = next + 4
        }
        return index < bytes.count && isWordByte(bytes[index]) ? nil : text
    }

    private static func afterHyphen(_ bytes: [UInt8], _ index: Int) -> Int? {
        var index = index
        if index < bytes.count, bytes[index] == UInt8(ascii: "-") {
            index += 1
        } else if index + 2 < bytes.count, bytes[index] == 0xE2, bytes[index + 1] == 0x80,
            (0x90...0x95).contains(bytes[index + 2])
        {
            index += 3
        } else {
            return nil
        }
        var blanks = 0
        while index < bytes.count, blanks < 4, [0x0A, 0x0D, 0x20, 0x3E].contains(bytes[index]) {
            index += 1
            blanks += 1
        }
        return index
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
}
