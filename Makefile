# SPDX-License-Identifier: EUPL-1.2
# The two commands of the README are `make demo` and `make test`; both use the debug configuration, so nothing is built twice.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BUILD_PACKAGES := libcurl4-openssl-dev libsqlite3-dev libssl-dev libcmark-gfm-dev libcmark-gfm-extensions-dev \
  libgmime-3.0-dev libxml2-dev pkg-config
RUN_PACKAGES := openssl curl
TEST_PACKAGES := faketime python3-holidays weasyprint poppler-utils qpdf postfix dovecot-imapd dovecot-lmtpd mariadb-server mariadb-client wordpress apache2 \
  libapache2-mod-php php-cli php-mysql php-gd
# Tests with sockets, processes and disks run one at a time: they hold terms of seconds that a loaded machine would break.
OUTSIDE := ^(TransportTests|SandboxTests|LedgerTests|WebTests|AdapterTestingTests|AdapterPipeTests|VerwijsindexTests|VeiligThuisTests|KetenpartnerTests|BestuurTests|DocumentsTests|LeerlingvolgsysteemTests|IntranetTests|LadderTests|FaultTests|EndToEndTests|CalendarOracleTests)\.
# These start postfix, dovecot, mariadb and apache on 127.0.0.1; those begin as root and go on as users of their own.
AS_ROOT := ^RealServersTests\.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help packages test-packages build demo test lint bench clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/'

# Installs what is missing of $(1). Servers that tests start by hand must not be started by their installation: that is what a
# policy-rc.d tells Debian, here for as long as it takes.
define install
	@missing=$$({ dpkg-query -W -f='$${Package} $${db:Status-Status}\n' $(1) 2>/dev/null || true; } \
	  | awk '$$2 == "installed" { have[$$1] = 1 } END { n = split("$(1)", want, " "); \
	    for (i = 1; i <= n; i++) if (!(want[i] in have)) printf "%s ", want[i] }'); \
	if [ -n "$$missing" ]; then \
	  echo "Installing: $$missing"; \
	  policy=/usr/sbin/policy-rc.d; \
	  if [ ! -e $$policy ]; then \
	    trap '$(SUDO) rm -f /usr/sbin/policy-rc.d' EXIT; \
	    printf '#!/bin/sh\nexit 101\n' | $(SUDO) tee $$policy >/dev/null; $(SUDO) chmod 755 $$policy; \
	  fi; \
	  $(SUDO) apt-get update -qq; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; \
	fi
endef

packages: ## Install the Debian packages that building and running need
	$(call install,$(BUILD_PACKAGES) $(RUN_PACKAGES))

test-packages: ## Install the Debian packages that only the tests need: real servers, and programs that look at PDFs
	$(call install,$(TEST_PACKAGES))

build: packages ## Build everything, tests too (debug)
	swift build --build-tests

demo: packages ## Run the gateway beside stand-in counterparts and tell what happens (DEMO=once ends by itself)
	swift build --product meldpoort
	swift build --product demo
	@"$$(swift build --show-bin-path)/demo" $(if $(filter once,$(DEMO)),--once)

lint: ## Formatting, as CI checks it
	swift format lint --strict --recursive Package.swift Sources Plugins Tests

test: packages test-packages lint ## Lint, build and run all tests
	swift build --build-tests
	swift test --skip-build --skip '$(OUTSIDE)' --skip '$(AS_ROOT)'
	swift test --skip-build --no-parallel --filter '$(OUTSIDE)'
	$(SUDO) env PATH="$$PATH" swift test --skip-build --no-parallel --filter '$(AS_ROOT)'

bench: packages ## Measure speed (builds the release configuration)
	swift build -c release --product meldpoort
	swift build -c release --product bench
	@"$$(swift build -c release --show-bin-path)/bench" $(BENCH)

clean: ## Remove what was built
	rm -rf .build demo-data bench-data
