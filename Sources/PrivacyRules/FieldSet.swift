// SPDX-License-Identifier: EUPL-1.2
public import CaseEvents

/// Some of the fields that events of one type can have, by their positions in the type's `FieldTable`.
///
/// Two words instead of names, so that a decision costs no allocation; a test holds every type within 128 fields.
public struct FieldSet: Sendable, Hashable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    static let capacity = 128

    public init() {}

    mutating func insert(_ position: Int) {
        if position < 64 { low |= 1 << UInt64(position) } else { high |= 1 << UInt64(position - 64) }
    }

    func contains(_ position: Int) -> Bool {
        position < 64 ? low & (1 << UInt64(position)) != 0 : high & (1 << UInt64(position - 64)) != 0
    }

    public var isEmpty: Bool { low == 0 && high == 0 }

    public func intersection(_ other: FieldSet) -> FieldSet { combined(other) { $0 & $1 } }
    public func union(_ other: FieldSet) -> FieldSet { combined(other) { $0 | $1 } }
    public func subtracting(_ other: FieldSet) -> FieldSet { combined(other) { $0 & ~$1 } }

    public func isSuperset(of other: FieldSet) -> Bool { other.subtracting(self).isEmpty }

    private func combined(_ other: FieldSet, _ operation: (UInt64, UInt64) -> UInt64) -> FieldSet {
        var result = FieldSet()
        result.low = operation(low, other.low)
        result.high = operation(high, other.high)
        return result
    }
}

extension FieldSet {
    /// The fields with these names; names that the type does not have are left out.
    public init(_ paths: some Sequence<FieldPath>, of type: EventType) {
        self.init()
        let table = FieldTable.of(type)
        for path in paths {
            if let position = table.positions[path] { insert(position) }
        }
    }

    /// The names, in alphabetical order.
    public func paths(of type: EventType) -> [FieldPath] {
        guard !isEmpty else { return [] }
        return FieldTable.of(type).paths.enumerated().filter { contains($0.offset) }.map(\.element)
    }
}
