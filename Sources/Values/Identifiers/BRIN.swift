// SPDX-License-Identifier: EUPL-1.2

/// The number of a Dutch school in the register of institutions (RIO), with or without its location: `00AA` or `00AA01`.
public struct BRIN: Sendable, Hashable {
    /// Two digits and two capital letters.
    public let school: String
    /// The two digits of the location (vestiging); nil for the school as a whole.
    public let vestiging: String?

    /// Reads two digits, two capital letters and, if there is a location, two digits; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 4 || bytes.count == 6, bytes[0..<2].allSatisfy(BRIN.isDigit),
            bytes[2..<4].allSatisfy(BRIN.isCapital), bytes[4...].allSatisfy(BRIN.isDigit)
        else { return nil }
        school = String(decoding: bytes[0..<4], as: UTF8.self)
        vestiging = bytes.count == 6 ? String(decoding: bytes[4...], as: UTF8.self) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
    }
}

extension BRIN: Comparable {
    /// In the order of their written forms, so a school comes before its locations.
    public static func < (left: BRIN, right: BRIN) -> Bool {
        left.description < right.description
    }
}

extension BRIN: CustomStringConvertible {
    /// `00AA` or `00AA01`.
    public var description: String {
        school + (vestiging ?? "")
    }
}

extension BRIN: Codable {
    /// From its written form; throws `DecodingError.dataCorrupted` for anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let brin = BRIN(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "Verwacht werd een BRIN: twee cijfers, twee hoofdletters en eventueel twee cijfers.")
        }
        self = brin
    }

    /// As its written form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
