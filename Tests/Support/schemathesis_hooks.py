# SPDX-License-Identifier: GPL-3.0-or-later
"""What the description cannot say: which things exist, and what belongs together.

A valid value is only ever replaced by another valid one, so that what is wrong with a request stays wrong.
"""

import itertools
import os
import random
import re

import schemathesis
from schemathesis.generation import GenerationMode

SHOP = os.environ["SOUK_SHOP"]
PRODUCTS = os.environ["SOUK_PRODUCTS"].split(",")
ADDRESSES = os.environ["SOUK_ADDRESSES"].split(",")
SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
PRODUCT = re.compile(r"^prd_[0-9a-z]{16}$")
COMPARED = re.compile(r"^prd_[0-9a-z]{16}(,prd_[0-9a-z]{16}){1,5}$")
ADDRESS = re.compile(r"^adr_[0-9a-z]{16}$")
# What the rules of one country and its numbering plan accept, and a default that is not taken away.
POSTAL = {"country": "PT", "city": "Porto", "postal_code": "4050-600"}
FITTING = POSTAL | {"phone": "+351912345678", "is_default_for_shipping": True, "is_default_for_billing": True}
KEY = re.compile(r"^[!-~]{1,255}$")
CURSOR = re.compile(r"^c[A-Za-z0-9_-]{32,}$")
EVENT = re.compile(r"^[0-9a-f]{10}-[0-9]{1,18}-[0-9]{1,18}$")
keys = itertools.count()
chance = random.Random(7)


def fits(value, pattern):
    return isinstance(value, str) and pattern.match(value) is not None


def query_pattern(case, name):
    """The pattern that the description gives a query parameter."""
    for parameter in case.operation.query:
        if parameter.name == name:
            return re.compile(parameter.definition["schema"]["pattern"])
    return re.compile("(?!)")


@schemathesis.hook
def before_call(context, case, kwargs):
    meta = case.meta
    is_positive = meta is not None and meta.generation.mode == GenerationMode.POSITIVE
    # Most random ids name nothing: every other call is about a product of the caller's shop.
    if fits((case.path_parameters or {}).get("product"), PRODUCT) and chance.random() < 0.5:
        case.path_parameters["product"] = chance.choice(PRODUCTS)
    if fits((case.path_parameters or {}).get("address"), ADDRESS) and chance.random() < 0.5:
        case.path_parameters["address"] = chance.choice(ADDRESSES)
    slug = (case.path_parameters or {}).get("slug")
    if fits(slug, SLUG) and 3 <= len(slug) <= 40 and chance.random() < 0.5:
        case.path_parameters["slug"] = SHOP
    if case.query:
        # The answer's schema describes whole answers.
        if fits(case.query.get("fields"), query_pattern(case, "fields")):
            del case.query["fields"]
        # What is compared is there, and each thing once.
        if fits(case.query.get("ids"), COMPARED):
            case.query["ids"] = ",".join(chance.sample(PRODUCTS, 2))
        # Cursors are signed: one that was not given out is refused.
        if is_positive and not fits(case.query.get("cursor"), CURSOR):
            case.query.pop("cursor", None)
        # Places in the feed are of its epoch: one that was made up is gone (410), the beginning never is.
        if case.operation.path == "/events" and is_positive and "since" in case.query and not fits(case.query["since"], EVENT):
            case.query["since"] = "0-0-0"
    # A key that was used for another request is refused; each call brings its own.
    if case.headers and fits(case.headers.get("Idempotency-Key"), KEY):
        case.headers["Idempotency-Key"] = f"trial-{os.getpid()}-{next(keys)}"
    if is_positive and isinstance(case.body, dict):
        if "shop" in case.body:
            case.body["shop"] = SHOP
        if "category" in case.body:
            case.body["category"] = "jewellery/bracelets"
        if case.operation.path.endswith("/addresses"):
            case.body |= POSTAL
        if "/addresses" in case.operation.path or case.operation.path.endswith("/guests"):
            case.body |= {name: value for name, value in FITTING.items() if name in case.body}
