# Everything a newcomer needs is one of these; each does its own set-up and is quick when it is done.
#   make demo   make run   make test   make bench   make lint
SHELL := /bin/bash
.DEFAULT_GOAL := help
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 5000
# A test in the browser waits more than it reckons: one worker more than there are cores.
JOBS ?= $(shell expr $$(nproc) + 1)
export HOST PORT PYTHON

BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app app
COMPILE := $(BIN)/pip-compile -q --no-emit-index-url --no-emit-trusted-host \
           --no-emit-find-links --strip-extras
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/messages.po)
COMPILED := $(CATALOGUES:.po=.mo)
SOURCES := app.py $(shell find core blueprints migrations -name '*.py')

.PHONY: help demo run test bench lint requirements translations setup setup-dev

help:
	@echo "make demo   演示：备好环境，载入演示数据，在 http://$(HOST):$(PORT) 打开"
	@echo "make run    正式使用：备好环境，升级数据库，在 http://$(HOST):$(PORT) 打开"
	@echo "make test   全部测试（含浏览器）；make bench 性能表；make lint 代码检查"

demo: setup
	@VENV="$(VENV)" scripts/demo.sh

run: setup
	@$(FLASK) upgrade
	$(FLASK) user setup-code
	exec $(BIN)/gunicorn "app:create_app()"

test: setup-dev
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

bench: setup-dev
	@$(BIN)/python -m tests.bench

lint: setup-dev
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m core.i18n check
	$(BIN)/python scripts/audit.py requirements-dev.txt

# What is installed is remembered in stamp files, so that a second run starts at once.
setup: $(VENV)/.installed $(COMPILED) $(VENV)/.bytecode

setup-dev: $(VENV)/.installed-dev $(COMPILED) $(VENV)/.bytecode

$(VENV)/.installed: requirements.txt scripts/system.sh
	@scripts/system.sh run
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	echo "安装 Python 依赖（第一次要几分钟）……"
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements.txt
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt scripts/system.sh | $(VENV)/.installed
	@scripts/system.sh test
	$(BIN)/python -m pip install --disable-pip-version-check -q -r requirements-dev.txt
	touch $@

# The service may not write beside its code: without this every start would compile all of it.
$(VENV)/.bytecode: $(SOURCES) $(VENV)/.installed
	@$(BIN)/python -m compileall -q app.py core blueprints migrations
	touch $@

%.mo: %.po $(VENV)/.installed
	@$(BIN)/pybabel -q compile -i $< -o $@

# For developers: pin anew after editing a .in file; collect new strings into the catalogues.
requirements: setup-dev
	@$(COMPILE) requirements.in
	$(COMPILE) requirements-dev.in

translations: setup-dev
	@$(BIN)/python -m core.i18n update
