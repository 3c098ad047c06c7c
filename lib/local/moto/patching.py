"""Changes modules of moto, most of them as they are first imported, since importing all of them takes a second."""

import importlib.abc
import importlib.util
import sys


class Patching(importlib.abc.MetaPathFinder):
    def __init__(self, patches):
        self.patches = patches

    def find_spec(self, name, path=None, target=None):
        patches = self.patches.pop(name, None)
        spec = importlib.util.find_spec(name) if patches else None
        if spec is None:
            return None
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            for patch in patches:
                patch(module)

        spec.loader.exec_module = exec_module
        return spec


def on_import(patches):
    """Runs each patch, of pairs of a module's name and a patch, on its module; those of one module in this order."""
    waiting = {}
    for name, patch in patches:
        if name in sys.modules:
            patch(sys.modules[name])
        else:
            waiting.setdefault(name, []).append(patch)
    sys.meta_path.insert(0, Patching(waiting))


def after(owner, name, then):
    """Runs `then(self, result, *args)` after a method; what it returns, if anything, is the method's result."""
    original = getattr(owner, name)

    def method(self, *args, **kwargs):
        result = original(self, *args, **kwargs)
        changed = then(self, result, *args, **kwargs)
        return result if changed is None else changed

    setattr(owner, name, method)
