# make run        install what is missing, build, make the demonstration site once, serve it (PORT=8080)
# make build      the optimised binary, build/zhucan
# make test       everything a change must pass; the last line counts
# make test-all   the same, then the analyser, the thread sanitizer and a minute of fuzzing for each parser
# make bench      the figures that the documents quote
# make fuzz       30 s for each parser (FUZZ_SECONDS=n for another time)
# make fuzz-long  ten million executions each for FEEL, DMN and sheets, written down in docs/fuzzing.md (FUZZ_RUNS=n),
#                 then ten minutes each for the others
# make fuzz-planted  do they find a fault that was put in on purpose?
# make lint       the checks that need no build of the program
# make shots      pictures of every page for a person to look at, in tests/out/shots
# make clean      what was built; never ./site
#
# How the pieces work is in docs/contributing.md.

PORT ?= 8080
ninja = ninja
long = feel policy_tree policy_sheet

.PHONY: run build test test-all bench fuzz fuzz-long fuzz-planted lint shots clean

run: build
	@[ -d site ] || { echo "making the demonstration site"; rm -rf site.new && build/zhucan demo ./site.new && mv site.new site; }
	@exec build/zhucan serve --site ./site --port $(PORT)

build: build/build.ninja
	@$(ninja) -C build src/main/zhucan
	@ln -sf src/main/zhucan build/zhucan

build/build.ninja: | deps-run
	@meson setup build --buildtype=debugoptimized

.PHONY: deps-run deps-test
build: deps-run
deps-run:
	@scripts/deps.sh run
deps-test:
	@scripts/deps.sh test

test: deps-test
	@tests/run

test-all: deps-test
	@tests/run all

bench: build
	@meson test -C build --benchmark --verbose

fuzz: deps-test
	@scripts/fuzz.sh $(or $(FUZZ_SECONDS),30)
fuzz-long: deps-test
	@scripts/fuzz.sh runs=$(or $(FUZZ_RUNS),10000000) $(long)
	@scripts/fuzz.sh $(or $(FUZZ_SECONDS),600) $(filter-out $(long),$(patsubst fuzz/%_fuzz.c,%,$(wildcard fuzz/*_fuzz.c)))
fuzz-planted: deps-test
	@scripts/fuzz.sh planted

lint: deps-test build/build.ninja
	@scripts/lint.sh

shots: deps-test build
	@ZHUCAN_FAST=$(CURDIR)/build/zhucan tests/browser/run shots=tests/out/shots

clean:
	rm -rf build build-* site.new
