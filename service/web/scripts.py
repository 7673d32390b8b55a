"""The scripts of a page as one file, made of readable modules when the service starts.

Every module becomes a function that is called once, so that its names stay its own; what it
exports is put on a shelf, from which the others take what they import. They may import and
export by name only, and not in a circle. What a module fetches later (`import('./x.js')`) becomes
a second file, which gets the shelf handed over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

import rjsmin

_IMPORT = re.compile(r"^import (?:\{([^}]*)\} from )?'\./([\w-]+\.js)';$", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:const|class|function)) (\w+)", re.MULTILINE)
_LATER = re.compile(r"import\('\./([\w-]+\.js)'\)")
_MODULE = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


class Scripts:
    """The files made of the modules in a folder. Raises ValueError for what it cannot join."""

    def __init__(self, folder: Path, entries: Iterable[str]) -> None:
        self._folder = folder
        self.files: dict[str, bytes] = {}
        self._names = {entry: self._joined(entry) for entry in entries}

    def name(self, entry: str) -> str:
        """What the file that begins with that module is called: never the same for another."""
        return self._names[entry]

    def _joined(self, entry: str) -> str:
        modules = self._modules(entry)
        body = "\n".join(self._wrapped(name, modules, entry) for name in modules)
        return self._keep(entry, f"const M={{}};\n{body}")

    def _later(self, entry: str, there: Iterable[str], first: str) -> str:
        """What is missing where the page began with another module, and named by both."""
        missing = [name for name in self._modules(entry) if name not in there]
        body = "\n".join(self._wrapped(name, missing, first) for name in missing)
        name = f"{first.removesuffix('.js')}-{entry}"
        return self._keep(name, f'export default(M)=>{{{body}\nreturn M["{entry}"]}};')

    def _keep(self, entry: str, text: str) -> str:
        content = text.encode()
        name = entry.replace(".js", f".{hashlib.sha256(content).hexdigest()[:12]}.js")
        self.files[name] = content
        return name

    def _modules(self, entry: str) -> list[str]:
        """The module and all that it needs, each behind those that it needs itself."""
        modules: list[str] = []
        self._visit(entry, modules, ())
        return modules

    def _visit(self, name: str, order: list[str], above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{' → '.join((*above, name))}: modules that need each other")
        for _, needed in _IMPORT.findall(self._text(name)):
            if needed not in order:
                self._visit(needed, order, (*above, name))
        order.append(name)

    def _wrapped(self, name: str, there: Iterable[str], first: str) -> str:
        text = _IMPORT.sub(_as_constant, self._text(name))
        exported = ",".join(match[1] for match in _EXPORT.findall(text))
        text = _EXPORT.sub(r"\1 \2", text)
        if odd := _MODULE.search(text):
            raise ValueError(f"{name}: cannot be joined with others: {odd[0]}")
        small = str(rjsmin.jsmin(text))
        small = _LATER.sub(lambda match: self._handed(match[1], there, first), small)
        return f'M["{name}"]??=(()=>{{{small}\nreturn{{{exported}}}}})();'

    def _handed(self, entry: str, there: Iterable[str], first: str) -> str:
        return f"import('./{self._later(entry, there, first)}').then(one=>one.default(M))"

    def _text(self, name: str) -> str:
        return self._folder.joinpath(name).read_text("utf-8")


def _as_constant(match: re.Match[str]) -> str:
    if match[1] is None:
        return ""
    names = " ".join(match[1].split()).replace(" as ", ": ")
    return f"const {{{names}}} = M['{match[2]}'];"
