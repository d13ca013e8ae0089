# What `sam build` calls: one target a function, named by its logical id in template.yaml.
# docs/adr/0002-sam-build-by-makefile.md says why.
.DEFAULT_GOAL := help
.PHONY: help build-RandomLikeFunction build-TopicWriterFunction build-QueueWriterFunction build-ArchiveImporterFunction \
  build-KeyCheckerFunction

MVN ?= mvn
FUNCTIONS := random-like topic-writer queue-writer archive-importer key-checker

comma := ,
empty :=
space := $(empty) $(empty)

# One Maven run packages every function whose source or pom is newer than the last run, and all of them when it is
# one that they share. Folders count as sources: they change when a file is deleted. `mvn clean` deletes the stamp.
STAMP := functions/target/packages
SHARED := pom.xml functions/pom.xml functions/lambda-support/% functions/likes/%
SOURCES := pom.xml $(shell find functions -name target -prune -o \( -name pom.xml -o -path '*/src/main*' \) -print)
changed = $(if $(filter $(SHARED),$?),lambda-support likes $(FUNCTIONS),$(sort $(foreach file,$?,$(word 2,$(subst /, ,$(file))))))

# Compiling takes javac about a second in a JVM that never gets warm: the first compiler is all that it needs.
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
	@echo 'This file is for "sam build". What you may want:'
	@echo '  mvn verify                          build and test everything'
	@echo '  mvn -Plocal                         run the application here, without Docker and without AWS'
	@echo '  sam build && sam deploy             deploy it'
