# make review [RUN=folder]   build, and open a run in the terminal
# make test                  all tests
# make check                 format, layers, file sizes, generated pages
# make install PREFIX=...    program, manual page, completions for bash, zsh and fish
# make uninstall PREFIX=...
# make bench [PYTHON=python3] [BENCH="--only rendering"]
#                            latency, memory and pictures against the budgets and other programs
# make metric-values DIR=folder
#                            every metric against reference values: reference.json, and arrays in data/
# make fuzz [FUZZ_SECONDS=60]  readers against mutated and made-up files; about half an hour

RUN ?= sample-runs/gan
PREFIX ?= /usr/local
SWIFT ?= swift
PYTHON ?= python3
RELEASE = -c release --static-swift-stdlib -Xlinker --gc-sections -Xlinker -s
PROGRAM = .build/release/keepoch

DIR ?= .

.PHONY: metric-values review build test check bench fuzz docs themes format packages install uninstall

review: build
	@$(PROGRAM) "$(RUN)"

build: packages
	@$(SWIFT) build $(RELEASE) --product keepoch

install: build
	@.ci/install $(PROGRAM) "$(PREFIX)"

uninstall:
	@rm -f "$(DESTDIR)$(PREFIX)/bin/keepoch" "$(DESTDIR)$(PREFIX)/share/man/man1/keepoch.1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/keepoch" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_keepoch" \
	  "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/keepoch.fish"

packages:
	@.ci/packages build

test:
	@.ci/packages test
	@$(SWIFT) build --build-tests
	@$(SWIFT) test --skip-build

check:
	@.ci/packages build
	@.ci/layers
	@.ci/sizes
	@$(SWIFT) format lint --strict -r Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
	@.ci/embed-themes | diff Sources/keepoch/Themes/BuiltInThemes.swift - || \
	  { echo "Themes differ from themes/: run make themes"; exit 1; }
	@$(SWIFT) build --product keepoch
	@.build/debug/keepoch keys-page | diff docs/keys.md - || \
	  { echo "docs/keys.md is not what the commands say: run make docs"; exit 1; }
	@.build/debug/keepoch metrics-page | diff docs/metrics.md - || \
	  { echo "docs/metrics.md is not what the registry says: run make docs"; exit 1; }

bench: build
	@KEEPOCH_BENCH=1 $(SWIFT) build -c release --scratch-path .build/bench --product keepoch-render-bench
	@KEEPOCH_BENCH=1 $(SWIFT) build -c release --scratch-path .build/bench --product keepoch-metric-bench
	@$(SWIFT) run --package-path Benchmarks -c release keepoch-bench --program "$(CURDIR)/$(PROGRAM)" \
	  --renderer "$(CURDIR)/.build/bench/release/keepoch-render-bench" \
	  --meter "$(CURDIR)/.build/bench/release/keepoch-metric-bench" --python "$(PYTHON)" $(BENCH)

metric-values: build
	@$(PROGRAM) metric-values "$(DIR)"

fuzz: build
	@.ci/fuzz

docs: packages
	@$(SWIFT) build --product keepoch
	@.build/debug/keepoch keys-page > docs/keys.md
	@.build/debug/keepoch metrics-page > docs/metrics.md

themes:
	@.ci/embed-themes > Sources/keepoch/Themes/BuiltInThemes.swift

format:
	@$(SWIFT) format -i -r Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
