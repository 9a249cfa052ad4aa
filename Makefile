# SPDX-License-Identifier: EUPL-1.2
# The two commands of the README are `make demo` and `make test`; both use the debug configuration, so nothing is built twice.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

BUILD_PACKAGES := libcurl4-openssl-dev libsqlite3-dev libssl-dev pkg-config
RUN_PACKAGES := openssl curl
# Tests with sockets, processes and disks run one at a time: they hold terms of seconds that a loaded machine would break.
OUTSIDE := ^(TransportTests|SandboxTests|LedgerTests|WebTests|AdapterTestingTests|VerwijsindexTests|VeiligThuisTests|KetenpartnerTests|FaultTests|EndToEndTests)\.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: help packages build demo test lint bench clean

help: ## This list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

packages: ## Install the Debian packages that building and running need
	@missing=$$(dpkg-query -W -f='$${Package} $${db:Status-Status}\n' $(BUILD_PACKAGES) $(RUN_PACKAGES) 2>/dev/null \
	  | awk '$$2 == "installed" { have[$$1] = 1 } END { n = split("$(BUILD_PACKAGES) $(RUN_PACKAGES)", want, " "); \
	    for (i = 1; i <= n; i++) if (!(want[i] in have)) printf "%s ", want[i] }'); \
	if [ -n "$$missing" ]; then \
	  echo "Installing: $$missing"; \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing >/dev/null; \
	fi

build: packages ## Build everything, tests too (debug)
	swift build --build-tests

demo: packages ## Run the gateway beside stand-in counterparts and tell what happens (DEMO=once ends by itself)
	swift build --product meldpoort
	swift build --product demo
	@"$$(swift build --show-bin-path)/demo" $(if $(filter once,$(DEMO)),--once)

lint: ## Formatting, as CI checks it
	swift format lint --strict --recursive Package.swift Sources Plugins Tests

test: packages lint ## Lint, build and run all tests
	swift build --build-tests
	swift test --skip-build --skip '$(OUTSIDE)'
	swift test --skip-build --no-parallel --filter '$(OUTSIDE)'

bench: packages ## Measure speed (builds the release configuration)
	swift build -c release --product meldpoort
	swift build -c release --product bench
	@"$$(swift build -c release --show-bin-path)/bench" $(BENCH)

clean: ## Remove what was built
	rm -rf .build demo-data bench-data
