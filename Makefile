# SPDX-License-Identifier: GPL-3.0-or-later
# `make` alone explains the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
SWIFT ?= swift
export SWIFT_BACKTRACE ?= enable=no

PACKAGES := libpq-dev libmicrohttpd-dev libcurl4-openssl-dev libssl-dev libncurses-dev libchafa-dev libqrencode-dev \
  libpango1.0-dev librsvg2-dev libsqlite3-dev zlib1g-dev libjpeg-dev libwebp-dev libpng-dev pkg-config \
  postgresql-15 fonts-dejavu-core fonts-droid-fallback fonts-lohit-deva \
  poppler-utils tmux python3 python3-venv

.PHONY: help setup build test lint format

help: ## Explain the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## Install the Debian packages that building, running and testing need
	@missing=$$(dpkg-query -W -f='$${Package} $${Status}\n' $(PACKAGES) 2>&1 | grep -v 'install ok installed'); \
	if [ -n "$$missing" ]; then apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $(PACKAGES); fi

build: setup ## Build everything for development
	$(SWIFT) build

test: setup ## Run every test
	$(SWIFT) test

lint: ## Check the layout of every Swift file
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Shared Server TUI Tests

format: ## Lay every Swift file out as the house does
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Shared Server TUI Tests
