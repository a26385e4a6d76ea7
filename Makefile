# The build graph of Lägesbild. Every product is a target with its real prerequisites; `make help` lists them.
#
# A step that writes many files ends with a stamp. Beside it stands a digest of what it wrote, which keeps its
# time when the content is the same: what depends on the digest is then not built again.

SOURCE ?= demo
DATA ?=
PREVIOUS ?=
YEAR ?= $(if $(filter demo,$(SOURCE)),2024,2020)
ENGINE ?=
CORES := $(shell nproc 2>/dev/null || echo 2)
JOBS ?= $(CORES)
PYTHON ?= python3

MAKEFLAGS += --no-builtin-rules --jobs=$(CORES)
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
.DEFAULT_GOAL := release

WORK := _work/$(SOURCE)
Y := $(WORK)/$(YEAR)
RELEASE := _release/$(SOURCE)-$(YEAR)
LAGESBILD := .venv/bin/lagesbild
AT := --source $(SOURCE) --year $(YEAR)
RENDER := $(AT) --jobs $(JOBS) $(if $(ENGINE),--engine $(ENGINE))

AREAS := $(sort $(patsubst data/catalogue/%.yml,%,$(wildcard data/catalogue/*.yml)))
SLUGS := $(shell tail -n +2 data/registers/kommuner.csv | cut -d, -f3)
AREAS_aldre := aldreomsorg halso-och-sjukvard
AREAS_funktionsnedsattning := funktionsnedsattning-lss socialpsykiatri
AREAS_individ-och-familjeomsorg := barn-och-unga ekonomiskt-bistand hemloshet krisberedskap \
	missbruk-och-beroende vald-i-nara-relationer
REPORTS := aldre funktionsnedsattning individ-och-familjeomsorg

# What the steps are made from, besides data.
KNOWN := $(shell find data/catalogue data/registers data/mappings -type f ! -name utgava.yml | sort)
code = $(shell find $(addprefix src/lagesbild/,$(1)) -name '*.py' | sort)
BASE := $(KNOWN) $(wildcard src/lagesbild/*.py) requirements.lock
# What the manifest names with its hash.
ALL_CODE := Makefile pyproject.toml requirements.lock _quarto.yml $(shell find src/lagesbild analysis reports _extensions data \
	-type f ! -path "*/.*" ! -path "*/__pycache__/*" ! -path "data/raw/*" | sort)
INTAKE_CODE := $(BASE) $(call code,catalogue sources observations disclosure)
ANALYSIS_CODE := $(BASE) $(call code,catalogue disclosure methods presentation publishing) $(wildcard analysis/*.ipynb)
RENDER_CODE := $(BASE) $(call code,catalogue methods presentation publishing) $(wildcard _extensions/lagesbild/*) _quarto.yml data/registers/utgava.yml

UNDERLAG_CODE := $(addprefix src/lagesbild/,publishing/underlag.py publishing/similar_kommuner.py publishing/additions.py \
	methods/unit_spread.py methods/good_examples.py \
	publishing/comparison_groups.py methods/neighbours.py frame_bytes.py) $(wildcard data/registers/*.csv)

AREA_DIGESTS := $(AREAS:%=$(Y)/analysis/%.digest)
KOMMUN_PDFS := $(SLUGS:%=$(RELEASE)/kommuner/%/kommunrapport.pdf)
KOMMUN_BOOKS := $(SLUGS:%=$(RELEASE)/kommuner/%/arbetsbok.xlsx)
AREA_BOOKS := $(foreach area,$(AREAS),$(RELEASE)/omraden/$(area)/$(area).xlsx)
KOMMUN_SLIDES := $(SLUGS:%=$(RELEASE)/kommuner/%/presentation.pptx)
REPORT_PDFS := $(REPORTS:%=$(RELEASE)/lagesrapporter/%.pdf)
REPORT_DOCX := $(REPORTS:%=$(RELEASE)/lagesrapporter/%.docx)
REVIEW_PDFS := $(AREAS:%=$(RELEASE)/granskning/oversyn-%.pdf)
AUDIT_PDF := $(RELEASE)/granskning/granskning.pdf
GUIDE := $(RELEASE)/granskning/granskningsguide.pdf
FACT_SHEETS := $(AREAS:%=$(RELEASE)/omraden/%/faktablad.pdf)
DESCRIPTIONS := $(AREAS:%=$(RELEASE)/omraden/%/metodbeskrivning.pdf)
METHOD_BOOK := $(RELEASE)/metod/metodbok.pdf
DECLARED := lagesrapporter kommunrapporter arbetsbocker faktablad oppna-data webbplats granskning
DECLARATIONS := $(DECLARED:%=$(RELEASE)/metod/kvalitetsdeklaration-%.pdf)
METHOD_PDFS := $(FACT_SHEETS) $(DESCRIPTIONS) $(METHOD_BOOK) $(DECLARATIONS)
DATA_PACKAGE := $(RELEASE)/data/datapackage.json
REVISIONS := $(RELEASE)/revideringar/utgavor.json
SITE := $(RELEASE)/site/index.html
TRACE_IDS := $(RELEASE)/sparkoder.csv
MANIFEST := $(RELEASE)/manifest.json

ifeq ($(SOURCE),demo)
IN := $(WORK)/raw
RAW := $(WORK)/raw.stamp
else
IN := $(DATA)
RAW := $(if $(DATA),$(wildcard $(DATA)/*.parquet $(DATA)/*.csv $(DATA)/*/*))
endif

.PHONY: release kommuner arbetsbocker omradesbocker presentationer kommun lanrapporter lagesrapporter oversyn granskning granskningsguide faktablad metodbeskrivningar metodbok kvalitetsdeklarationer site data revideringar area test proof leaks verify reproduce stress accessibility check lock mall clean help pictures

release: $(MANIFEST) ## the whole release (default); SOURCE=kolada DATA=<folder> YEAR=2020 for real data; VERSION=2024.1 freezes it
ifdef VERSION
release: stated-version
	$(LAGESBILD) freeze $(AT) --version "$(VERSION)" $(if $(DATA),--data "$(DATA)") $(if $(PREVIOUS),--previous "$(PREVIOUS)")

# Whether the release is that version, told before anything is built for it.
stated-version: FORCE | .venv/ready
	$(LAGESBILD) freeze $(AT) --version "$(VERSION)" $(if $(PREVIOUS),--previous "$(PREVIOUS)") --check
endif

kommuner: $(KOMMUN_PDFS) ## the reports of all 290 kommuner

arbetsbocker: $(KOMMUN_BOOKS) ## the workbooks of all 290 kommuner

omradesbocker: $(AREA_BOOKS) ## the national workbooks of the ten areas

presentationer: $(KOMMUN_SLIDES) ## the slides of all 290 kommuner

kommun: $(Y)/underlag.stamp ## one kommun's report: make kommun K=1440 (code or name)
	$(LAGESBILD) kommun "$(K)" $(RENDER)

lanrapporter: $(Y)/lanrapporter.stamp ## a report of each län, of where its kommuner stand and differ; made on demand

lagesrapporter: $(REPORT_PDFS) $(REPORT_DOCX) ## the three national lägesrapporter, PDF and DOCX

oversyn: $(REVIEW_PDFS) ## the critical review of each area's indicators

granskning: $(AUDIT_PDF) ## Riksrevisionen's statistical analysis, repeated

granskningsguide: $(GUIDE) ## what an auditor can check in an hour and in a day

faktablad: $(FACT_SHEETS) ## two pages on each area's national results

metodbeskrivningar: $(DESCRIPTIONS) ## every indicator's definition, source, changes and grade, area by area

metodbok: $(METHOD_BOOK) ## how everything is computed, in one book

kvalitetsdeklarationer: $(DECLARATIONS) ## each product's quality, under the headings of SCB-FS 2016:17

site: $(SITE) ## the website

data: $(DATA_PACKAGE) ## the open data

revideringar: $(REVISIONS) ## what the release says otherwise than the one before: PREVIOUS=<its folder>

area: $(Y)/analysis/$(A).digest ## the indicators of one area, all years: make area A=aldreomsorg

# --- set-up -------------------------------------------------------------------------------------------

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# --- from outside files to released observations --------------------------------------------------------

# The demo's outside files reach the report year, 2024 at least.
LAST := $(shell echo $$(( $(YEAR) > 2024 ? $(YEAR) : 2024 )))

$(WORK)/last-year.txt: FORCE
	@mkdir -p $(@D); echo $(LAST) | cmp --silent - $@ || echo $(LAST) > $@

$(WORK)/raw.stamp: $(KNOWN) $(wildcard data/demo/*.csv) $(call code,sources/demo) $(WORK)/last-year.txt | .venv/ready
	$(LAGESBILD) demo --output $(WORK)/raw --last-year $(LAST)
	@touch $@

$(WORK)/import.stamp: $(RAW) $(INTAKE_CODE) | .venv/ready
	$(if $(IN),,$(error SOURCE=$(SOURCE) needs DATA=<folder of outside files>))
	$(LAGESBILD) import --source $(SOURCE) --data "$(IN)"
	@touch $@

# What the analysis reads beside the observations: groups of kommuner, background variables, the analyst's files.
CONTEXT := $(WORK)/sammanhang.digest

$(AREAS:%=$(WORK)/released/%.digest) $(CONTEXT): $(WORK)/import.stamp ;

# --- indicators per area and year -------------------------------------------------------------------------

$(AREAS:%=$(Y)/analysis/%.stamp): $(Y)/analysis/%.stamp: $(WORK)/released/%.digest $(CONTEXT) $(ANALYSIS_CODE) | .venv/ready
	$(LAGESBILD) analyse --area $* $(AT)
	@touch $@

$(AREA_DIGESTS): $(Y)/analysis/%.digest: $(Y)/analysis/%.stamp ;

$(Y)/underlag.stamp: $(AREA_DIGESTS) $(CONTEXT) $(UNDERLAG_CODE) | .venv/ready
	$(LAGESBILD) underlag $(AT)
	@touch $@

# Analysts' prose of the year's lägesrapporter, folders too: a file that is taken away counts as a change.
PROSE := $(wildcard data/analys/$(SOURCE)/$(YEAR) data/analys/$(SOURCE)/$(YEAR)/* data/analys/$(SOURCE)/$(YEAR)/*/*)

$(Y)/prosa.stamp: $(AREA_DIGESTS) $(PROSE) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) prosa $(AT)
	@touch $@

# --- products -----------------------------------------------------------------------------------------

$(KOMMUN_PDFS) &: $(Y)/underlag.stamp $(wildcard reports/kommunrapport/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) kommun $(RENDER)
	@touch $(KOMMUN_PDFS)

$(KOMMUN_BOOKS) &: $(Y)/underlag.stamp $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) arbetsbok $(AT) --jobs $(JOBS)
	@touch $(KOMMUN_BOOKS)

$(AREA_BOOKS) &: $(AREA_DIGESTS) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) arbetsbok --riket $(AT) --jobs $(JOBS)
	@touch $(AREA_BOOKS)

$(KOMMUN_SLIDES) &: $(Y)/underlag.stamp $(wildcard reports/presentation/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) presentation $(RENDER)
	@touch $(KOMMUN_SLIDES)

$(Y)/lanrapporter.stamp: $(AREA_DIGESTS) $(wildcard reports/grupprapport/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) lan $(RENDER)
	@touch $@

define report_rule
$(RELEASE)/lagesrapporter/$(1).pdf $(RELEASE)/lagesrapporter/$(1).docx &: $(AREAS_$(1):%=$(Y)/analysis/%.digest) $(Y)/prosa.stamp $(wildcard reports/lagesrapport/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) lagesrapport $(1) $(RENDER)
	@touch $(RELEASE)/lagesrapporter/$(1).pdf $(RELEASE)/lagesrapporter/$(1).docx
endef
$(foreach report,$(REPORTS),$(eval $(call report_rule,$(report))))

$(REVIEW_PDFS) &: $(AREA_DIGESTS) $(wildcard reports/oversyn/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) oversyn $(RENDER)
	@touch $(REVIEW_PDFS)

$(AUDIT_PDF): $(AREAS:%=$(WORK)/released/%.digest) $(CONTEXT) $(wildcard reports/granskning/*) $(wildcard data/published/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) granskning $(RENDER)
	@touch $@

$(DATA_PACKAGE): $(AREAS:%=$(Y)/analysis/%.stamp) $(Y)/underlag.stamp data/registers/utgava.yml $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) data $(AT)
	@touch $@

$(FACT_SHEETS) &: $(AREA_DIGESTS) $(wildcard reports/faktablad/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) faktablad $(RENDER)
	@touch $(FACT_SHEETS)

$(DESCRIPTIONS) &: $(AREA_DIGESTS) $(wildcard reports/metod/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) metodbeskrivning $(RENDER)
	@touch $(DESCRIPTIONS)

$(METHOD_BOOK): $(AREA_DIGESTS) $(Y)/underlag.stamp $(wildcard reports/metod/* reports/site/metod.qmd reports/site/metod/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) metodbok $(RENDER)
	@touch $@

$(DECLARATIONS) &: $(AREA_DIGESTS) $(wildcard reports/metod/*) $(RENDER_CODE) | .venv/ready
	$(LAGESBILD) kvalitetsdeklaration $(RENDER)
	@touch $(DECLARATIONS)

$(GUIDE): $(KOMMUN_PDFS) $(KOMMUN_BOOKS) $(KOMMUN_SLIDES) $(AREA_BOOKS) $(REPORT_PDFS) $(REPORT_DOCX) $(REVIEW_PDFS) $(AUDIT_PDF) $(METHOD_PDFS) $(DATA_PACKAGE) $(wildcard reports/granskningsguide/*) | .venv/ready
	$(LAGESBILD) granskningsguide $(RENDER)
	@touch $@

# The name of the release before, in a file that changes when another is given.
$(Y)/previous.txt: FORCE
	@mkdir -p $(@D); echo "$(PREVIOUS)" | cmp --silent - $@ || echo "$(PREVIOUS)" > $@

FORCE:

$(REVISIONS): $(KOMMUN_PDFS) $(KOMMUN_BOOKS) $(KOMMUN_SLIDES) $(AREA_BOOKS) $(REPORT_PDFS) $(REPORT_DOCX) $(REVIEW_PDFS) $(AUDIT_PDF) $(METHOD_PDFS) $(GUIDE) $(DATA_PACKAGE) $(Y)/previous.txt | .venv/ready
	$(LAGESBILD) revideringar $(AT) $(if $(PREVIOUS),--previous "$(PREVIOUS)")
	@touch $@

$(SITE): $(KOMMUN_PDFS) $(REPORT_PDFS) $(REVIEW_PDFS) $(AUDIT_PDF) $(METHOD_PDFS) $(GUIDE) $(DATA_PACKAGE) $(REVISIONS) $(shell find reports/site -type f) $(wildcard reports/*.*css) $(wildcard data/published/*) | .venv/ready
	$(LAGESBILD) site $(RENDER)
	@touch $@

# Every figure, table and sheet with its spårkod; `lagesbild trace` looks them up.
$(TRACE_IDS): $(KOMMUN_PDFS) $(KOMMUN_BOOKS) $(AREA_BOOKS) $(REPORT_PDFS) $(REVIEW_PDFS) $(AUDIT_PDF) $(METHOD_PDFS) $(GUIDE) $(SITE) src/lagesbild/provenance/trace_index.py | .venv/ready
	$(LAGESBILD) sparkoder $(AT)
	@touch $@

$(MANIFEST): $(KOMMUN_PDFS) $(KOMMUN_BOOKS) $(KOMMUN_SLIDES) $(AREA_BOOKS) $(REPORT_PDFS) $(REPORT_DOCX) $(REVIEW_PDFS) $(AUDIT_PDF) $(METHOD_PDFS) $(GUIDE) $(DATA_PACKAGE) $(REVISIONS) $(SITE) $(TRACE_IDS) $(WORK)/import.stamp $(ALL_CODE) | .venv/ready
	$(LAGESBILD) manifest $(AT)
	@touch $@

# --- care of the repository ---------------------------------------------------------------------------

test: .venv/ready ## set up and run the tests
	.venv/bin/python -m pytest

proof: .venv/ready ## attack the disclosure gate with 10 000 random tables
	seq 5 | xargs -P $(JOBS) -I SEED env LAGESBILD_PROOF_SEED=SEED LAGESBILD_PROOF_TABLES=2000 \
		.venv/bin/python -m pytest -m proof tests/disclosure

stress: .venv/ready ## kills, damaged files, full disks, other clocks and languages: a quarter of an hour; docs/stress.md
	.venv/bin/python tests/stress/run.py --output docs/stress.md --jobs $(JOBS)

leaks: $(MANIFEST) ## look for withheld figures in every file of the release
	$(LAGESBILD) leaks $(AT) --jobs $(JOBS) $(if $(filter-out demo,$(SOURCE)),--data "$(DATA)")

verify: $(if $(wildcard .venv/bin/lagesbild),,.venv/ready) ## hold the release, its raw files and its code against the manifest; builds nothing
	$(LAGESBILD) verify $(AT) $(if $(DATA),--data "$(DATA)")

reproduce: $(if $(wildcard .venv/bin/lagesbild),,.venv/ready) ## build the release anew in a clean folder and compare all: ARCHIVE=<file>, FIGURE=<spårkod>
	$(LAGESBILD) reproduce $(AT) --jobs $(JOBS) $(if $(DATA),--data "$(DATA)") $(if $(PREVIOUS),--previous "$(PREVIOUS)") \
		$(if $(ARCHIVE),--archive "$(ARCHIVE)") $(if $(FIGURE),--figure "$(FIGURE)")

accessibility: $(MANIFEST) ## look through every PDF and workbook of the release: language, headings, tables, alt texts
	$(LAGESBILD) accessibility $(AT) --jobs $(JOBS)

check: .venv/ready ## formatter, linter, types and import direction
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

lock: ## resolve the dependencies anew and write requirements.lock
	$(PYTHON) -m venv --clear _work/lock
	_work/lock/bin/pip install --quiet pip-tools
	_work/lock/bin/pip-compile --quiet --generate-hashes --strip-extras --extra dev --no-header --upgrade \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.lock pyproject.toml

mall: .venv/ready ## make the templates of slides and Word documents anew from Pandoc's own, and cut the web fonts
	.venv/bin/python -m lagesbild.publishing.slide_template reports/presentation/mall.pptx
	.venv/bin/python -m lagesbild.publishing.docx_template reports/lagesrapport/mall.docx
	.venv/bin/python -m lagesbild.publishing.cut_fonts src/lagesbild/publishing/typsnitt

clean: ## remove what was built (not .venv)
	rm -rf _work _release

help: ## this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 22

pictures: $(MANIFEST) ## the README's pictures, from the demo release (needs chromium and poppler-utils)
	mkdir -p docs/pictures
	pdftoppm -r 75 -f 1 -l 1 -singlefile -png $(RELEASE)/kommuner/1440-ale/kommunrapport.pdf docs/pictures/kommunrapport
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1100,800 \
		--screenshot=docs/pictures/site.png "file://$(CURDIR)/$(RELEASE)/site/index.html"
