// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <stddef.h>
#include <stdint.h>

/// What of a gateway's store is written again, and how.
typedef struct {
    /// The store of a gateway that has stopped; only read.
    const char *source;
    /// The file to make; must not be there.
    const char *target;
    /// The first event that counts; everything before it is copied beforehand, outside the time.
    int64_t first_event;
    /// How many events share each of the three commits.
    int group;
    /// Pages in the write-ahead log before SQLite writes them back.
    int checkpoint_pages;
    /// Whether the case and the delivery come with the event, or were there before and wait.
    int brings_delivery;
} bare_loop_plan;

typedef struct {
    int64_t events;
    int64_t commits;
    double seconds;
    /// The middle one of all times from the start of a group to its third commit, in seconds.
    double median_group;
    /// Bytes that this process made dirty on their way to the disk during those seconds.
    double bytes_written;
} bare_loop_result;

/// Writes the events, intents and outcomes of a store once more, in a plain loop: three durable commits per group.
///
/// Tables and indexes are those of the source, and so are page size and the rows themselves; triggers are left out.
/// Returns 0, or 1 with what went wrong in `message`.
int bare_loop_run(const bare_loop_plan *plan, bare_loop_result *result, char *message, size_t message_size);

/// Reads the first column of a query on a store, as it is at this moment; the store may be in use.
/// Returns how many rows there are (of which at most `capacity` are stored), or -1.
int64_t bare_loop_read(const char *path, const char *query, int64_t *values, int64_t capacity);

/// How many steps of SQLite's machine a query or a change of a store takes, all its rows included; -1 when it fails.
int64_t bare_loop_steps(const char *path, const char *query);
