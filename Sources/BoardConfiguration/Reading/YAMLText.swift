// SPDX-License-Identifier: EUPL-1.2

/// The bytes of a file as text that the YAML parser can take, or the reason why not.
enum YAMLText {
    /// Room for the persons of more than 5,000 schools; larger files are not configuration.
    static let maximumBytes = 8 << 20

    static func decode(_ bytes: [UInt8], file: String, _ log: ProblemLog) -> String? {
        guard bytes.count <= maximumBytes else {
            log.error(
                SourcePlace(file: file), "the file is larger than 8 MiB",
                suggestion: "Point to the configuration file itself.")
            return nil
        }
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        var text = String.UnicodeScalarView()
        var counter = LineCounter()
        var decoder = UTF8()
        var rest = content.makeIterator()
        while true {
            switch decoder.decode(&rest) {
            case .emptyInput:
                return String(text)
            case .error:
                log.error(
                    counter.place(in: file), "the file is not valid UTF-8 here", suggestion: "Save it as UTF-8.")
                return nil
            case .scalarValue(let scalar):
                guard isAllowed(scalar) else {
                    log.error(
                        counter.place(in: file), "a control character (\(hexadecimal(scalar))) stands here",
                        suggestion: "Remove it.")
                    return nil
                }
                text.append(scalar)
                counter.count(scalar)
            }
        }
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85: true
        case 0..<0x20, 0x7F..<0xA0, 0xFEFF, 0xFFFE, 0xFFFF: false
        default: true
        }
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// Counts lines and columns the way the YAML parser does.
struct LineCounter {
    private(set) var line = 1
    private(set) var column = 1
    private var afterReturn = false

    mutating func count(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x0A where afterReturn:
            afterReturn = false
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029:
            line += 1
            column = 1
            afterReturn = scalar.value == 0x0D
        default:
            column += 1
            afterReturn = false
        }
    }

    func place(in file: String) -> SourcePlace {
        SourcePlace(file: file, line: line, column: column)
    }
}
