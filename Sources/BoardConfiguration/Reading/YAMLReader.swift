// SPDX-License-Identifier: EUPL-1.2
import Yams

/// Reads one YAML document into a tree that keeps every place, and reports everything that is more than plain data.
enum YAMLReader {
    /// Nil when there is no tree at all; otherwise problems that the tree survives are in the log.
    static func read(_ bytes: [UInt8], file: String, _ log: ProblemLog) -> YAMLNode? {
        guard let text = YAMLText.decode(bytes, file: file, log) else { return nil }
        if let place = AliasKeys.find(in: text, file: file) {
            log.error(place, "anchors and aliases are not read", suggestion: "Write the value out.")
            return nil
        }
        var masked = MaskedKeys(text)
        while true {
            do {
                let parser = try Parser(yaml: masked.text, resolver: .basic, encoding: .utf8)
                guard let root = try parser.singleRoot() else {
                    log.error(SourcePlace(file: file), "the file is empty")
                    return nil
                }
                // Nodes hold their anchors weakly: they live as long as the parser.
                return withExtendedLifetime(parser) {
                    YAMLTreeBuilder(file: file, originals: masked.originals, log: log).node(root, depth: 0)
                }
            } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
                // The parser stops at the first pair: hide one of the two and go on, so that all are reported at once.
                guard masked.mask(at: context.mark) else {
                    log.error(
                        place(context.mark, file),
                        "the key \(duplicates.map { "“\($0)”" }.joined(separator: ", ")) stands here twice")
                    return nil
                }
            } catch {
                log.report(error, file: file, text: text)
                return nil
            }
        }
    }

    static func place(_ mark: Mark, _ file: String) -> SourcePlace {
        SourcePlace(file: file, line: mark.line, column: mark.column)
    }
}

/// Text in which the first letter of some keys is replaced, so that the parser does not see them as duplicates.
private struct MaskedKeys {
    private(set) var text: String
    /// The replaced letters by what stands for them.
    private(set) var originals: [Unicode.Scalar: Unicode.Scalar] = [:]

    private var scalars: [Unicode.Scalar]
    private let canMask: Bool
    private static let first: UInt32 = 0xE000
    private static let most = 200

    init(_ text: String) {
        self.text = text
        scalars = Array(text.unicodeScalars)
        canMask = !scalars.contains { (0xE000...0xF8FF).contains($0.value) }
    }

    /// - Returns: False when this key cannot be hidden.
    mutating func mask(at mark: Mark) -> Bool {
        guard canMask, originals.count < Self.most, var index = index(of: mark) else { return false }
        if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
        guard scalars.indices.contains(index), !"\"'\\|>\n\r".unicodeScalars.contains(scalars[index]),
            let stand = Unicode.Scalar(Self.first + UInt32(originals.count))
        else { return false }
        originals[stand] = scalars[index]
        scalars[index] = stand
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        text = String(view)
        return true
    }

    private func index(of mark: Mark) -> Int? {
        var counter = LineCounter()
        for (index, scalar) in scalars.enumerated() {
            if counter.line == mark.line, counter.column == mark.column { return index }
            counter.count(scalar)
        }
        return nil
    }
}

/// Aliases used as keys: the parser would compare everything they stand for, which can be made to take for ever.
private enum AliasKeys {
    static func find(in text: String, file: String) -> SourcePlace? {
        var counter = LineCounter()
        var alias: SourcePlace?
        var hasComplexKey = false
        var previous: Unicode.Scalar = "\n"
        var beforeColon: Unicode.Scalar = "\n"
        var word = ""
        for scalar in text.unicodeScalars {
            let startsToken = " \t\n\r[{,".unicodeScalars.contains(previous)
            if startsToken, scalar == "*", alias == nil { alias = counter.place(in: file) }
            let isBlank = scalar == " " || scalar == "\t"
            // `*name :` is a key too, with any number of spaces.
            if startsToken, !isBlank, !(scalar == ":" && word.hasPrefix("*")) { word = "" }
            word.unicodeScalars.append(scalar)
            if scalar == ":" {
                let isAliasKey = word.hasPrefix("*") || beforeColon == "]" || beforeColon == "}"
                hasComplexKey = hasComplexKey || isAliasKey
            }
            if previous == "?", scalar == " " || scalar == "\n", word.hasPrefix("?") { hasComplexKey = true }
            if !isBlank { beforeColon = scalar }
            previous = scalar
            counter.count(scalar)
        }
        return hasComplexKey && text.contains("&") ? alias : nil
    }
}
