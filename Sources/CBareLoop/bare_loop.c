// SPDX-License-Identifier: EUPL-1.2
#include "CBareLoop.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_COLUMNS = 20 };

typedef struct {
    int columns;
    sqlite3_value *values[MOST_COLUMNS];
} row;

typedef struct {
    int64_t count;
    row *rows;
} table;

typedef struct {
    sqlite3_stmt *insert_case, *insert_event, *insert_delivery, *queue_delivery;
    sqlite3_stmt *append_entry, *start_delivery, *settle_delivery;
    sqlite3_stmt *begin, *commit;
} statements;

typedef struct {
    sqlite3 *db;
    char *message;
    size_t message_size;
    table cases, events, deliveries, intents, outcomes;
    statements sql;
    int64_t next_entry;
} loop;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double bytes_written(void) {
    FILE *file = fopen("/proc/self/io", "r");
    char line[80];
    double bytes = 0;
    while (file && fgets(line, sizeof line, file)) sscanf(line, "write_bytes: %lf", &bytes);
    if (file) fclose(file);
    return bytes;
}

static int fail(loop *l, const char *where) {
    snprintf(l->message, l->message_size, "%s: %s", where, l->db ? sqlite3_errmsg(l->db) : "no database");
    return 1;
}

static int execute(loop *l, const char *sql) {
    return sqlite3_exec(l->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail(l, sql);
}

static int execute_text(loop *l, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *sql = sqlite3_vmprintf(format, arguments);
    va_end(arguments);
    int code = sql ? execute(l, sql) : fail(l, "memory");
    sqlite3_free(sql);
    return code;
}

static int prepare(loop *l, const char *sql, sqlite3_stmt **statement) {
    int code = sqlite3_prepare_v3(l->db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
    return code == SQLITE_OK ? 0 : fail(l, sql);
}

// MARK: - What was there before

/// The source's own tables and indexes, word for word.
static int copy_schema(loop *l) {
    sqlite3_stmt *list;
    if (prepare(l, "SELECT sql FROM source.sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL "
                   "AND name NOT LIKE 'sqlite%' ORDER BY rowid", &list)) return 1;
    int failed = 0;
    while (!failed && sqlite3_step(list) == SQLITE_ROW) {
        failed = execute(l, (const char *)sqlite3_column_text(list, 0));
    }
    sqlite3_finalize(list);
    return failed;
}

static int64_t number(loop *l, const char *sql) {
    sqlite3_stmt *statement;
    if (prepare(l, sql, &statement)) return -1;
    int64_t found = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    sqlite3_finalize(statement);
    return found;
}

static int open_target(loop *l, const bare_loop_plan *plan) {
    if (sqlite3_open(plan->target, &l->db) != SQLITE_OK) return fail(l, "open");
    if (execute_text(l, "ATTACH %Q AS source", plan->source)) return 1;
    int64_t page_size = number(l, "PRAGMA source.page_size");
    if (page_size <= 0) return 1;
    return execute_text(l, "PRAGMA main.page_size = %lld; PRAGMA main.auto_vacuum = INCREMENTAL;"
                           "PRAGMA main.journal_mode = WAL; PRAGMA main.synchronous = FULL;"
                           "PRAGMA main.secure_delete = ON; PRAGMA temp_store = MEMORY", page_size);
}

static int copy_before(loop *l, const bare_loop_plan *plan) {
    if (execute(l, "BEGIN") || copy_schema(l)) return 1;
    if (execute_text(l, "INSERT INTO main.event SELECT * FROM source.event WHERE id < %lld", plan->first_event)) return 1;
    if (execute(l, "INSERT INTO main.store SELECT * FROM source.store; INSERT INTO main.token SELECT * FROM source.token"))
        return 1;
    const char *cases = plan->brings_delivery
        ? "INSERT INTO main.casefile SELECT * FROM source.casefile "
          "WHERE id IN (SELECT casefile_id FROM source.event WHERE id < %lld)"
        : "INSERT INTO main.casefile SELECT * FROM source.casefile WHERE %lld > 0";
    if (execute_text(l, cases, plan->first_event)) return 1;
    const char *deliveries = plan->brings_delivery
        ? "INSERT INTO main.delivery SELECT * FROM source.delivery WHERE event_id < %lld"
        : "INSERT INTO main.delivery (id, event_id, key, recipient, state, reason, changed_at) "
          "SELECT id, event_id, key, recipient, 'waiting', 'bevestiging', changed_at FROM source.delivery WHERE %lld > 0";
    return execute_text(l, deliveries, plan->first_event) || execute(l, "COMMIT; PRAGMA main.wal_checkpoint(TRUNCATE)");
}

// MARK: - The rows to write

static int load(loop *l, table *into, char *query) {
    sqlite3_stmt *statement;
    if (!query) return fail(l, "memory");
    int failed = prepare(l, query, &statement);
    sqlite3_free(query);
    if (failed) return 1;
    int64_t room = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        if (into->count == room) {
            room = room ? room * 2 : 1024;
            row *more = realloc(into->rows, (size_t)room * sizeof(row));
            if (!more) return fail(l, "memory");
            into->rows = more;
        }
        row *next = &into->rows[into->count++];
        next->columns = sqlite3_column_count(statement);
        for (int i = 0; i < next->columns; i++) next->values[i] = sqlite3_value_dup(sqlite3_column_value(statement, i));
    }
    sqlite3_finalize(statement);
    return 0;
}

static void discard(table *t) {
    for (int64_t i = 0; i < t->count; i++) {
        for (int c = 0; c < t->rows[i].columns; c++) sqlite3_value_free(t->rows[i].values[c]);
    }
    free(t->rows);
}

static const char *entry_query =
    "SELECT delivery_id, kind, attempt, canonical, leaf_hash FROM source.disclosure WHERE kind = '%s' "
    "AND delivery_id IN (SELECT id FROM source.delivery WHERE state = 'delivered') ORDER BY delivery_id";

static int load_rows(loop *l, const bare_loop_plan *plan) {
    return load(l, &l->cases, sqlite3_mprintf(
               "SELECT * FROM source.casefile WHERE %d AND id IN "
               "(SELECT casefile_id FROM source.event WHERE id >= %lld) ORDER BY id",
               plan->brings_delivery, plan->first_event))
        || load(l, &l->events, sqlite3_mprintf(
               "SELECT * FROM source.event WHERE id >= %lld ORDER BY id", plan->first_event))
        || load(l, &l->deliveries, sqlite3_mprintf(
               "SELECT id, event_id, key, recipient, confirmed_by, confirmed_role, confirmed_at, receipt, changed_at, "
               "changed_at + 900000 FROM source.delivery "
               "WHERE state = 'delivered' AND (NOT %d OR event_id >= %lld) ORDER BY id",
               plan->brings_delivery, plan->first_event))
        || load(l, &l->intents, sqlite3_mprintf(entry_query, "voornemen"))
        || load(l, &l->outcomes, sqlite3_mprintf(entry_query, "uitkomst"));
}

static int prepare_all(loop *l) {
    statements *s = &l->sql;
    return prepare(l, "BEGIN IMMEDIATE", &s->begin) || prepare(l, "COMMIT", &s->commit)
        || prepare(l, "INSERT OR IGNORE INTO casefile VALUES (?1, ?2, ?3)", &s->insert_case)
        || prepare(l, "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", &s->insert_event)
        || prepare(l, "INSERT INTO delivery (id, event_id, key, recipient, state, due_at, confirmed_by, confirmed_role, "
                      "confirmed_at, changed_at, tell_by) VALUES (?1, ?2, ?3, ?4, 'queued', ?9, ?5, ?6, ?7, ?9, ?10)",
                   &s->insert_delivery)
        || prepare(l, "UPDATE delivery SET state = 'queued', reason = NULL, due_at = ?9, confirmed_by = ?5, "
                      "confirmed_role = ?6, confirmed_at = ?7, changed_at = ?9 WHERE id = ?1", &s->queue_delivery)
        || prepare(l, "INSERT INTO disclosure (delivery_id, kind, attempt, canonical, leaf_hash, idx) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)", &s->append_entry)
        || prepare(l, "UPDATE delivery SET state = 'sending', due_at = NULL, attempts = 1, changed_at = ?9 WHERE id = ?1",
                   &s->start_delivery)
        || prepare(l, "UPDATE delivery SET state = 'delivered', tell_by = NULL, receipt = ?8, changed_at = ?9 "
                      "WHERE id = ?1", &s->settle_delivery);
}

// MARK: - The loop

static int run(loop *l, sqlite3_stmt *statement, const row *values) {
    int most = sqlite3_bind_parameter_count(statement);
    for (int i = 0; values && i < values->columns && i < most; i++) sqlite3_bind_value(statement, i + 1, values->values[i]);
    int code = sqlite3_step(statement);
    sqlite3_reset(statement);
    return code == SQLITE_DONE ? 0 : fail(l, sqlite3_sql(statement));
}

static int append(loop *l, const row *entry) {
    sqlite3_bind_int64(l->sql.append_entry, 6, l->next_entry++);
    return run(l, l->sql.append_entry, entry);
}

/// Three commits, as the gateway makes them: journal; intent and `sending`; outcome and `delivered`.
static int write_group(loop *l, const bare_loop_plan *plan, int64_t first, int64_t end) {
    statements *s = &l->sql;
    int failed = run(l, s->begin, NULL);
    for (int64_t i = first; i < end && !failed; i++) {
        if (plan->brings_delivery) failed = run(l, s->insert_case, &l->cases.rows[i]);
        failed = failed || run(l, s->insert_event, &l->events.rows[i])
            || run(l, plan->brings_delivery ? s->insert_delivery : s->queue_delivery, &l->deliveries.rows[i]);
    }
    failed = failed || run(l, s->commit, NULL) || run(l, s->begin, NULL);
    for (int64_t i = first; i < end && !failed; i++) {
        failed = append(l, &l->intents.rows[i]) || run(l, s->start_delivery, &l->deliveries.rows[i]);
    }
    failed = failed || run(l, s->commit, NULL) || run(l, s->begin, NULL);
    for (int64_t i = first; i < end && !failed; i++) {
        failed = append(l, &l->outcomes.rows[i]) || run(l, s->settle_delivery, &l->deliveries.rows[i]);
    }
    return failed || run(l, s->commit, NULL);
}

static int compare(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static int write_all(loop *l, const bare_loop_plan *plan, bare_loop_result *result) {
    int64_t count = l->events.count, groups = 0;
    if (plan->brings_delivery && l->cases.count < count) return fail(l, "an event without a case of its own");
    double *times = calloc((size_t)(count / plan->group + 1), sizeof(double));
    if (!times) return fail(l, "memory");
    double written = bytes_written(), start = now();
    for (int64_t first = 0; first < count; first += plan->group) {
        double begun = now();
        int64_t end = first + plan->group < count ? first + plan->group : count;
        if (write_group(l, plan, first, end)) {
            free(times);
            return 1;
        }
        times[groups++] = now() - begun;
    }
    result->seconds = now() - start;
    result->bytes_written = bytes_written() - written;
    qsort(times, (size_t)groups, sizeof(double), compare);
    result->median_group = times[groups / 2];
    result->events = count;
    result->commits = groups * 3;
    free(times);
    return 0;
}

static void close_all(loop *l) {
    sqlite3_stmt *next;
    while (l->db && (next = sqlite3_next_stmt(l->db, NULL))) sqlite3_finalize(next);
    table *all[] = {&l->cases, &l->events, &l->deliveries, &l->intents, &l->outcomes};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) discard(all[i]);
    sqlite3_close(l->db);
}

int bare_loop_run(const bare_loop_plan *plan, bare_loop_result *result, char *message, size_t message_size) {
    loop l = {.message = message, .message_size = message_size};
    int failed = open_target(&l, plan) || copy_before(&l, plan) || load_rows(&l, plan);
    int64_t count = l.events.count;
    if (!failed && (count == 0 || l.deliveries.count < count || l.intents.count < count || l.outcomes.count < count)) {
        snprintf(message, message_size, "the store does not hold a delivered delivery for every event");
        failed = 1;
    }
    failed = failed || execute(&l, "DETACH source") || execute_text(&l, "PRAGMA wal_autocheckpoint = %d", plan->checkpoint_pages)
        || prepare_all(&l) || write_all(&l, plan, result);
    close_all(&l);
    return failed;
}

int64_t bare_loop_read(const char *path, const char *query, int64_t *values, int64_t capacity) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int64_t count = -1;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK
        && sqlite3_prepare_v2(db, query, -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(db, 1000);
        count = 0;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            if (count < capacity) values[count] = sqlite3_column_int64(statement, 0);
            count++;
        }
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return count;
}

int64_t bare_loop_steps(const char *path, const char *query) {
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    int64_t steps = -1;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK
        && sqlite3_prepare_v2(db, query, -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_busy_timeout(db, 1000);
        int result;
        while ((result = sqlite3_step(statement)) == SQLITE_ROW) {}
        if (result == SQLITE_DONE) steps = sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0);
    }
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return steps;
}
