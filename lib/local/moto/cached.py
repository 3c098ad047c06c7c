"""What moto works out again for each request."""

import functools
import string


def remember_operations(module):
    """Which methods a class has: a fifteenth of what a request costs."""
    module.method_names_from_class = functools.lru_cache(None)(module.method_names_from_class)


def draw_at_once(module):
    """Each answer has an id of 52 characters."""

    def get_random_string(random, length=20, include_digits=True, lower_case=False):
        pool = string.ascii_letters + (string.digits if include_digits else "")
        drawn = "".join(random.choices(pool, k=length))
        return drawn.lower() if lower_case else drawn

    module.MotoRandom.get_random_string = get_random_string


patches = {
    "moto.core.responses": remember_operations,
    "moto.moto_api._internal.moto_random": draw_at_once,
}
