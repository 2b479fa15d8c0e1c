# What can be done here; "make" alone lists it. Every recipe runs in the lab's own surroundings.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help lab setup data test lessons html slides reset doctor readme bench image clean

here := . docker/env.sh;
lab := $(here) go run ./pkg/cmd/lab

help: ## list the targets
	@echo 'make TARGET, where TARGET is one of:'
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS=$$'\t' read -r name what; do printf '  %-8s %s\n' "$$name" "$$what"; done

lab: setup ## open JupyterLab at the lessons [PORT=8888] [ARGS="JupyterLab's options"]
	@docker/lab.sh $(ARGS)

setup: ## set up what the lab needs, in .venv (lab, test and the others call it)
	@docker/setup.sh

data: setup ## fetch the reviews, and what else lessons download, ahead of a workshop
	@$(lab) data

lessons: setup ## run the lessons and print their results [ONLY="00 01"] [QUICK=1]
	@$(lab) lessons $(if $(QUICK),-quick) $(ONLY)

html: setup ## export the lessons, run, as a site in data/html [ONLY="00 01"] [QUICK=1]
	@$(lab) html $(if $(QUICK),-quick) $(ONLY)

slides: setup ## show the lessons, run, as slides in data/slides [ONLY="00 01"] [QUICK=1]
	@$(lab) slides $(if $(QUICK),-quick) $(ONLY)

reset: ## put a lesson back to the published one; your copy stays beside it ONLY="00"
	@$(lab) reset $(ONLY)

doctor: ## say what works on this machine, before or after the set-up
	@docker/doctor.sh

readme: setup ## refresh the results in README.md from the lessons' last run
	@$(lab) readme

bench: setup ## measure what a cell costs
	@$(here) go test -run '^$$' -bench . -benchtime 1x ./notebooks

test: setup ## format, linters, unit tests, races, the lessons in their quick setting, the browser
	@docker/test.sh

image: ## build the container image and try it [ARGS="build" or "try"] [IMAGE=sparseq]
	@docker/image.sh $(ARGS)

clean: ## remove .venv and what the lessons made; downloads stay
	@rm -rf .venv data/cache data/html data/runs data/slides
	@echo 'Removed .venv, data/cache, data/html, data/runs and data/slides; data/downloads stays.'
