# `sam build` calls one target for each function, named after its logical id in template.yaml.
# docs/adr/0002-sam-build-by-makefile.md says why.
.DEFAULT_GOAL := help
.PHONY: help build-RandomLikeFunction build-TopicWriterFunction build-QueueWriterFunction build-ArchiveImporterFunction \
  build-KeyCheckerFunction

MVN ?= mvn
FUNCTIONS := random-like topic-writer queue-writer archive-importer key-checker

comma := ,
empty :=
space := $(empty) $(empty)

# One Maven run packages every function whose source or pom has changed since the last run. A change to a shared source
# packages all of them. Folders count as sources, because they change when you delete a file. `mvn clean` deletes the stamp.
STAMP := functions/target/packages
SHARED := pom.xml functions/pom.xml functions/lambda-support/% functions/likes/%
SOURCES := pom.xml $(shell find functions -name target -prune -o \( -name pom.xml -o -path '*/src/main*' \) -print)
changed = $(if $(filter $(SHARED),$?),lambda-support likes $(FUNCTIONS),$(sort $(foreach file,$?,$(word 2,$(subst /, ,$(file))))))

# javac runs for about a second, too short for the JVM's second compiler to pay off.
$(STAMP): export JAVA_TOOL_OPTIONS += -XX:TieredStopAtLevel=1
$(STAMP): $(SOURCES)
	rm -rf $(changed:%=functions/%/target)
	$(MVN) -B -q -T1C -Dmaven.test.skip -Dspotless.check.skip -Denforcer.skip \
	  -pl $(subst $(space),$(comma),$(changed:%=functions/%)) -am package
	@mkdir -p $(@D) && touch $@

build-RandomLikeFunction: $(STAMP)
	cp -R functions/random-like/target/function/. "$(ARTIFACTS_DIR)"

build-TopicWriterFunction: $(STAMP)
	cp -R functions/topic-writer/target/function/. "$(ARTIFACTS_DIR)"

build-QueueWriterFunction: $(STAMP)
	cp -R functions/queue-writer/target/function/. "$(ARTIFACTS_DIR)"

build-ArchiveImporterFunction: $(STAMP)
	cp -R functions/archive-importer/target/function/. "$(ARTIFACTS_DIR)"

build-KeyCheckerFunction: $(STAMP)
	cp -R functions/key-checker/target/function/. "$(ARTIFACTS_DIR)"

help:
	@echo '"sam build" uses this Makefile. You probably want one of these:'
	@echo '  mvn verify                          build and test everything'
	@echo '  mvn -Plocal                         run the application on your machine, without Docker and AWS'
	@echo '  sam build && sam deploy             deploy the application'
	@echo '  sam deploy --config-env operations  deploy its alarms and its dashboard'
