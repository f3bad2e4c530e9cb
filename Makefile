# Everything a developer or a user of sdb does, by name. `make` alone lists it.

ROOT := $(patsubst %/,%,$(dir $(abspath $(lastword $(MAKEFILE_LIST)))))
export SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT_BUILD = $(SWIFT) build --package-path '$(ROOT)'
RELEASE = -c release --static-swift-stdlib --product sdb
FUZZ ?=
SWIFT_SOURCES = '$(ROOT)/Package.swift' '$(ROOT)/Sources' '$(ROOT)/Tests'
INSTALLED = $(DESTDIR)$(PREFIX)

.DEFAULT_GOAL := help
.PHONY: help bootstrap demo test soak fuzz build release install uninstall bench format lint clean

help: ## Lists these targets
	@echo 'sdb: a debugger for Linux programs in the terminal'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' '$(ROOT)/Makefile'

bootstrap: ## Installs the Debian packages that building and testing need; nothing when all are there
	@'$(ROOT)/scripts/bootstrap'

demo: release ## Opens a sample program in sdb, stopped at main (printed as a tour where there is no terminal)
	@'$(ROOT)/scripts/demo'

test: bootstrap ## Builds and runs all tests
	@'$(ROOT)/scripts/test'

soak: bootstrap ## Traces a program that does everything at once, for five minutes: SECONDS=300
	$(SWIFT_BUILD) --build-tests
	cd '$(ROOT)' && SDB_SOAK_SECONDS=$(or $(SECONDS),300) swift test --skip-build --disable-xctest --filter SoakTests

fuzz: bootstrap ## Damages programs' files at random and asks sdb about them: FUZZ='--rounds 20000 --seed 7'
	$(SWIFT_BUILD) --product sdb-fuzz
	cd '$(ROOT)' && .build/debug/sdb-fuzz $(FUZZ)

build: bootstrap ## Builds for debugging: .build/debug/sdb
	$(SWIFT_BUILD) --product sdb

release: bootstrap ## Builds for use, the Swift library linked in: .build/release/sdb
	$(SWIFT_BUILD) $(RELEASE)

install: ## Installs into PREFIX (/usr/local), below DESTDIR if given
	@'$(ROOT)/scripts/install' '$(INSTALLED)'

uninstall: ## Removes what install put there
	@'$(ROOT)/scripts/install' --remove '$(INSTALLED)'

bench: ## Measures sdb beside gdb: whole processes, in alternating pairs
	@'$(ROOT)/scripts/bootstrap' bench
	$(SWIFT_BUILD) $(RELEASE)
	@'$(ROOT)/scripts/bench'

format: ## Formats the Swift sources in place
	$(SWIFT) format --in-place --parallel --recursive $(SWIFT_SOURCES)

lint: bootstrap ## Checks formatting and the scripts' syntax; changes nothing
	$(SWIFT) format lint --strict --parallel --recursive $(SWIFT_SOURCES)
	@'$(ROOT)/scripts/lint-scripts'

clean: ## Removes build products
	rm -rf '$(ROOT)/.build'
