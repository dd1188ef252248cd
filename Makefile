# Everything that this repository needs besides a Swift toolchain and Python 3 is installed below .build.

PYTHON := .build/python
SUPERVISORD := $(PYTHON)/bin/supervisord
PEERS := .build/peers
DEBIAN := .build/debian
SHELLS := .build/shells
DEPENDENT_STARTUP := $(PEERS)/bin/supervisord-dependent-startup
COLLECTORS := .build/collectors
DIST := .build/dist
PACKAGING := .build/packaging
# The architecture of the static file. Another one than this machine's needs a Swift SDK: make dist ARCH=aarch64 SWIFT_SDK=NAME
ARCH := $(shell uname -m)
FOREIGN := $(filter-out $(shell uname -m),$(ARCH))
NATIVE := .build/static
STATIC := $(NATIVE)$(FOREIGN:%=-%)
LISTENERD := .build/release/listenerd
PREFIX ?= /usr/local
SEED ?= 1
COUNT ?= 10

.PHONY: help toolchain venv build release static dist dist-test reproduce demo test collectors torture lint spelling floors \
	reference compare bench install clean

help:
	@echo 'make demo      run two examples under a real supervisord, and draw a startup'
	@echo 'make test      check the style, build, and run all tests'
	@echo 'make static    build one file that runs anywhere: $(STATIC)/listenerd'
	@echo 'make dist      pack that file as a tarball, a wheel and a Debian package: $(DIST)'
	@echo 'make dist-test install these packages in places of their own, and run them there'
	@echo 'make reproduce build and pack the commit in two other folders, and compare every byte'
	@echo 'make install   put that file, manual pages and completions below $(PREFIX) (PREFIX=$(PREFIX), DESTDIR=$(DESTDIR))'
	@echo 'make bench     measure it, and other tools'
	@echo 'make compare   compare the starts of random programs with dependent-startup (SEED=$(SEED) COUNT=$(COUNT))'
	@echo 'make torture   check a log of 1,100,000 lines on a full disk, a stalled pipe, while it is rotated, and so on'
	@echo 'make lint      only check the style'
	@echo 'make spelling  only check the spelling of pages, comments and messages'
	@echo 'make reference build the reference of the libraries, .build/reference, from the comments and Plugins.md'
	@echo 'make floors    show what the folders of ListenerKit use of each other, and check that they depend only downwards'

# Both are checked first: the messages of make and Python do not say what to install.
toolchain:
	@command -v swift > /dev/null || { \
		echo 'Swift 6.2.3 or later is required, but there is no swift on the PATH: https://www.swift.org/install/linux/' >&2; exit 1; }

venv:
	@python3 -c 'import ensurepip, venv' 2> /dev/null || { \
		echo 'Python 3 with venv is required: on Debian and Ubuntu, apt-get install python3-venv' >&2; exit 1; }

build: | toolchain
	swift build

release: | toolchain
	swift build -c release --product listenerd

# The linker warns that host names cannot be resolved without the system's libraries: see README.md. Without the module for regular
# expressions, which any `contains` of a string would pull in, the file is 1.4 MB smaller; without the names of all Unicode characters,
# 0.55 MB (see ScalarNames.swift). With a section for each function, the linker leaves out unused ones.
# Nothing in it unwinds the stack, which saves another 1.1 MB. The compiler's hashes of its modules depend on the folder of the build, and
# only incremental builds read them: without them, the file is the same from every folder.
# Overlapping accesses are checked in the debug build, which the tests use, and not for each event in this file.
static: | toolchain
	@[ -z '$(FOREIGN)' ] || [ -n '$(SWIFT_SDK)' ] || { \
		echo 'Build for $(ARCH) on a machine of that kind, or name a Swift SDK for it (swift sdk list): SWIFT_SDK=NAME' >&2; exit 1; }
	@mkdir -p $(STATIC)
	@echo 'SECTIONS { /DISCARD/ : { *(.eh_frame) *(.swift_modhash) } } INSERT AFTER .text;' > $(STATIC)/discard.ld
	swift build -c release --product listenerd --scratch-path $(STATIC) $(FOREIGN:%=--swift-sdk $(SWIFT_SDK)) \
		-Xswiftc -static-executable -Xswiftc -use-ld=lld -Xlinker -s -Xlinker --icf=all \
		-Xlinker --no-eh-frame-hdr -Xlinker -T -Xlinker $(abspath $(STATIC))/discard.ld \
		-Xlinker --wrap=_swift_stdlib_getScalarName \
		-Xswiftc -Xfrontend -Xswiftc -disable-implicit-string-processing-module-import \
		-Xswiftc -Xfrontend -Xswiftc -function-sections \
		-Xswiftc -Xfrontend -Xswiftc -disable-reflection-metadata \
		-Xswiftc -enforce-exclusivity=unchecked
	cp $(STATIC)/release/listenerd $(STATIC)/listenerd

# The packed program prints its version, manual pages and completions itself; if it cannot run here, one of this machine prints them.
dist: static
	$(if $(FOREIGN),$(MAKE) static ARCH=$(shell uname -m))
	Packaging/dist $(STATIC)/listenerd $(DIST) $(if $(FOREIGN),--documenting $(NATIVE)/listenerd)

$(PACKAGING)/bin/twine: | venv
	python3 -m venv $(PACKAGING)
	$(PACKAGING)/bin/pip install --quiet --disable-pip-version-check pip==25.3 twine==6.2.0

$(PACKAGING)/debian:
	@Tests/Packages/root $@

dist-test: dist $(SUPERVISORD) $(PACKAGING)/bin/twine $(PACKAGING)/debian
	@Tests/debian $(PACKAGING)/pypy pypy3 pypy3-lib libgdbm6 libsqlite3-0
	@Tests/Packages/run $(DIST)

reproduce: | toolchain
	@Tests/Packages/reproduce

$(SUPERVISORD): | venv
	python3 -m venv $(PYTHON)
	$(PYTHON)/bin/pip install --quiet --disable-pip-version-check supervisor==4.3.0

demo: release $(SUPERVISORD)
	@Tests/EndToEnd/demo $(LISTENERD) $(SUPERVISORD) .build/startup.svg

lint: | toolchain
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

spelling:
	@Tests/spelling $(DEBIAN)

floors: | toolchain
	@Tests/floors --graph

reference: | toolchain
	swift build --target ListenerTesting
	@Tests/reference .build/debug .build/reference

# Collectors that the tests let read a log, where they can be had.
collectors: $(SUPERVISORD)
	@Tests/debian $(COLLECTORS) rsyslog libestr0 libfastjson4 liblognorm5 \
		syslog-ng-core libivykis0 libjson-c5 libnet1 libpcre3 libwrap0
	@[ -e $(COLLECTORS)/otel_collector ] || $(PYTHON)/bin/pip install --quiet --disable-pip-version-check --no-deps \
		--retries 0 --timeout 20 --require-hashes --requirement Tests/collectors.txt --target $(COLLECTORS) || \
		echo 'tests that need the OpenTelemetry Collector are skipped: pip cannot install it' >&2

test: lint spelling $(SUPERVISORD) collectors
	@Tests/floors
	@Tests/debian $(DEBIAN) prometheus prometheus-node-exporter
	@Tests/debian $(SHELLS) zsh zsh-common fish fish-common libpcre2-32-0 mandoc
	@Tests/run .build/tests.log
	@Tests/reference .build/debug .build/reference
	@Tests/ExamplePlugin/compare
	@Tests/run .build/example-tests.log --package-path Tests/ExamplePlugin --scratch-path .build/example-plugin

$(DEPENDENT_STARTUP): | venv
	python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check supervisor==4.3.0 supervisord-dependent-startup==1.4.0

compare: build $(DEPENDENT_STARTUP)
	Tests/Differential/run --seed $(SEED) --count $(COUNT)

bench: static $(SUPERVISORD) $(DEPENDENT_STARTUP)
	swift build -c release --package-path Tests/Benchmarks/Obstinate --scratch-path .build/obstinate
	Tests/Benchmarks/run $(STATIC)/listenerd

torture: static
	Tests/Faults/stream --listenerd $(STATIC)/listenerd

install: static
	Packaging/install $(STATIC)/listenerd $(DESTDIR)$(PREFIX)

clean:
	rm -rf .build
