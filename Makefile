# SPDX-License-Identifier: GPL-3.0-or-later
# `make` alone explains the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
SWIFT ?= swift
export SWIFT_BACKTRACE ?= enable=no

PACKAGES := libpq-dev libmicrohttpd-dev libgnutls28-dev libcurl4-openssl-dev libssl-dev libsodium-dev libncurses-dev \
  libchafa-dev libqrencode-dev libpango1.0-dev librsvg2-dev libsqlite3-dev zlib1g-dev libjpeg-dev libwebp-dev libpng-dev pkg-config \
  libphonenumber-dev libxapian-dev libstdc++-12-dev postgresql-15 fonts-dejavu-core fonts-droid-fallback fonts-lohit-deva \
  poppler-utils tmux openssl python3 python3-venv chromium

.PHONY: help setup build test bench lint format demo release fuzz sanitize

help: ## Explain the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## Install the Debian packages that building, running and testing need
	@missing=$$(dpkg-query -W -f='$${Package} $${Status}\n' $(PACKAGES) 2>&1 | grep -v 'install ok installed'); \
	if [ -n "$$missing" ]; then apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(PACKAGES); fi

build: setup ## Build everything for development
	$(SWIFT) build

# One test at a time: many of them start real servers and measure time, and two cores are few.
# The Python tools are made first: a test that had to make them would be measured by their download.
test: setup ## Run every test
	@Tests/Support/python-tools.sh >/dev/null
	$(SWIFT) test --no-parallel

# The demo market lives where PostgreSQL's user can reach it: root's home is closed to others.
DEMO_DATA ?= $(if $(filter 0,$(shell id -u)),/var/lib/souk-demo,$(HOME)/.local/share/souk-demo)
DEMO_PORT ?= 8080

demo: setup ## Build, then run the demo market and its terminal
	for program in soukd souk-draw souk; do $(SWIFT) build -c release --product $$program || exit 1; done
	@SOUK_DATA_DIRECTORY="$(DEMO_DATA)" SOUK_PORT=$(DEMO_PORT) Tests/Support/demo.sh

release: setup ## Make stripped binaries in dist/ that need no Swift to run
	$(SWIFT) build -c release --static-swift-stdlib --scratch-path .build/release-static --product soukd
	$(SWIFT) build -c release --static-swift-stdlib --scratch-path .build/release-static --product souk-draw
	$(SWIFT) build -c release --static-swift-stdlib --scratch-path .build/release-static --product souk
	@mkdir -p dist
	@for program in soukd souk-draw souk; do \
	  strip -o dist/$$program .build/release-static/release/$$program; done
	@dist/souk man > dist/souk.1
	@ls -l dist

bench: setup ## Measure the house beside its peers and print one table
	@SWIFT="$(SWIFT)" python3 Tests/Benchmarks/bench.py

FUZZ_SECONDS ?= 60

fuzz: setup ## Feed hostile bytes to the parsers, FUZZ_SECONDS each
	SWIFT="$(SWIFT)" Tests/Support/fuzz.sh $(FUZZ_SECONDS)

sanitize: setup ## Run the tools' tests under the thread and address sanitizers
	@Tests/Support/python-tools.sh >/dev/null
	SWIFT="$(SWIFT)" Tests/Support/sanitize.sh

lint: ## Check the layout of every Swift file
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Shared Server TUI Tests

format: ## Lay every Swift file out as the house does
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Shared Server TUI Tests
