// SPDX-License-Identifier: EUPL-1.2
import Delivery
import Testing

/// What every store must do. A case gets a new, empty store; run all of them on each kind of store.
struct StoreCase: Sendable, CustomTestStringConvertible {
    let name: String
    let run: @Sendable (any Store) async throws -> Void

    var testDescription: String { name }

    init(_ name: String, _ run: @escaping @Sendable (any Store) async throws -> Void) {
        self.name = name
        self.run = run
    }
}

enum StoreSuite {
    static let all =
        events + moves + log + owedAndNotices + owedItems + owedClocks + owedLadder + owedPauses
        + owedCorrections + tokens + cases + mail + figures
}
