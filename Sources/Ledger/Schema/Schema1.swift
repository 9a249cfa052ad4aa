// SPDX-License-Identifier: EUPL-1.2

/// The first schema. Once released it is never edited: what changes comes as a migration after it.
///
/// Times are milliseconds since 1970 (UTC). The fewest possible indexes have random keys (one on events, one on cases): each of
/// them costs a page written per event.
enum Schema1 {
    /// "MLDP": marks the file as a store of this program (`PRAGMA application_id`).
    static let applicationID: Int32 = 0x4D4C_4450

    static let statements = [tables, indexes, deliveryGuards, appendOnlyGuards].joined(separator: "\n")

    private static let tables = """
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            key_check BLOB NOT NULL CHECK (length(key_check) = 32),
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE casefile (
            id INTEGER PRIMARY KEY,
            pseudonym BLOB NOT NULL UNIQUE CHECK (length(pseudonym) = 16),
            wrapped_key BLOB NOT NULL CHECK (length(wrapped_key) = 60)
        ) STRICT;

        CREATE TABLE event (
            id INTEGER PRIMARY KEY,
            dedupe BLOB NOT NULL UNIQUE CHECK (length(dedupe) = 16),
            body_mac BLOB NOT NULL CHECK (length(body_mac) = 16),
            casefile_id INTEGER NOT NULL REFERENCES casefile (id),
            type TEXT NOT NULL,
            school TEXT NOT NULL,
            received_at INTEGER NOT NULL,
            token_id TEXT NOT NULL,
            person_id TEXT,
            trace_id TEXT NOT NULL,
            body BLOB NOT NULL CHECK (length(body) >= 28)
        ) STRICT;

        CREATE TABLE barred (
            casefile_id INTEGER NOT NULL REFERENCES casefile (id),
            person_id TEXT NOT NULL,
            PRIMARY KEY (casefile_id, person_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE situation (
            id INTEGER PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 16),
            json TEXT NOT NULL
        ) STRICT;

        CREATE TABLE delivery (
            id INTEGER PRIMARY KEY,
            event_id INTEGER NOT NULL REFERENCES event (id),
            situation_id INTEGER REFERENCES situation (id),
            key TEXT NOT NULL,
            recipient TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'queued', 'sending', 'delivered', 'rejected', 'refused',
                'parked', 'unknown', 'releasable', 'released', 'handedOver', 'notHandedOver', 'cancelled')),
            reason TEXT,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            due_at INTEGER,
            tell_by INTEGER,
            confirmed_by TEXT,
            confirmed_role TEXT,
            confirmed_at INTEGER,
            confirmed_text INTEGER CHECK (confirmed_text IN (0, 1)),
            receipt BLOB CHECK (length(receipt) >= 28),
            changed_at INTEGER NOT NULL,
            CHECK ((state = 'queued') = (due_at IS NOT NULL)),
            CHECK (state <> 'sending' OR attempts >= 1),
            CHECK (state <> 'refused' OR reason IS NOT NULL),
            CHECK ((confirmed_by IS NULL) = (confirmed_role IS NULL)
                AND (confirmed_by IS NULL) = (confirmed_at IS NULL))
        ) STRICT;

        CREATE TABLE disclosure (
            idx INTEGER PRIMARY KEY CHECK (idx >= 0),
            delivery_id INTEGER NOT NULL REFERENCES delivery (id),
            kind TEXT NOT NULL CHECK (kind IN ('voornemen', 'uitkomst', 'opheldering', 'achterafVastgelegd')),
            attempt INTEGER NOT NULL CHECK (attempt >= 0),
            canonical BLOB NOT NULL,
            leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32)
        ) STRICT;

        CREATE TABLE notice (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('notArrived', 'holdReminder', 'holdExpired', 'recipientTroubleBegan',
                'recipientTroubleEnded', 'owedReminder', 'owedLapsed', 'concernTakenUp',
                'mailboxTroubleBegan', 'mailboxTroubleEnded', 'postArrived')),
            addressee TEXT NOT NULL CHECK (addressee IN ('person', 'ict')),
            person_id TEXT,
            recipient TEXT NOT NULL,
            delivery_id INTEGER REFERENCES delivery (id),
            cause TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            sent_at INTEGER,
            due_at INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            CHECK ((addressee = 'person') = (person_id IS NOT NULL)),
            CHECK (sent_at IS NULL OR due_at IS NULL)
        ) STRICT;

        CREATE TABLE owed (
            event_id INTEGER NOT NULL REFERENCES event (id),
            delivery_id INTEGER NOT NULL REFERENCES delivery (id),
            code TEXT NOT NULL,
            since INTEGER NOT NULL,
            PRIMARY KEY (event_id, delivery_id, code)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE trouble (
            recipient TEXT NOT NULL PRIMARY KEY,
            since INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE token (
            id TEXT NOT NULL PRIMARY KEY,
            hash BLOB NOT NULL CHECK (length(hash) >= 16),
            kind TEXT NOT NULL CHECK (kind IN ('systeem', 'persoon')),
            person_id TEXT,
            schools TEXT NOT NULL,
            event_types TEXT NOT NULL,
            label TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            revoked_at INTEGER,
            CHECK ((kind = 'persoon') = (person_id IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        """

    /// States from which a delivery can still move: what the partial index holds, next to what is watched. Queries repeat
    /// it word for word, or SQLite does not use the index.
    static let openStates =
        "state IN ('waiting', 'queued', 'sending', 'rejected', 'parked', 'unknown', 'releasable', 'released')"

    private static let indexes = """
        CREATE INDEX event_of_case ON event (casefile_id);
        CREATE INDEX delivery_of_event ON delivery (event_id);
        CREATE INDEX delivery_open ON delivery (state, tell_by)
            WHERE \(openStates) OR tell_by IS NOT NULL;
        CREATE UNIQUE INDEX disclosure_of_delivery ON disclosure (delivery_id, attempt, kind);
        CREATE UNIQUE INDEX notice_once ON notice (delivery_id, kind, cause, addressee, ifnull(person_id, ''))
            WHERE delivery_id IS NOT NULL;
        CREATE INDEX notice_unsent ON notice (due_at) WHERE sent_at IS NULL;
        """

    /// The same table as `DeliveryState.transitions`; a test compares all pairs.
    private static let deliveryGuards = """
        CREATE TRIGGER delivery_begins BEFORE INSERT ON delivery
        WHEN NEW.state NOT IN ('waiting', 'queued', 'releasable', 'refused', 'handedOver') OR NEW.attempts <> 0
        BEGIN SELECT RAISE(ABORT, 'a delivery does not begin in this state'); END;

        CREATE TRIGGER delivery_transition BEFORE UPDATE OF state ON delivery
        WHEN NOT CASE OLD.state
            WHEN 'waiting' THEN NEW.state IN ('queued', 'releasable', 'refused', 'cancelled')
            WHEN 'queued' THEN NEW.state IN ('sending', 'waiting', 'refused', 'parked', 'cancelled')
            WHEN 'sending' THEN NEW.state IN ('delivered', 'rejected', 'queued', 'parked', 'unknown')
            WHEN 'rejected' THEN NEW.state IN ('queued', 'cancelled')
            WHEN 'parked' THEN NEW.state IN ('queued', 'cancelled')
            WHEN 'unknown' THEN NEW.state IN ('delivered', 'queued', 'notHandedOver')
            WHEN 'releasable' THEN NEW.state IN ('released', 'refused', 'waiting', 'cancelled')
            WHEN 'released' THEN NEW.state IN ('handedOver', 'notHandedOver')
            ELSE 0 END
        BEGIN SELECT RAISE(ABORT, 'a delivery does not move from this state to that one'); END;

        CREATE TRIGGER delivery_attempts BEFORE UPDATE OF attempts ON delivery
        WHEN NEW.attempts < OLD.attempts
        BEGIN SELECT RAISE(ABORT, 'attempts are never taken back'); END;

        CREATE TRIGGER delivery_identity BEFORE UPDATE OF id, event_id, key, recipient, situation_id ON delivery
        BEGIN SELECT RAISE(ABORT, 'a delivery keeps its event, key and recipient'); END;

        CREATE TRIGGER delivery_kept BEFORE DELETE ON delivery
        BEGIN SELECT RAISE(ABORT, 'deliveries are not deleted'); END;
        """

    private static let appendOnlyGuards = """
        CREATE TRIGGER event_unchanged BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are not changed'); END;

        CREATE TRIGGER event_kept BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are not deleted'); END;

        CREATE TRIGGER disclosure_unchanged BEFORE UPDATE ON disclosure
        BEGIN SELECT RAISE(ABORT, 'the disclosure log is only appended to'); END;

        CREATE TRIGGER disclosure_kept BEFORE DELETE ON disclosure
        BEGIN SELECT RAISE(ABORT, 'the disclosure log is only appended to'); END;
        """
}
