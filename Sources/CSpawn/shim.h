// SPDX-License-Identifier: EUPL-1.2
// Starting a program with two pipes and nothing else of ours: the calls of the C library that it takes are not visible to Swift.
#ifndef MELDPOORT_CSPAWN_H
#define MELDPOORT_CSPAWN_H

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

// Of glibc 2.34, declared there for _GNU_SOURCE only.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *, const char *);

/// Starts a program in a group of its own, in `/`, with no other descriptor than these and an error output that nobody reads.
/// Answers 0, or an error number.
static inline int meldpoort_spawn(
    pid_t *process, const char *path, char *const arguments[], char *const environment[], int input, int output) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int result = posix_spawn_file_actions_init(&actions);
    if (result != 0) { return result; }
    result = posix_spawnattr_init(&attributes);
    if (result == 0) {
        result = posix_spawn_file_actions_adddup2(&actions, input, 0);
        if (result == 0) { result = posix_spawn_file_actions_adddup2(&actions, output, 1); }
        if (result == 0) { result = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0); }
        if (result == 0) { result = posix_spawn_file_actions_addclosefrom_np(&actions, 3); }
        if (result == 0) { result = posix_spawn_file_actions_addchdir_np(&actions, "/"); }
        if (result == 0) { result = posix_spawnattr_setsigmask(&attributes, &none); }
        if (result == 0) { result = posix_spawnattr_setsigdefault(&attributes, &all); }
        if (result == 0) { result = posix_spawnattr_setpgroup(&attributes, 0); }
        if (result == 0) {
            result = posix_spawnattr_setflags(
                &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
        }
        if (result == 0) { result = posix_spawn(process, path, &actions, &attributes, arguments, environment); }
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return result;
}

/// Two ends of a stream that no other program inherits; writing to one whose other end is gone is an error, not a signal.
static inline int meldpoort_stream(int ends[2]) { return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends); }

static inline ssize_t meldpoort_send(int descriptor, const void *bytes, size_t count) {
    return send(descriptor, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
}

#endif
