# For those who work on the product; users need run.py alone.
LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links --no-config --quiet

.PHONY: run test check format locks

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
