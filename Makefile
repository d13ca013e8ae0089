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

# One Maven run makes all packages, when a source or a pom is newer than the last one. Folders count as
# well: they change when a file is deleted. `mvn clean` deletes the stamp.
STAMP := functions/target/packages
SOURCES := pom.xml $(shell find functions -name target -prune -o \( -name pom.xml -o -path '*/src/main*' \) -print)

$(STAMP): $(SOURCES)
	$(MVN) -B -q -DskipTests -Dspotless.check.skip \
	  -pl $(subst $(space),$(comma),$(FUNCTIONS:%=functions/%)) -am clean package
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
	@echo '  sam build && sam deploy --guided    deploy it'
