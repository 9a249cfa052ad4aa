// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents
public import Values

/// One value within the data of an event that is no object and no list.
public struct EventLeaf: Sendable, Hashable {
    /// With list places as `[]`: what an allow-list names.
    public let path: FieldPath
    /// With list places as numbers.
    public let pointer: JSONPointer
    public let value: JSONValue

    /// Texts, references and dates of a canary event stand nowhere else; choices, numbers and truth values may.
    public var isCanary: Bool {
        guard let text = value.string else { return false }
        return text.hasPrefix("Kan") || CalendarDate(text) != nil || BSN.passesElevenTest(text)
    }
}

extension JSONValue {
    /// Every leaf, found without a schema, in order of the keys and of the lists.
    public var leaves: [EventLeaf] {
        leaves(path: "", pointer: .root)
    }

    private func leaves(path: String, pointer: JSONPointer) -> [EventLeaf] {
        switch self {
        case .object(let members):
            members.sorted { $0.key < $1.key }.flatMap { name, value in
                value.leaves(path: path.isEmpty ? name : "\(path).\(name)", pointer: pointer.appending(name))
            }
        case .array(let elements):
            elements.enumerated().flatMap { index, value in
                value.leaves(path: "\(path)[]", pointer: pointer.appending(index))
            }
        default:
            [EventLeaf(path: FieldPath(path), pointer: pointer, value: self)]
        }
    }

    /// A copy in which one place holds another value, or nothing. A place that is not there is made, if its parent is.
    public func replacing(_ pointer: JSONPointer, with value: JSONValue?) -> JSONValue {
        guard let first = pointer.tokens.first else { return value ?? .null }
        let rest = JSONPointer(tokens: Array(pointer.tokens.dropFirst()))
        switch self {
        case .object(var members):
            if rest.tokens.isEmpty {
                members[first] = value
            } else if let member = members[first] {
                members[first] = member.replacing(rest, with: value)
            }
            return .object(members)
        case .array(var elements):
            guard let index = Int(first), elements.indices.contains(index) else { return self }
            if rest.tokens.isEmpty, value == nil {
                elements.remove(at: index)
            } else {
                elements[index] = elements[index].replacing(rest, with: value)
            }
            return .array(elements)
        default:
            return self
        }
    }

    /// A disclosed copy with what tells the origin of a hidden report back at the place that the event has it.
    public var withOriginInPlace: JSONValue {
        guard var members = object, var alone = members["alleenVeiligThuis"]?.object else { return self }
        for (name, part) in alone where name != "grond" && name != "toelichting" {
            members[name] = .object((members[name]?.object ?? [:]).merging(part.object ?? [:]) { $1 })
            alone[name] = nil
        }
        members["alleenVeiligThuis"] = .object(alone)
        return .object(members)
    }

    /// A copy without some member.
    public func without(_ pointer: String) -> JSONValue {
        JSONPointer(pointer).map { replacing($0, with: nil) } ?? self
    }

    /// A copy with another value at some place.
    public func with(_ pointer: String, _ value: JSONValue) -> JSONValue {
        JSONPointer(pointer).map { replacing($0, with: value) } ?? self
    }
}

extension [UInt8] {
    /// Whether these bytes hold those of a text.
    public func holds(_ text: String) -> Bool {
        let needle = Array(text.utf8)
        guard let first = needle.first, count >= needle.count else { return false }
        return (0...(count - needle.count)).contains { start in
            self[start] == first && self[start..<start + needle.count].elementsEqual(needle)
        }
    }
}
