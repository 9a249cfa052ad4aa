// SPDX-License-Identifier: EUPL-1.2

/// What the third schema adds: what is owed, with its clock. Content-free: kinds, numbers, identifiers of the configuration, times.
enum Schema3 {
    static let statements = [items, notices, guards].joined(separator: "\n")

    /// `due_on` is the last day of the term, written as JJJJ-MM-DD. The two keys stand for names by which a later event can mean the
    /// item: keyed, since a reference of a counterpart is nothing for the clear. What is due is found by the first index, which
    /// holds nothing else than items with a running clock.
    private static let items = """
        CREATE TABLE owed_item (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind <> ''),
            school TEXT,
            casefile_id INTEGER REFERENCES casefile (id),
            event_id INTEGER REFERENCES event (id),
            delivery_id INTEGER REFERENCES delivery (id),
            recipient TEXT,
            person_id TEXT,
            subject INTEGER,
            first_key BLOB CHECK (length(first_key) = 16),
            second_key BLOB CHECK (length(second_key) = 16),
            since INTEGER NOT NULL,
            due_on TEXT NOT NULL CHECK (due_on LIKE '____-__-__'),
            next_at INTEGER,
            reminders INTEGER NOT NULL DEFAULT 0 CHECK (reminders >= 0),
            state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'cancelled', 'lapsed')),
            closed_by INTEGER REFERENCES event (id),
            closed_at INTEGER,
            CHECK ((state = 'open') = (closed_at IS NULL)),
            CHECK (closed_by IS NULL OR state <> 'open')
        ) STRICT;

        CREATE INDEX owed_item_next ON owed_item (next_at) WHERE next_at IS NOT NULL;
        CREATE INDEX owed_item_of_case ON owed_item (casefile_id);
        CREATE INDEX owed_item_open_of_case ON owed_item (casefile_id, kind) WHERE state = 'open';
        CREATE INDEX owed_item_open ON owed_item (school) WHERE state = 'open';
        CREATE UNIQUE INDEX owed_item_once ON owed_item (ifnull(event_id, 0), ifnull(subject, 0), kind, ifnull(recipient, ''));
        """

    private static let notices = """
        ALTER TABLE notice ADD COLUMN owed_item_id INTEGER REFERENCES owed_item (id);
        CREATE UNIQUE INDEX notice_of_owed_once
            ON notice (owed_item_id, kind, cause, addressee, ifnull(person_id, '')) WHERE owed_item_id IS NOT NULL;
        """

    private static let guards = """
        CREATE TRIGGER owed_item_stays_closed BEFORE UPDATE OF state ON owed_item
        WHEN OLD.state <> 'open' AND NEW.state <> OLD.state
        BEGIN SELECT RAISE(ABORT, 'what was closed stays as it is'); END;

        CREATE TRIGGER owed_item_identity
        BEFORE UPDATE OF kind, school, casefile_id, event_id, delivery_id, recipient, subject, since ON owed_item
        BEGIN SELECT RAISE(ABORT, 'an owed item keeps what it is about'); END;
        """
}
