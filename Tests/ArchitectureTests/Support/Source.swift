// SPDX-License-Identifier: EUPL-1.2

/// A piece of a manifest without comments: finds brackets, calls and strings in it.
struct Source {
    struct Call {
        let name: String
        let arguments: String
    }

    private let text: [Character]

    init(_ text: String) {
        self.text = Array(text)
    }

    /// What stands between the first bracket after some words and its partner.
    /// - Parameters:
    ///   - braces: only a curly bracket counts.
    ///   - last: after the last time that the words stand here.
    func bracket(after words: String, braces: Bool = false, last: Bool = false) throws -> String {
        guard let place = places(of: words).reversed().first(where: { last || $0 == places(of: words).first }) else {
            throw Manifest.Failure(description: "Package.swift does not say “\(words)” any more")
        }
        var index = place + words.count
        let openings: [Character] = braces ? ["{"] : ["(", "[", "{"]
        while index < text.count, !openings.contains(text[index]) { index += 1 }
        guard let end = partner(of: index) else { throw Manifest.Failure(description: "no end after “\(words)”") }
        return String(text[(index + 1)..<end])
    }

    /// The calls at the top: a name and what stands between its parentheses.
    var calls: [Call] {
        var calls: [Call] = []
        var index = 0
        var name = ""
        while index < text.count {
            if text[index] == "(", !name.isEmpty, let end = partner(of: index) {
                calls.append(Call(name: name, arguments: String(text[(index + 1)..<end])))
                name = ""
                index = end + 1
            } else {
                name = text[index].isLetter || text[index] == "." ? name + String(text[index]) : ""
                index += 1
            }
        }
        return calls
    }

    /// Every string, without its quotes.
    var strings: [String] {
        var strings: [String] = []
        var current: String?
        for character in text {
            if character == "\"" {
                if let done = current { strings.append(done) }
                current = current == nil ? "" : nil
            } else {
                current?.append(character)
            }
        }
        return strings
    }

    /// Every word outside strings.
    var words: [String] {
        var isString = false
        let outside = text.map { character -> Character in
            if character == "\"" { isString.toggle() }
            return isString || !(character.isLetter || character.isNumber) ? " " : character
        }
        return String(outside).split(separator: " ").map(String.init)
    }

    /// What stands in the first list.
    var firstList: String? {
        guard let start = text.firstIndex(of: "["), let end = partner(of: start) else { return nil }
        return String(text[(start + 1)..<end])
    }

    /// What stands before some words; everything where they do not stand.
    func upTo(_ words: String) -> Source {
        Source(String(text[..<(places(of: words).first ?? text.count)]))
    }

    func list(after words: String) -> String? {
        places(of: words).first.flatMap { Source(String(text[$0...])).firstList }
    }

    func string(after words: String) -> String? {
        places(of: words).first.flatMap { Source(String(text[$0...])).strings.first }
    }

    private func places(of words: String) -> [Int] {
        let words = Array(words)
        guard text.count >= words.count else { return [] }
        return (0...(text.count - words.count)).filter {
            text[$0] == words[0] && text[$0..<$0 + words.count].elementsEqual(words)
        }
    }

    private func partner(of start: Int) -> Int? {
        var depth = 0
        var isString = false
        for index in start..<max(start, text.count) {
            let character = text[index]
            if character == "\"" { isString.toggle() }
            guard !isString else { continue }
            if "([{".contains(character) { depth += 1 }
            if ")]}".contains(character) { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
