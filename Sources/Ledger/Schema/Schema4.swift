// SPDX-License-Identifier: EUPL-1.2

/// What the fourth schema adds: received mail. In the clear lie numbers, kinds, times, identifiers of the configuration and keyed
/// digests; whatever somebody wrote lies sealed.
enum Schema4 {
    static let statements = [mail, places, people, guards].joined(separator: "\n")

    /// `identity` is a keyed digest of what makes a message the same wherever it lies. `wrapped_key` is the key of this one mail: wrapped
    /// by the key of its case, or by the store's own while it has none, so that placing it seals a key again and not its content.
    private static let mail = """
        CREATE TABLE mail (
            id INTEGER PRIMARY KEY,
            mailbox TEXT NOT NULL,
            identity BLOB NOT NULL CHECK (length(identity) = 16),
            kind TEXT NOT NULL CHECK (kind IN ('automatisch', 'bezorgfout', 'portaalbericht', 'matchbericht', 'bericht',
                'onleesbaar', 'teGroot')),
            casefile_id INTEGER REFERENCES casefile (id),
            school TEXT,
            recipient TEXT,
            received_at INTEGER NOT NULL,
            size INTEGER NOT NULL CHECK (size >= 0),
            is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
            wrapped_key BLOB CHECK (length(wrapped_key) = 60),
            content BLOB CHECK (length(content) >= 28),
            CHECK ((wrapped_key IS NULL) = (content IS NULL)),
            CHECK ((casefile_id IS NULL) = (school IS NULL))
        ) STRICT;

        CREATE UNIQUE INDEX mail_once ON mail (mailbox, identity);
        CREATE INDEX mail_open ON mail (id) WHERE is_open = 1;
        CREATE INDEX mail_of_case ON mail (casefile_id) WHERE casefile_id IS NOT NULL;

        CREATE TABLE mail_attachment (
            id INTEGER PRIMARY KEY,
            mail_id INTEGER NOT NULL REFERENCES mail (id),
            number INTEGER NOT NULL CHECK (number >= 1),
            content BLOB NOT NULL CHECK (length(content) >= 28),
            UNIQUE (mail_id, number)
        ) STRICT;
        """

    /// Where each message lies, and how far each numbering of each mailbox was dealt with; the newest numbering is the last row.
    private static let places = """
        CREATE TABLE mail_place (
            mailbox TEXT NOT NULL,
            uid_validity INTEGER NOT NULL,
            uid INTEGER NOT NULL CHECK (uid >= 1),
            mail_id INTEGER NOT NULL REFERENCES mail (id),
            must_file INTEGER NOT NULL CHECK (must_file IN (0, 1)),
            PRIMARY KEY (mailbox, uid_validity, uid)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX mail_to_file ON mail_place (mailbox, uid_validity, uid) WHERE must_file = 1;

        CREATE TABLE mail_queue (
            id INTEGER PRIMARY KEY,
            mailbox TEXT NOT NULL,
            uid_validity INTEGER NOT NULL,
            settled INTEGER NOT NULL CHECK (settled >= 0),
            UNIQUE (mailbox, uid_validity)
        ) STRICT;

        CREATE TABLE mail_reference (
            digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 16),
            casefile_id INTEGER NOT NULL REFERENCES casefile (id),
            school TEXT NOT NULL,
            recipient TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    private static let people = """
        CREATE TABLE mail_judgement (
            id INTEGER PRIMARY KEY,
            mail_id INTEGER NOT NULL REFERENCES mail (id),
            event_id INTEGER NOT NULL REFERENCES event (id),
            verdict TEXT NOT NULL CHECK (verdict <> ''),
            person_id TEXT NOT NULL,
            judged_at INTEGER NOT NULL
        ) STRICT;

        CREATE INDEX judgement_of_mail ON mail_judgement (mail_id);

        CREATE TABLE mail_reading (
            id INTEGER PRIMARY KEY,
            mail_id INTEGER NOT NULL REFERENCES mail (id),
            attachment INTEGER,
            person_id TEXT NOT NULL,
            token_id TEXT NOT NULL,
            read_at INTEGER NOT NULL
        ) STRICT;
        """

    private static let guards = """
        CREATE TRIGGER mail_unchanged BEFORE UPDATE OF id, mailbox, identity, kind, received_at, size, content ON mail
        BEGIN SELECT RAISE(ABORT, 'a mail is not changed'); END;

        CREATE TRIGGER mail_stays_judged BEFORE UPDATE OF is_open ON mail
        WHEN NEW.is_open > OLD.is_open
        BEGIN SELECT RAISE(ABORT, 'what was judged stays judged'); END;

        CREATE TRIGGER mail_stays_placed BEFORE UPDATE OF casefile_id ON mail
        WHEN OLD.casefile_id IS NOT NULL AND NEW.casefile_id IS NULL
        BEGIN SELECT RAISE(ABORT, 'what was placed stays placed'); END;

        CREATE TRIGGER mail_queue_forward BEFORE UPDATE OF settled ON mail_queue
        WHEN NEW.settled < OLD.settled
        BEGIN SELECT RAISE(ABORT, 'a mailbox is not dealt with backwards'); END;

        \(kept("mail", "mails")) \(kept("mail_attachment", "attachments")) \(kept("mail_place", "places"))
        \(kept("mail_judgement", "judgements")) \(kept("mail_reading", "readings"))
        \(unchanged("mail_attachment", "attachments")) \(unchanged("mail_judgement", "judgements"))
        \(unchanged("mail_reading", "readings")) \(unchanged("mail_reference", "references"))
        """

    private static func kept(_ table: String, _ what: String) -> String {
        """
        CREATE TRIGGER \(table)_kept BEFORE DELETE ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(what) are not deleted'); END;
        """
    }

    private static func unchanged(_ table: String, _ what: String) -> String {
        """
        CREATE TRIGGER \(table)_unchanged BEFORE UPDATE ON \(table)
        BEGIN SELECT RAISE(ABORT, '\(what) are not changed'); END;
        """
    }
}
