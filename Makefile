# Everything one does with this project. `make help` lists it.
SHELL := /usr/bin/env bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo emulators test integration-test chaos deploy-test compile fuzz simulate interleavings mutate build aot sbom reproducible bench bench-build up down provision boundary check-catalog import run dev lint format configuration-page clean jdk native native-test image image-test

export JAVA_HOME := $(shell .mvn/find-jdk 2>/dev/null)
# Maven's JVM runs for a minute: what compiles its code for longer ones, and collects garbage beside it, costs more than it gives.
QUICK_JVM := -XX:TieredStopAtLevel=1 $(if $(findstring GC,$(MAVEN_OPTS)),,-XX:+UseSerialGC)
# The build's own tools still use what newer JDKs warn of.
JAVA = "$$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow $(QUICK_JVM) $(MAVEN_OPTS)

MVN := ./mvnw -B
PROGRESS := awk -f .mvn/progress.awk
SERVICE := target/quarkus-app/quarkus-run.jar
AOT_SERVICE := target/quarkus-aot/quarkus-run.jar
AOT_CACHE := target/quarkus-aot/app.aot
# With the cache, most of the processor time to start is the compilers', for code that is of use at start alone.
LESS_AT_START := -XX:CompileThresholdScaling=5
TEST_CLASSPATH := target/demo/classpath
NATIVE_SOURCES := target/native-sources/native-image.args
SOURCES := pom.xml $(shell find src/main -type f)
LOCAL_AWS_PORT ?= 4566

##@ Start here

help: ## list the commands
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile

jdk:
	@.mvn/find-jdk >/dev/null

demo: $(SERVICE) $(TEST_CLASSPATH) ## the life of one role, told in the terminal, on a local AWS of its own; SOURCE=connect: Amazon Connect is the producer
	@echo '== starting a local AWS'
	@if [ -t 1 ]; then export DEMO_COLOUR=yes; fi; \
	    localstack/with $(BESIDE) $(JAVA) -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "target/test-classes:target/classes:$$(cat $(TEST_CLASSPATH))" \
	    dev.linkedrole.demo.Demo $(SERVICE) $(SOURCE)

EMULATORS ?= moto ministack localstack elasticmq

emulators: $(SERVICE) $(TEST_CLASSPATH) ## the life of one role on one local AWS after the other (EMULATORS="moto ministack localstack elasticmq docker")
	@failed=''; for kind in $(EMULATORS); do \
	    case $$kind in elasticmq) aws=moto beside=localstack/elasticmq ;; *) aws=$$kind beside= ;; esac; \
	    LOCAL_AWS=$$aws BESIDE=$$beside $(MAKE) --no-print-directory demo >target/emulator-$$kind.log 2>&1 && echo "== $$kind: works" || \
	        { failed="$$failed $$kind"; echo "== $$kind: does not, see target/emulator-$$kind.log"; }; \
	    cp target/demo/service.log target/emulator-$$kind-service.log 2>/dev/null || true; \
	done; [ -z "$$failed" ]

test: jdk ## every test, integration tests on a local AWS included
	@echo '== building, and running every test on a local AWS'
	@localstack/with $(MVN) verify | $(PROGRESS)

##@ Single kinds of tests

integration-test: jdk $(SERVICE) ## the tests that need an AWS, alone (LOCAL_AWS=localstack|moto|ministack|docker chooses it; GROUP=wire: those that depend on which)
	@echo "== running the integration tests on $${LOCAL_AWS:-a local AWS}"
	@localstack/with $(if $(filter docker,$(LOCAL_AWS)),--testcontainers) $(MVN) verify -Dgroups=$(or $(GROUP),aws) -Dquarkus.build.skip -Dspotless.check.skip | $(PROGRESS)

RUNS ?= 1

chaos: jdk $(SERVICE) ## a bad day of three real processes, RUNS times (INSTANCES=n, EVENTS=n of each, KILLS=n, SEED=n)
	@for run in $$(seq $(RUNS)); do \
	    echo "== run $$run of $(RUNS): killed processes, a failing AWS, roles edited by hand"; \
	    localstack/with $(MVN) test -Dtest=ChaosIT -Dsurefire.failIfNoSpecifiedTests=true -Dspotless.check.skip \
	        $(if $(SEED),-Dseed=$(SEED)) $(if $(INSTANCES),-Dchaos.instances=$(INSTANCES)) $(if $(EVENTS),-Dchaos.events=$(EVENTS)) \
	        $(if $(KILLS),-Dchaos.kills=$(KILLS)) | awk '/chaos: /{ sub(/.*chaos: /, ""); print "   " $$0; fflush() } /ERROR|BUILD/{ print; fflush() }'; \
	done

deploy-test: jdk $(SERVICE) ## the commands of docs/deploy.md and docs/connect.md, and the controller's policies against the calls of whole lives
	@echo '== trying the pages on deploying and on Amazon Connect, and the policies'
	@localstack/with $(MVN) test -Dtest='DeployPageIT,ConnectPageIT,LeastPrivilegeIT' -Dsurefire.failIfNoSpecifiedTests=true -Dspotless.check.skip | $(PROGRESS)

MESSAGES ?= 20000

fuzz: jdk ## hostile messages against the door, 200 times MESSAGES of them
	@$(MVN) test -Dtest=HostileMessagesTest -Dfuzz.messages=$(MESSAGES) -Dspotless.check.skip | $(PROGRESS)

SEEDS ?= 1000

simulate: $(if $(filter import,$(WORLD)),jdk,$(TEST_CLASSPATH)) ## whole fleets in virtual time, SEEDS of them from FIRST on; SEED=s replays one and tells all that happens; WORLD=connect: Amazon Connect is the producer; WORLD=import: INSTANCES=n are imported
ifeq ($(WORLD),import)
	@echo '== importing $(or $(INSTANCES),10000) instances in ten accounts, in virtual time'
	@$(MVN) test -Dtest=LargeImportTest -Dimport.instances=$(or $(INSTANCES),10000) -Dspotless.check.skip | $(PROGRESS)
else
	@if [ -n '$(SEED)' ]; then echo '== replaying seed $(SEED)'; else echo '== simulating $(SEEDS) seeds'; fi; \
	    $(JAVA) -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "target/test-classes:target/classes:$$(cat $(TEST_CLASSPATH))" \
	    dev.linkedrole.simulation.Main $(if $(SEED),seed $(SEED),seeds $(or $(FIRST),1) $(SEEDS)) $(filter connect,$(WORLD))
endif

interleavings: jdk ## every order of the calls of two replicas that race, of which either or both may die
	@$(MVN) test -Dtest=InterleavingsTest -Dinterleavings.deaths=2 -Dspotless.check.skip \
	    | awk '/schedules through/{ print; fflush() } /ERROR|BUILD/{ print; fflush() }'

LEAST ?= 0
MUTANTS := role packing reconcile service-linked intake
PACKING := $(addprefix dev.linkedrole.role.,packing.% plan.PolicySteps% state.ObservedRole%)
LINKED := $(addprefix dev.linkedrole.reconcile.apply.,DesiredRoles% ServiceLinked% Protected%)
MUTATED = $(if $(ONLY),$(if $(filter $(PACKING),$(ONLY)),packing,$(if $(filter $(LINKED),$(ONLY)),service-linked,$(word 3,$(subst ., ,$(ONLY))))),$(or $(PARTS),$(MUTANTS)))

mutate: jdk ## how much the tests notice: each line of role, reconcile and the intake's decisions broken in turn (PARTS='role packing'; ONLY='dev.linkedrole.role.packing.PolicyPacking*'; LEAST=n: fails below n percent)
	@for group in $(MUTATED); do \
	    echo "== mutants of $${ONLY:-$$group}, against the tests of $$group"; \
	    case $$group in service-linked) with=localstack/with ;; *) with= ;; esac; \
	    $$with $(MVN) -Pmutate test-compile pitest:mutationCoverage@$$group -Dspotless.check.skip -Dmutate.least=$(LEAST) $${ONLY:+-Dmutate.$$group="$$ONLY"} \
	        | awk '/^>> (Generated|Mutations with no)/{ sub(/^>> /, "   "); last = last $$0 "\n" } /^\[ERROR\]|BUILD/{ more = more $$0 "\n" } /^- Statistics/{ last = "" } END{ printf "%s%s", last, more }'; \
	    echo "   target/mutate/$$group/index.html"; \
	done

##@ Build

compile: jdk ## classes and tests, by the compiler whose warnings are errors
	@echo '== compiling'
	@$(MVN) test-compile | $(PROGRESS)

build: jdk ## the packaged service, without tests
	@echo '== building the service'
	@$(MVN) package -Dmaven.test.skip=true | $(PROGRESS)
	@touch $(SERVICE)
	@echo "== built: $(SERVICE)"

# No build if it is up to date.
$(SERVICE): $(SOURCES)
	@$(MAKE) --no-print-directory build

aot: jdk $(AOT_CACHE) ## the service with an AOT cache: starts with less than half of the processor time

$(AOT_SERVICE): $(SOURCES)
	@echo '== building the service for an AOT cache'
	@$(MVN) package -Dmaven.test.skip=true -Dspotless.check.skip -Dquarkus.package.jar.type=aot-jar -Dquarkus.package.output-directory=quarkus-aot | $(PROGRESS)
	@touch $@

$(AOT_CACHE): $(SERVICE) $(AOT_SERVICE) deploy/train-aot
	@echo '== training it on a local AWS'
	@localstack/with deploy/train-aot target/quarkus-aot

sbom: jdk $(SERVICE) ## the bill of materials of the packaged service (CycloneDX), target/bom.json; its licences are checked
	@echo '== listing what is shipped'
	@$(MVN) -q quarkus:dependency-sbom -Dquarkus.dependency.sbom.runtime-only=true -Dquarkus.dependency.sbom.output-file=target/bom.json
	@src/test/licences/check target/bom.json target/quarkus-app

reproducible: jdk ## the last commit built twice: the same bytes, or what differs
	@src/test/reproducible/check

##@ Containers

KIND ?= jvm
IMAGE ?= linked-role-controller:$(KIND)

image: jdk $(if $(filter native,$(KIND)),native,$(AOT_SERVICE)) ## a container image, IMAGE=linked-role-controller:KIND (KIND=jvm|native; BASE=image and JDK=image to begin with)
	@echo '== building the image $(IMAGE)'
	@IMAGE='$(IMAGE)' BASE='$(BASE)' JDK='$(JDK)' deploy/container/build '$(KIND)'

image-test: jdk ## the image run read-only, without privileges and within its memory, beside a local AWS; its figures (KIND, IMAGE)
	@echo '== testing the image $(IMAGE)'
	@localstack/with $(MVN) test -Dtest=ImageIT -Dsurefire.failIfNoSpecifiedTests=true -Dspotless.check.skip -Dimage='$(IMAGE)' -Dimage.kind='$(KIND)' \
	    | awk '/image: /{ sub(/.*image: /, "   "); print; fflush() } /ERROR|BUILD|Tests run:/{ print; fflush() }'

native: jdk ## the native executable, where a native-image or a builder image is at hand (NATIVE_BUILDER=image)
	@echo '== building the native executable'
	@deploy/container/native | $(PROGRESS)

# The build says what it packaged last, and a @QuarkusIntegrationTest starts that.
$(NATIVE_SOURCES): $(SOURCES) | $(SERVICE)
	@echo '== building what native-image would be given'
	@cp target/quarkus-artifact.properties target/jar-artifact.properties
	@$(MVN) package -Pnative -Dmaven.test.skip=true -Dspotless.check.skip -Dquarkus.native.sources-only=true | $(PROGRESS)
	@mv target/jar-artifact.properties target/quarkus-artifact.properties
	@touch $@

native-test: jdk $(NATIVE_SOURCES) $(SERVICE) ## all that the service reflects on, on the JVM, against what is registered for a native executable
	@echo '== comparing what the service reflects on with what is registered'
	@localstack/with $(MVN) test -Dtest=ReflectionIT -Dsurefire.failIfNoSpecifiedTests=true -Dspotless.check.skip | $(PROGRESS)

##@ Measure

bench: bench-build $(SERVICE) $(AOT_CACHE) ## the performance figures, side by side with peers (QUICK=1: in less than 5 minutes; PARTS="intake pipeline startup footprint growth micro")
	@$(JAVA) -cp "target/bench/modules/harness/classes:$$(cat target/bench/modules/harness/classpath)" \
	    dev.linkedrole.bench.run.Bench . $(if $(QUICK),quick,full) $(PARTS)

bench-build: jdk ## the benchmarks compiled, and nothing measured
	@echo '== compiling the benchmarks'
	@$(MVN) -q -f src/bench/pom.xml process-classes

$(TEST_CLASSPATH): pom.xml $(SERVICE) $(shell find src/test -type f)
	@mkdir -p $(@D)
	@$(MVN) -q test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=$@ -Dspotless.check.skip

##@ Run

up: ## local AWS on http://localhost:4566, with queues and table
	@localstack/up --port $(LOCAL_AWS_PORT)
	@AWS_ENDPOINT_URL=http://localhost:$(LOCAL_AWS_PORT) deploy/provision

down: ## stop it
	@localstack/down --port $(LOCAL_AWS_PORT)

provision: ## queues, dead-letter queues and table on whatever AWS_ENDPOINT_URL names (real AWS if unset)
	@deploy/provision

CATALOG ?= amazon-connect
PARTITION ?= aws
ACCOUNT ?= *

boundary: jdk ## a boundary policy for all roles of a catalog, as JSON (CATALOG=name or path, PARTITION=aws, ACCOUNT=12 digits, FILE=where to)
	@$(MAKE) --no-print-directory $(SERVICE) >&2
	@$(JAVA) -cp 'target/quarkus-app/app/*:target/quarkus-app/lib/boot/*:target/quarkus-app/lib/main/*' \
	    dev.linkedrole.catalog.BoundaryCommand '$(CATALOG)' '$(PARTITION)' '$(ACCOUNT)' $(if $(FILE),>'$(FILE)')

AGAINST ?= amazon-connect

check-catalog: jdk ## the faults of a catalog file, with lines, and what it would change (FILE=name or path, AGAINST=name or path)
	@$(MAKE) --no-print-directory $(SERVICE) >&2
	@$(JAVA) -cp 'target/quarkus-app/app/*:target/quarkus-app/lib/boot/*:target/quarkus-app/lib/main/*' \
	    dev.linkedrole.catalog.CheckCatalogCommand '$(or $(FILE),$(CATALOG))' '$(AGAINST)'

import: ## the instances that Amazon Connect has, recorded by a running service, with a progress bar (ACCOUNTS="..." REGIONS="..." DRY_RUN=yes URL=http://localhost:8080)
	@ACCOUNTS='$(ACCOUNTS)' REGIONS='$(REGIONS)' DRY_RUN='$(DRY_RUN)' URL='$(URL)' deploy/import

run: jdk $(SERVICE) ## the service in the foreground, on whatever AWS_ENDPOINT_URL names; with its AOT cache if that is up to date
	@echo "== running on $${AWS_ENDPOINT_URL:-AWS}; Ctrl-C stops it"
	@if [ $(AOT_CACHE) -nt $(SERVICE) ]; then cd $(dir $(AOT_SERVICE)); exec $(JAVA) -XX:AOTCache=app.aot $(LESS_AT_START) -jar quarkus-run.jar; fi; \
	    exec $(JAVA) -jar $(SERVICE)

dev: jdk ## the service with live reload, on a local AWS of its own; Ctrl-C stops both
	@echo '== starting the service with live reload'
	@localstack/with $(MVN) quarkus:dev -Dspotless.check.skip -Dmaven.test.skip=true -Dquarkus.analytics.disabled=true

##@ Keep it tidy

lint: ## check shell scripts, workflows, Prometheus rules and Markdown pages
	@src/test/lint/lint

format: jdk ## bring all sources into the project's form
	@$(MVN) -q spotless:apply

configuration-page: jdk ## write the tables of docs/configuration.md again, from ControllerConfig
	@$(MVN) -q test -Dtest=ConfigurationPageTest -Dgolden.update=true -Dspotless.check.skip

clean: ## throw away all that was built or installed here
	@rm -rf target
