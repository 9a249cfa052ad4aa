// SPDX-License-Identifier: EUPL-1.2
// The system's OpenSSL, the same one that libcurl uses: to open certificate files without a connection.
#ifndef MELDPOORT_COPENSSL_H
#define MELDPOORT_COPENSSL_H

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

/// Empties this thread's error queue; answers 1 when an error in it says that an algorithm is not available.
static inline int meldpoort_errors_name_unsupported(void) {
    int found = 0;
    unsigned long error;
    while ((error = ERR_get_error()) != 0) {
        if (ERR_GET_REASON(error) == ERR_R_UNSUPPORTED) { found = 1; }
    }
    return found;
}

/// Server contexts of the tests speak exactly one version.
static inline int meldpoort_set_only_version(SSL_CTX *context, int version) {
    return SSL_CTX_set_min_proto_version(context, version) && SSL_CTX_set_max_proto_version(context, version);
}

#endif
