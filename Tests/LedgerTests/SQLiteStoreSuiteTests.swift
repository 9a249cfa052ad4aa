// SPDX-License-Identifier: EUPL-1.2
import Testing

@Suite struct SQLiteStoreSuiteTests {
    @Test(arguments: StoreSuite.all) func suite(_ storeCase: StoreCase) async throws {
        try await TemporaryStore.with { try await storeCase.run($0.store) }
    }
}
