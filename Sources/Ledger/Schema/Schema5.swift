// SPDX-License-Identifier: EUPL-1.2

/// What the fifth schema adds: the ladder of what is owed, what stands still, tasks of every year, and what was done with an item.
/// Content-free, like the third: kinds, numbers, identifiers of the configuration, fixed words, times.
enum Schema5 {
    static let statements = [items, acts, figures].joined(separator: "\n")

    /// `rungs` counts since the last day was set; `rung_at` is when the last of them was taken;
    /// `post_paused` says that a mail made it stand still since then, whatever became of that. An item is one of its kind for what
    /// opened it, and a yearly task one of its year and school.
    private static let items = """
        ALTER TABLE owed_item ADD COLUMN rungs INTEGER NOT NULL DEFAULT 0 CHECK (rungs >= 0);
        ALTER TABLE owed_item ADD COLUMN rung_at INTEGER;
        ALTER TABLE owed_item ADD COLUMN paused_until INTEGER;
        ALTER TABLE owed_item ADD COLUMN paused_by TEXT CHECK (paused_by IN ('post', 'person'));
        ALTER TABLE owed_item ADD COLUMN post_paused INTEGER NOT NULL DEFAULT 0 CHECK (post_paused IN (0, 1));
        ALTER TABLE owed_item ADD COLUMN series TEXT;

        DROP INDEX owed_item_once;
        CREATE UNIQUE INDEX owed_item_once ON owed_item (
            ifnull(event_id, 0), ifnull(subject, 0), kind, ifnull(recipient, ''), ifnull(series, ''),
            CASE WHEN series IS NULL THEN '' ELSE ifnull(school, '') END);
        CREATE INDEX owed_item_series ON owed_item (series) WHERE series IS NOT NULL;
        CREATE INDEX owed_item_closed_by ON owed_item (closed_by) WHERE closed_by IS NOT NULL;
        """

    private static let acts = """
        CREATE TABLE owed_act (
            id INTEGER PRIMARY KEY,
            item_id INTEGER NOT NULL REFERENCES owed_item (id),
            act TEXT NOT NULL CHECK (act IN ('reminded', 'rung', 'contact', 'paused', 'resumed', 'snoozed', 'moved',
                'partial', 'reopened', 'closed')),
            at INTEGER NOT NULL,
            person_id TEXT,
            word TEXT,
            until TEXT CHECK (until LIKE '____-__-__'),
            event_id INTEGER REFERENCES event (id)
        ) STRICT;

        CREATE INDEX owed_act_of_item ON owed_act (item_id);

        CREATE TRIGGER owed_act_kept BEFORE DELETE ON owed_act
        BEGIN SELECT RAISE(ABORT, 'what was done is not deleted'); END;

        CREATE TRIGGER owed_act_unchanged BEFORE UPDATE ON owed_act
        BEGIN SELECT RAISE(ABORT, 'what was done is not changed'); END;
        """

    /// What came in within a time, counted from the index alone: figures do not read the events of all the years before. Its keys come
    /// in order, so an event writes to its last page only.
    private static let figures = """
        CREATE INDEX event_received ON event (received_at, type, school, casefile_id);
        """
}
