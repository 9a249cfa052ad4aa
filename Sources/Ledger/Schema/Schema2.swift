// SPDX-License-Identifier: EUPL-1.2

/// What the second schema adds: a person who tries a delivery again starts a new round of attempts.
enum Schema2 {
    /// The attempts made before the current round. The log keeps numbering attempts through all rounds.
    static let statements = """
        ALTER TABLE delivery ADD COLUMN round_start INTEGER NOT NULL DEFAULT 0 CHECK (round_start >= 0);
        """
}
