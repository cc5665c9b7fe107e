# Everything one does with this project. `make help` lists it.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test integration-test build up down provision run format clean jdk

export JAVA_HOME := $(shell .mvn/find-jdk 2>/dev/null)
# The build's own tools still use what newer JDKs warn of.
JAVA = "$$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow $(MAVEN_OPTS)

MVN := ./mvnw -B
PROGRESS := awk -f .mvn/progress.awk
SERVICE := target/quarkus-app/quarkus-run.jar
TEST_CLASSPATH := target/demo/classpath
SOURCES := pom.xml $(shell find src/main -type f)
LOCAL_AWS_PORT ?= 4566

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 26

jdk:
	@.mvn/find-jdk >/dev/null

demo: $(SERVICE) $(TEST_CLASSPATH) ## the life of one role, told in the terminal, on a local AWS of its own
	@echo '== starting a local AWS'
	@if [ -t 1 ]; then export DEMO_COLOUR=yes; fi; \
	    localstack/with $(JAVA) -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "target/test-classes:target/classes:$$(cat $(TEST_CLASSPATH))" \
	    dev.linkedrole.demo.Demo $(SERVICE)

test: jdk ## every test, integration tests on a local AWS included
	@echo '== building, and running every test on a local AWS'
	@localstack/with $(MVN) verify | $(PROGRESS)

integration-test: jdk ## the tests that need an AWS, alone (LOCAL_AWS=localstack|moto|docker chooses it)
	@echo "== running the integration tests on $${LOCAL_AWS:-a local AWS}"
	@localstack/with $(MVN) verify -Dgroups=aws | $(PROGRESS)

build: jdk ## the packaged service, without tests
	@echo '== building the service'
	@$(MVN) package -Dmaven.test.skip=true | $(PROGRESS)
	@touch $(SERVICE)
	@echo "== built: $(SERVICE)"

# No build if it is up to date.
$(SERVICE): $(SOURCES)
	@$(MAKE) --no-print-directory build

$(TEST_CLASSPATH): pom.xml $(SERVICE) $(shell find src/test -type f)
	@mkdir -p $(@D)
	@$(MVN) -q test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=$@ -Dspotless.check.skip

up: ## local AWS on http://localhost:4566, with queues and table
	@localstack/up --port $(LOCAL_AWS_PORT)
	@AWS_ENDPOINT_URL=http://localhost:$(LOCAL_AWS_PORT) deploy/provision

down: ## stop it
	@localstack/down --port $(LOCAL_AWS_PORT)

provision: ## queues, dead-letter queues and table on whatever AWS_ENDPOINT_URL names (real AWS if unset)
	@deploy/provision

run: jdk $(SERVICE) ## the service in the foreground, on whatever AWS_ENDPOINT_URL names
	@echo "== running on $${AWS_ENDPOINT_URL:-AWS}; Ctrl-C stops it"
	@exec $(JAVA) -jar $(SERVICE)

format: jdk ## bring all sources into the project's form
	@$(MVN) -q spotless:apply

clean: ## throw away all that was built or installed here
	@rm -rf target
