"""Changes modules of moto, most of them as they are first imported, since importing all of them takes a second."""

import importlib.abc
import importlib.util
import sys


class Patching(importlib.abc.MetaPathFinder):
    def __init__(self, patches):
        self.patches = dict(patches)

    def find_spec(self, name, path=None, target=None):
        patch = self.patches.pop(name, None)
        spec = importlib.util.find_spec(name) if patch else None
        if spec is None:
            return None
        run = spec.loader.exec_module

        def exec_module(module):
            run(module)
            patch(module)

        spec.loader.exec_module = exec_module
        return spec


def on_import(patches):
    waiting = {}
    for name, patch in patches.items():
        if name in sys.modules:
            patch(sys.modules[name])
        else:
            waiting[name] = patch
    sys.meta_path.insert(0, Patching(waiting))


def after(owner, name, then):
    """Runs `then(self, result, *args)` after a method; what it returns, if anything, is the method's result."""
    original = getattr(owner, name)

    def method(self, *args, **kwargs):
        result = original(self, *args, **kwargs)
        changed = then(self, result, *args, **kwargs)
        return result if changed is None else changed

    setattr(owner, name, method)
