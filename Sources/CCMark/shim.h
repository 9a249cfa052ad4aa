// SPDX-License-Identifier: EUPL-1.2
// cmark-gfm: CommonMark with tables and strikethrough.
#ifndef MELDPOORT_CCMARK_H
#define MELDPOORT_CCMARK_H

#include <cmark-gfm.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm-core-extensions.h>

#endif
