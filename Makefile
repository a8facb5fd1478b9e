# For those who work on the product; users need run.py alone.
LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links --no-config --quiet

.PHONY: run test check format locks catalogue

run:
	python3 run.py

test:
	python3 run.py test

check:
	python3 run.py check

format:
	.venv/bin/python -m ruff check --fix-only --quiet .
	.venv/bin/python -m ruff format --quiet .

# New versions of everything: make locks UPGRADE=--upgrade. The order matters: later groups keep the pins of earlier ones.
locks:
	for group in app test browser node; do \
		$(LOCK) $(UPGRADE) requirements/$$group.in -o requirements/$$group.txt || exit 1; done
	npm install --package-lock-only --ignore-scripts

# Bring the texts of code and templates into the English catalogue; new ones come in empty, to be translated there.
ENGLISH = app/translations/en/LC_MESSAGES/messages.po
catalogue:
	.venv/bin/pybabel --quiet extract -F babel.cfg -k _l -k lazy_gettext -k lazy_pgettext:1c,2 -k lazy_ngettext:1,2 \
		--no-location --sort-output -o var/messages.pot .
	.venv/bin/pybabel --quiet update -i var/messages.pot -o $(ENGLISH) -l en --no-wrap --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date
	rm var/messages.pot
