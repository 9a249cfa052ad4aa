// SPDX-License-Identifier: EUPL-1.2
// libxml2's reader of HTML, as plain functions over untyped handles. Nothing here opens a file or a connection.
#ifndef MELDPOORT_CLIBXML2_H
#define MELDPOORT_CLIBXML2_H

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>

/// Once per process, before anything else.
static inline void meldpoort_html_start(void) { xmlInitParser(); }

/// Reads HTML as leniently as browsers do. Loads nothing, whatever it refers to.
static inline void *_Nullable meldpoort_html_parse(const void *_Nonnull bytes, int count) {
    return htmlReadMemory((const char *)bytes, count, NULL, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT |
            HTML_PARSE_IGNORE_ENC);
}
static inline void meldpoort_html_free(void *_Nonnull document) { xmlFreeDoc((xmlDocPtr)document); }
static inline void *_Nullable meldpoort_html_root(void *_Nonnull document) {
    return xmlDocGetRootElement((xmlDocPtr)document);
}
static inline void *_Nullable meldpoort_html_first(void *_Nonnull node) { return ((xmlNodePtr)node)->children; }
static inline void *_Nullable meldpoort_html_next(void *_Nonnull node) { return ((xmlNodePtr)node)->next; }
static inline void *_Nullable meldpoort_html_parent(void *_Nonnull node) { return ((xmlNodePtr)node)->parent; }
/// The name of an element, in lower case; NULL for anything else.
static inline const char *_Nullable meldpoort_html_element(void *_Nonnull node) {
    return ((xmlNodePtr)node)->type == XML_ELEMENT_NODE ? (const char *)((xmlNodePtr)node)->name : NULL;
}
/// The words of a text node; NULL for anything else, comments and scripts included.
static inline const char *_Nullable meldpoort_html_text(void *_Nonnull node) {
    return ((xmlNodePtr)node)->type == XML_TEXT_NODE ? (const char *)((xmlNodePtr)node)->content : NULL;
}

#endif
