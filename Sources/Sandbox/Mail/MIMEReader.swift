// SPDX-License-Identifier: EUPL-1.2

/// Reads entities: headers, an empty line, and a body that may hold further entities.
struct MIMEReader {
    private(set) var parts: [ParsedMail.Part] = []
    var problems: [String] = []

    private static let depthLimit = 8

    mutating func checkLines(_ raw: [UInt8]) {
        var start = 0
        var bare = 0
        var long = 0
        for index in raw.indices where raw[index] == 10 {
            let isBare = index == 0 || raw[index - 1] != 13
            if isBare { bare += 1 }
            if index - start - (isBare ? 0 : 1) > 998 { long += 1 }
            start = index + 1
        }
        if bare > 0 { problems.append("\(bare) bare line feeds") }
        if long > 0 { problems.append("\(long) lines over 998 bytes") }
    }

    /// Adds the leaf parts of an entity and returns its headers.
    mutating func read(_ entity: [UInt8], depth: Int) -> [ParsedMail.Header] {
        let (headers, body) = split(entity)
        let type = HeaderValue(value("Content-Type", headers) ?? "text/plain")
        if type.value.hasPrefix("multipart/"), let boundary = type["boundary"], depth < Self.depthLimit {
            for part in pieces(of: body, boundary: boundary) { _ = read(part, depth: depth + 1) }
        } else {
            parts.append(leaf(headers, type, body))
        }
        return headers
    }

    private mutating func split(_ entity: [UInt8]) -> ([ParsedMail.Header], [UInt8]) {
        if entity.starts(with: [UInt8].lineEnd) { return ([], Array(entity.dropFirst(2))) }
        let crlf = entity.firstOffset(of: [13, 10, 13, 10])
        let lf = entity.firstOffset(of: [10, 10])
        if let lf, lf < crlf ?? .max {
            return (readHeaders(Array(entity[..<lf])), Array(entity[(lf + 2)...]))
        }
        guard let crlf else { return (readHeaders(entity), []) }
        return (readHeaders(Array(entity[..<crlf])), Array(entity[(crlf + 4)...]))
    }

    private mutating func readHeaders(_ bytes: [UInt8]) -> [ParsedMail.Header] {
        if bytes.contains(where: { $0 > 126 }) { problems.append("8-bit header") }
        var lines: [[UInt8]] = []
        for var line in bytes.split(separator: 10, omittingEmptySubsequences: true) {
            if line.last == 13 { line = line.dropLast() }
            if let first = line.first, first.isBlank, !lines.isEmpty {
                lines[lines.count - 1] += line
            } else {
                lines.append(Array(line))
            }
        }
        return lines.compactMap { line in
            guard let colon = line.firstIndex(of: 58), colon > 0 else {
                problems.append("header line without a name")
                return nil
            }
            let raw = String(decoding: line[(colon + 1)...].drop { $0.isBlank }, as: UTF8.self)
            let name = String(decoding: line[..<colon], as: UTF8.self)
            return ParsedMail.Header(name: name, raw: raw, value: EncodedWords.decode(raw))
        }
    }

    private func value(_ name: String, _ headers: [ParsedMail.Header]) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.raw
    }

    /// The bodies between the boundary's lines.
    private mutating func pieces(of body: [UInt8], boundary: String) -> [[UInt8]] {
        let marker = Array("--\(boundary)".utf8)
        var result: [[UInt8]] = []
        var partStart: Int?
        var search = 0
        while let found = body.firstOffset(of: marker, from: search) {
            search = found + marker.count
            let after = body[search...]
            let isClosing = after.starts(with: [45, 45])
            // A longer boundary can begin with this one.
            let endsHere = after.first.map { $0 == 13 || $0 == 10 || $0.isBlank } ?? true
            guard found == 0 || body[found - 1] == 10, isClosing || endsHere else { continue }
            if let start = partStart {
                var end = max(start, found - 1)
                if end > start, body[end - 1] == 13 { end -= 1 }
                result.append(Array(body[start..<end]))
            }
            if isClosing { return result }
            guard let lineEnd = after.firstIndex(of: 10) else { break }
            partStart = lineEnd + 1
            search = lineEnd + 1
        }
        problems.append("multipart without end")
        return result
    }

    private mutating func leaf(
        _ headers: [ParsedMail.Header], _ type: HeaderValue, _ body: [UInt8]
    ) -> ParsedMail.Part {
        let bytes = decode(body, value("Content-Transfer-Encoding", headers) ?? "7bit")
        let disposition = HeaderValue(value("Content-Disposition", headers) ?? "")
        let fileName = disposition["filename"] ?? type["name"]
        var text: String?
        if type.value.hasPrefix("text/") {
            let charset = type["charset"] ?? "us-ascii"
            text = Charset.decode(bytes, charset).map { $0.replacing("\r\n", with: "\n") }
            if text == nil { problems.append("unknown character set \(charset)") }
        }
        return ParsedMail.Part(
            headers: headers, contentType: type.value, fileName: fileName,
            isAttachment: disposition.value == "attachment" || fileName != nil, bytes: bytes, text: text)
    }

    private mutating func decode(_ body: [UInt8], _ encoding: String) -> [UInt8] {
        switch HeaderValue(encoding).value {
        case "7bit":
            if body.contains(where: { $0 > 127 }) { problems.append("8-bit content that says 7bit") }
            return body
        case "8bit", "binary":
            return body
        case "quoted-printable":
            return QuotedPrintable.decode(body)
        case "base64":
            let packed = body.filter { !$0.isBlank && $0 != 13 && $0 != 10 }
            if let decoded = Base64.decode(packed) { return decoded }
            problems.append("broken base64")
            return body
        default:
            problems.append("unknown transfer encoding")
            return body
        }
    }
}
