// SPDX-License-Identifier: EUPL-1.2

/// One HTTP request as a counterpart received it, byte for byte.
public struct RecordedRequest: Sendable, Hashable {
    /// One header line.
    public struct Header: Sendable, Hashable {
        /// The name as it was written.
        public let name: String
        /// The value without the blanks around it.
        public let value: String

        /// A header line from its two parts.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The running number at this counterpart, from 1, over all connections.
    public let ordinal: Int
    /// The number of the connection it came over, from 1.
    public let connection: Int
    /// The method as written.
    public let method: String
    /// The request target as written: path and query.
    public let target: String
    /// All header lines in the order they came.
    public let headers: [Header]
    /// The body, freed from chunked framing.
    public let body: [UInt8]
    /// Everything that came for this request: request line, headers, empty line, body with its framing.
    public let raw: [UInt8]
    /// Whether the whole request was read; false when the counterpart hung up after the headers.
    public let isComplete: Bool
    /// When the last byte of it was read.
    public let receivedAt: ContinuousClock.Instant

    /// The first line of the request.
    public var requestLine: String {
        let end = raw.firstOffset(of: .lineEnd) ?? raw.count
        return String(decoding: raw[..<end], as: UTF8.self)
    }

    /// The value of the first header of that name, whatever its case.
    public func header(_ name: String) -> String? { headers.first(named: name) }

    /// The body as text; bytes that are not UTF-8 are replaced.
    public var text: String { String(decoding: body, as: UTF8.self) }
}

extension [RecordedRequest.Header] {
    /// Compares ASCII letters without regard to case, and without making a string for each comparison.
    func first(named name: String) -> String? {
        first { header in
            header.name.utf8.count == name.utf8.count
                && zip(header.name.utf8, name.utf8).allSatisfy { $0.lowered == $1.lowered }
        }?.value
    }
}

extension UInt8 {
    var lowered: UInt8 { self >= 65 && self <= 90 ? self | 0x20 : self }
}
