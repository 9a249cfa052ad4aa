// SPDX-License-Identifier: EUPL-1.2
import Delivery
import GRDBSQLite

/// Why a change was not applied.
enum ChangeFailure: Error {
    /// The change's own fault: the others of its group go on.
    case alone(StoreError)
    /// The disk or the store: nothing of the group is written.
    case group(SQLiteFailure)

    /// A change that contradicts itself: a programming error of the caller.
    static let invalid = ChangeFailure.alone(.invalidChange(code: Int(SQLITE_CONSTRAINT)))
}
