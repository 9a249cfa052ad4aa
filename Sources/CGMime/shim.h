// SPDX-License-Identifier: EUPL-1.2
// GMime (MIME), as plain functions over untyped handles: the type checks and casts of
// GObject are macros, which Swift cannot call. Nothing here opens a file or a connection.
#ifndef MELDPOORT_CGMIME_H
#define MELDPOORT_CGMIME_H

#include <gmime/gmime.h>
#include <string.h>

/// Once per process, before anything else.
static inline void meldpoort_mime_start(void) {
    g_mime_init();
}

static inline void meldpoort_mime_free(void *_Nullable object) {
    if (object != NULL) { g_object_unref(object); }
}

/// The bytes are copied. Answers NULL for what is no message at all.
static inline void *_Nullable meldpoort_mime_parse(const void *_Nonnull bytes, size_t count) {
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)bytes, count);
    if (stream == NULL) { return NULL; }
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    // Parts then look into the one copy instead of each having its own.
    g_mime_parser_set_persist_stream(parser, TRUE);
    g_mime_parser_set_respect_content_length(parser, FALSE);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

static inline void *_Nullable meldpoort_mime_root(void *_Nonnull message) {
    return g_mime_message_get_mime_part((GMimeMessage *)message);
}

/// Headers of a message or a part; values are decoded UTF-8 (RFC 2047), unfolded.
static inline int meldpoort_mime_header_count(void *_Nonnull object) {
    return g_mime_header_list_get_count(g_mime_object_get_header_list((GMimeObject *)object));
}
static inline const char *_Nullable meldpoort_mime_header_name(void *_Nonnull object, int index) {
    GMimeHeader *header =
        g_mime_header_list_get_header_at(g_mime_object_get_header_list((GMimeObject *)object), index);
    return header == NULL ? NULL : g_mime_header_get_name(header);
}
static inline const char *_Nullable meldpoort_mime_header_value(void *_Nonnull object, int index) {
    GMimeHeader *header =
        g_mime_header_list_get_header_at(g_mime_object_get_header_list((GMimeObject *)object), index);
    return header == NULL ? NULL : g_mime_header_get_value(header);
}

/// Milliseconds since 1970; 0 when there is no date that can be read.
static inline int64_t meldpoort_mime_date(void *_Nonnull message) {
    GDateTime *date = g_mime_message_get_date((GMimeMessage *)message);
    return date == NULL ? 0 : (int64_t)g_date_time_to_unix(date) * 1000;
}

/// The first author: 1 when there is one. Borrowed from the message.
static inline int meldpoort_mime_author(
    void *_Nonnull message, const char *_Nullable *_Nonnull name, const char *_Nullable *_Nonnull address) {
    InternetAddressList *list = g_mime_message_get_from((GMimeMessage *)message);
    if (list == NULL || internet_address_list_length(list) < 1) { return 0; }
    InternetAddress *first = internet_address_list_get_address(list, 0);
    *name = internet_address_get_name(first);
    *address = INTERNET_ADDRESS_IS_MAILBOX(first)
        ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first)) : NULL;
    return 1;
}
static inline int meldpoort_mime_author_count(void *_Nonnull message) {
    InternetAddressList *list = g_mime_message_get_from((GMimeMessage *)message);
    return list == NULL ? 0 : internet_address_list_length(list);
}

/// Message identifiers in a header's value, without their angle brackets. Free with meldpoort_mime_references_free.
static inline void *_Nullable meldpoort_mime_references(const char *_Nonnull value) {
    return g_mime_references_parse(NULL, value);
}
static inline int meldpoort_mime_references_count(void *_Nonnull references) {
    return g_mime_references_length((GMimeReferences *)references);
}
static inline const char *_Nullable meldpoort_mime_reference(void *_Nonnull references, int index) {
    return g_mime_references_get_message_id((GMimeReferences *)references, index);
}
static inline void meldpoort_mime_references_free(void *_Nonnull references) {
    g_mime_references_free((GMimeReferences *)references);
}

/// What a part is.
enum { MELDPOORT_MIME_LEAF = 0, MELDPOORT_MIME_MULTIPART = 1, MELDPOORT_MIME_MESSAGE = 2, MELDPOORT_MIME_OTHER = 3 };

static inline int meldpoort_mime_kind(void *_Nonnull part) {
    if (GMIME_IS_MULTIPART(part)) { return MELDPOORT_MIME_MULTIPART; }
    if (GMIME_IS_MESSAGE_PART(part)) { return MELDPOORT_MIME_MESSAGE; }
    return GMIME_IS_PART(part) ? MELDPOORT_MIME_LEAF : MELDPOORT_MIME_OTHER;
}
/// The message within a message part.
static inline void *_Nullable meldpoort_mime_embedded(void *_Nonnull part) {
    return GMIME_IS_MESSAGE_PART(part) ? g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)) : NULL;
}
static inline int meldpoort_mime_child_count(void *_Nonnull multipart) {
    return g_mime_multipart_get_count(GMIME_MULTIPART(multipart));
}
static inline void *_Nullable meldpoort_mime_child(void *_Nonnull multipart, int index) {
    return g_mime_multipart_get_part(GMIME_MULTIPART(multipart), index);
}
static inline const char *_Nullable meldpoort_mime_type(void *_Nonnull part) {
    GMimeContentType *type = g_mime_object_get_content_type((GMimeObject *)part);
    return type == NULL ? NULL : g_mime_content_type_get_media_type(type);
}
static inline const char *_Nullable meldpoort_mime_subtype(void *_Nonnull part) {
    GMimeContentType *type = g_mime_object_get_content_type((GMimeObject *)part);
    return type == NULL ? NULL : g_mime_content_type_get_media_subtype(type);
}
static inline const char *_Nullable meldpoort_mime_type_parameter(void *_Nonnull part, const char *_Nonnull name) {
    GMimeContentType *type = g_mime_object_get_content_type((GMimeObject *)part);
    return type == NULL ? NULL : g_mime_content_type_get_parameter(type, name);
}
static inline int meldpoort_mime_is_attachment(void *_Nonnull part) {
    return GMIME_IS_PART(part) && g_mime_part_is_attachment(GMIME_PART(part));
}
static inline const char *_Nullable meldpoort_mime_file_name(void *_Nonnull part) {
    return GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part)) : NULL;
}

/// The length of a part as it was sent, before its transfer encoding is taken off: never less than what it decodes to.
static inline int64_t meldpoort_mime_encoded_length(void *_Nonnull part) {
    GMimeDataWrapper *content = GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
    GMimeStream *stream = content == NULL ? NULL : g_mime_data_wrapper_get_stream(content);
    return stream == NULL ? 0 : g_mime_stream_length(stream);
}

/// The bytes of a part with its transfer encoding taken off; converted to UTF-8 where `charset` is one that is known.
/// Free with g_byte_array_unref.
static inline GByteArray *_Nullable meldpoort_mime_content(void *_Nonnull part, const char *_Nullable charset) {
    GMimeDataWrapper *content = GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
    if (content == NULL) { return NULL; }
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *memory = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner((GMimeStreamMem *)memory, FALSE);
    GMimeFilter *convert = charset == NULL ? NULL : g_mime_filter_charset_new(charset, "UTF-8");
    GMimeStream *out = memory;
    if (convert != NULL) {
        out = g_mime_stream_filter_new(memory);
        g_mime_stream_filter_add((GMimeStreamFilter *)out, convert);
        g_object_unref(convert);
    }
    g_mime_data_wrapper_write_to_stream(content, out);
    g_mime_stream_flush(out);
    if (out != memory) { g_object_unref(out); }
    g_object_unref(memory);
    return bytes;
}

#endif
