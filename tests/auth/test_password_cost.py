"""What a stolen table of passwords costs to try out: tests hash cheaply, the product must not."""

from __future__ import annotations

import subprocess
import sys

from argon2 import Type, extract_parameters

from tests.warm import CHEAP, PRODUCT

LEAST_MEMORY = 19_456  # KiB; OWASP's advice for argon2id with two rounds
LEAST_ROUNDS = 2


def test_the_product_makes_each_guess_dear() -> None:
    hasher, _nobody = PRODUCT
    assert hasher is not CHEAP
    assert hasher.type is Type.ID
    assert hasher.memory_cost >= LEAST_MEMORY
    assert hasher.time_cost >= LEAST_ROUNDS


def test_a_name_that_nobody_has_is_refused_after_as_much_work() -> None:
    hasher, nobody = PRODUCT
    guess = extract_parameters(nobody)
    assert guess == extract_parameters(hasher.hash("mat-khau-de-thu"))


def test_a_process_without_tests_has_nothing_of_their_cheapness() -> None:
    asked = "from app.services import logins; print(logins.hash_password('mat-khau-de-thu'))"
    answer = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    found = extract_parameters(answer.stdout.strip())
    assert found == extract_parameters(PRODUCT[0].hash("mat-khau-de-thu"))
