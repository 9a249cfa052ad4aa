// SPDX-License-Identifier: EUPL-1.2
import NIOCore

/// The first part of a request: request line and headers.
struct RequestHead: Sendable {
    let method: String
    let target: String
    let headers: [RecordedRequest.Header]
    /// Bytes up to and including the empty line.
    let length: Int
    /// Bytes of the body, or nil when it comes in chunks.
    let bodyLength: Int?
    let keepsAlive: Bool
    let expectsContinue: Bool
}

/// Takes HTTP/1.1 requests apart without changing a byte: the sandbox must show exactly what was sent, so it reads
/// the bytes itself. Pure: bytes in, events out.
struct RequestReader {
    enum Event {
        /// The headers are in.
        case head(RequestHead)
        /// The whole request is in: its body, and everything that came for it.
        case complete(body: ByteBuffer, raw: ByteBuffer)
        /// Not HTTP/1.1 as we read it: answer with this status and close.
        case malformed(status: Int)
    }

    private static let headLimit = 64 * 1024
    private static let bodyLimit = 64 * 1024 * 1024

    private var head: RequestHead?
    private var chunks = ChunkedBody()
    /// Where the search for the empty line goes on, so that a slow sender does not make it quadratic.
    private var searched = 0

    /// What the bytes that are there allow; nil when more are needed. Takes from `buffer` only whole requests.
    mutating func next(_ buffer: inout ByteBuffer) -> Event? {
        guard let head else { return readHead(buffer) }
        guard let length = head.bodyLength else { return readChunks(head, &buffer) }
        guard buffer.readableBytes >= head.length + length else { return nil }
        return finish(head, total: head.length + length, body: nil, &buffer)
    }

    /// What is there of a request whose body is not read.
    func partial(_ buffer: ByteBuffer) -> ByteBuffer {
        buffer.getSlice(at: buffer.readerIndex, length: head?.length ?? 0) ?? ByteBuffer()
    }

    private mutating func finish(
        _ head: RequestHead, total: Int, body: ByteBuffer?, _ buffer: inout ByteBuffer
    ) -> Event? {
        guard let raw = buffer.readSlice(length: total) else { return nil }
        let inPlace = raw.getSlice(at: raw.readerIndex + head.length, length: total - head.length)
        self = RequestReader()
        return .complete(body: body ?? inPlace ?? ByteBuffer(), raw: raw)
    }

    private mutating func readChunks(_ head: RequestHead, _ buffer: inout ByteBuffer) -> Event? {
        switch chunks.read(buffer, from: head.length, limit: Self.bodyLimit) {
        case .needsMore: nil
        case .malformed: .malformed(status: 400)
        case .complete(let total): finish(head, total: total, body: chunks.body, &buffer)
        }
    }

    private mutating func readHead(_ buffer: ByteBuffer) -> Event? {
        let found = buffer.withUnsafeReadableBytes { bytes -> (end: Int?, head: RequestHead?) in
            guard let end = bytes.firstOffset(of: [13, 10, 13, 10], from: searched) else { return (nil, nil) }
            return (end + 4, HeadParser.parse(UnsafeRawBufferPointer(rebasing: bytes[..<(end + 2)])))
        }
        guard found.end != nil else {
            searched = max(0, buffer.readableBytes - 3)
            return searched > Self.headLimit ? .malformed(status: 431) : nil
        }
        guard let parsed = found.head else { return .malformed(status: 400) }
        if let length = parsed.bodyLength, length > Self.bodyLimit { return .malformed(status: 413) }
        head = parsed
        return .head(parsed)
    }
}

/// Reads request line and headers. Strict: what it does not know is malformed.
private enum HeadParser {
    /// `bytes` end with the CRLF of the last header line.
    static func parse(_ bytes: UnsafeRawBufferPointer) -> RequestHead? {
        guard let lineEnd = bytes.firstOffset(of: .lineEnd) else { return nil }
        let words = bytes[..<lineEnd].split(separator: 32, omittingEmptySubsequences: false)
        guard words.count == 3, !words[0].isEmpty, !words[1].isEmpty else { return nil }
        let version = text(words[2])
        guard version == "HTTP/1.1" || version == "HTTP/1.0" else { return nil }
        guard let headers = readHeaders(bytes, from: lineEnd + 2) else { return nil }
        let lengths = headers.filter { $0.name.utf8.count == 14 && $0.name.lowercased() == "content-length" }
        let coding = headers.first(named: "Transfer-Encoding")
        let isChunked = coding?.lowercased() == "chunked"
        // Two lengths, or a length beside chunks, is how requests are smuggled.
        guard lengths.count <= 1, lengths.isEmpty || coding == nil, coding == nil || isChunked else { return nil }
        let length = lengths.first.map { $0.value.utf8.allSatisfy(\.isDigit) ? Int($0.value) : nil } ?? 0
        guard let length else { return nil }
        let connection = headers.first(named: "Connection")?.lowercased()
        return RequestHead(
            method: text(words[0]), target: text(words[1]), headers: headers, length: bytes.count + 2,
            bodyLength: isChunked ? nil : length,
            keepsAlive: connection != "close" && version == "HTTP/1.1",
            expectsContinue: headers.first(named: "Expect")?.lowercased() == "100-continue")
    }

    private static func readHeaders(_ bytes: UnsafeRawBufferPointer, from start: Int) -> [RecordedRequest.Header]? {
        var headers: [RecordedRequest.Header] = []
        var position = start
        while position < bytes.count {
            guard let end = bytes.firstOffset(of: .lineEnd, from: position) else { return nil }
            let line = bytes[position..<end]
            guard let colon = line.firstIndex(of: 58), colon > position else { return nil }
            let name = line[..<colon]
            guard !name.contains(where: \.isBlank) else { return nil }
            var value = line[(colon + 1)...]
            while let first = value.first, first.isBlank { value = value.dropFirst() }
            while let last = value.last, last.isBlank { value = value.dropLast() }
            headers.append(RecordedRequest.Header(text(name), text(value)))
            position = end + 2
        }
        return headers
    }

    private static func text(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes), as: UTF8.self)
    }
}

/// A body in chunks, read as far as it has come.
private struct ChunkedBody {
    enum Progress {
        case needsMore
        case malformed
        /// The number of bytes of the whole request.
        case complete(total: Int)
    }

    private(set) var body = ByteBuffer()
    private var offset: Int?
    private var isInTrailer = false

    mutating func read(_ buffer: ByteBuffer, from start: Int, limit: Int) -> Progress {
        while true {
            let position = offset ?? start
            let end = buffer.withUnsafeReadableBytes { $0.firstOffset(of: .lineEnd, from: position) }
            guard let end else { return .needsMore }
            if isInTrailer {
                offset = end + 2
                if end == position { return .complete(total: end + 2) }
                continue
            }
            guard let size = size(buffer, position..<end), body.readableBytes + size <= limit else { return .malformed }
            if size == 0 {
                isInTrailer = true
                offset = end + 2
                continue
            }
            guard buffer.readableBytes >= end + 2 + size + 2 else { return .needsMore }
            let first = buffer.readerIndex + end + 2
            guard let data = buffer.getSlice(at: first, length: size),
                buffer.getBytes(at: first + size, length: 2) == .lineEnd
            else { return .malformed }
            body.writeImmutableBuffer(data)
            offset = end + 2 + size + 2
        }
    }

    private func size(_ buffer: ByteBuffer, _ range: Range<Int>) -> Int? {
        let line = buffer.getString(at: buffer.readerIndex + range.lowerBound, length: range.count) ?? ""
        let digits = line.prefix { $0 != ";" }
        guard digits.count <= 8, digits.utf8.allSatisfy({ $0.hexValue != nil }) else { return nil }
        return Int(digits, radix: 16)
    }
}
