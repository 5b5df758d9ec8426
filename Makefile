# Stackladder. `make up` needs Node.js 20.12 or newer and nothing else that it cannot get itself.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
STACK ?= dev
export STACK

.PHONY: help up preview down clean pulumi test test-clouds test-kubernetes lint format deps

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-16s %s\n", $$1, $$2 }'

up: deps ## bring the dev stack up in the sandbox, policies on (STACK=prod for the other one)
	@engine/env.sh "$(CURDIR)/engine/stack.sh" up

preview: deps ## show what `make up` would change
	@engine/env.sh "$(CURDIR)/engine/stack.sh" preview

down: deps ## take the stack down again; the sandbox's store is empty then
	@engine/env.sh "$(CURDIR)/engine/stack.sh" down

clean: deps ## throw the sandbox away with its stacks, protected or not
	@engine/clean.sh

pulumi: deps ## any pulumi command against the sandbox: make pulumi ARGS="stack output"
	@engine/env.sh pulumi $(ARGS)

test: deps ## what a change must pass, in ten minutes; CI runs the next two as well
	@node test/run.mjs

test-clouds: deps ## the engine's long walks on every cloud, and k6 on its scripts
	@node test/run.mjs clouds

test-kubernetes: deps ## the systems on a real Kubernetes API server; builds one the first time, three to six minutes
	@test/kubernetes/control-plane/find.sh >/dev/null
	@node test/run.mjs kubernetes

lint: deps ## types, lint and format
	npx tsc --noEmit -p .
	npx eslint .
	npx prettier --check .

format: deps ## write the format that lint asks for
	npx prettier --write .

deps: node_modules/.package-lock.json

node_modules/.package-lock.json: package.json package-lock.json
	@echo "== dependencies"
	npm ci --no-audit --no-fund
	@touch $@
