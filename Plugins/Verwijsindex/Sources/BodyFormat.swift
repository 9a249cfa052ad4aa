// SPDX-License-Identifier: EUPL-1.2
import AdapterKit
import Values

/// How a body is written: decides the escaping of values and what counts as a sound body.
enum BodyFormat: Sendable, Hashable {
    case json
    case xml

    /// From a media type such as `application/json` or `application/soap+xml; charset=utf-8`; nil for any other type, and for
    /// another character set than UTF-8.
    init?(contentType: String) {
        let parts = contentType.lowercased().split(separator: ";").map { $0.filter { $0 != " " && $0 != "\"" } }
        guard let type = parts.first else { return nil }
        let charsets = parts.dropFirst().filter { $0.hasPrefix("charset=") }
        guard charsets.allSatisfy({ $0 == "charset=utf-8" }) else { return nil }
        if type.hasSuffix("/json") || type.hasSuffix("+json") {
            self = .json
        } else if type.hasSuffix("/xml") || type.hasSuffix("+xml") {
            self = .xml
        } else {
            return nil
        }
    }

    var name: String { self == .json ? "JSON" : "XML" }

    /// The value as it stands in the body; nil when the format has no way to write one of its characters.
    func escaped(_ text: String) -> [UInt8]? {
        switch self {
        case .json: Self.escapedForJSON(text)
        case .xml: XMLWriter.escaped(text)
        }
    }

    /// What keeps a filled-in body from being sound; nil when it is.
    func fault(in body: [UInt8]) -> String? {
        switch self {
        case .json:
            guard case .failure(let problems) = StrictJSON.read(body), let first = problems.problems.first else {
                return nil
            }
            return "\(first.code.rawValue) at line \(first.position.line), column \(first.position.column)"
        case .xml:
            do throws(XMLFault) {
                _ = try XMLDocument(body)
                return nil
            } catch {
                let position = TextPosition(offset: error.offset, in: body)
                return "\(error.message) at line \(position.line), column \(position.column)"
            }
        }
    }

    private static func escapedForJSON(_ text: String) -> [UInt8]? {
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
            // I-JSON readers refuse U+0000 in any writing.
            case 0: return nil
            case 1..<0x20: result += Array("\\u00".utf8) + [hexDigit(byte >> 4), hexDigit(byte & 15)]
            default: result.append(byte)
            }
        }
        return result
    }

    private static func hexDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
    }
}
