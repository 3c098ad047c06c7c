"""What moto works out again for each request."""

import functools
import string


def remember_operations(module):
    """Which methods a class has, and how an operation is called in Python: a fifteenth of what a request costs."""
    module.method_names_from_class = functools.lru_cache(None)(module.method_names_from_class)
    module.camelcase_to_underscores = functools.lru_cache(None)(module.camelcase_to_underscores)


def draw_at_once(module):
    """Each answer has an id of 52 characters."""

    def get_random_string(random, length=20, include_digits=True, lower_case=False):
        pool = string.ascii_letters + (string.digits if include_digits else "")
        drawn = "".join(random.choices(pool, k=length))
        return drawn.lower() if lower_case else drawn

    module.MotoRandom.get_random_string = get_random_string


def remember_names(module):
    """Under which names a member of an answer may be found: they depend on its shape and on the class that has it.

    Shapes live as long as the model of their service.
    """
    def names(picker, context):
        shape = context.shape
        if shape is None:
            return list(picker.get_possible_keys(context))
        known = shape.__dict__.setdefault("possible_names", {})
        key = (type(picker), context.key, type(context.obj), *picker.alias_providers)
        if key not in known:
            known[key] = list(dict.fromkeys(picker.get_possible_keys(context)))
        return known[key]

    def found(picker, context):
        for name in names(picker, context):
            value = module.get_value(context.obj, name, module.MISSING)
            if value is not module.MISSING:
                return value
        return None

    def call(picker, context):
        value = found(picker, context)
        path = f"{context.key_path}.{context.key}" if picker.response_transformers else ""
        for end, transform in picker.response_transformers.items():
            if path.endswith(end):
                return transform(value)
        return value

    module.AttributePicker.__call__ = call


patches = {
    "moto.core.responses": remember_operations,
    "moto.core.serialize": remember_names,
    "moto.moto_api._internal.moto_random": draw_at_once,
}
