"""
Writes src/snapstand/answers.py from the OpenAPI document of a running server; a test holds the file against it.

    python generate_answers.py http://127.0.0.1:7420
"""

from __future__ import annotations

import json
import keyword
import sys
import textwrap
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Mapping

FILE = Path(__file__).parent / "src" / "snapstand" / "answers.py"
HEAD = '''"""
What the control API answers: each is a dict with these members, in the API's own names.

Written by generate_answers.py from the OpenAPI document: change nothing here.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union
'''


@dataclass
class Made:
    """What is written so far."""

    texts: List[str] = field(default_factory=list)
    #: The name of each that has none in the document, by its members.
    inner: Dict[str, str] = field(default_factory=dict)


def generate(document: Mapping[str, Any]) -> str:
    """The text of the file."""
    # What is sent is the arguments of methods, and lists are lists of what is named.
    sent = {_sent_by(operation) for path in document["paths"].values() for operation in path.values()}
    schemas = {
        name: schema
        for name, schema in document["components"]["schemas"].items()
        if name not in sent and not name.endswith("Answer")
    }
    made = Made()
    for name, schema in schemas.items():
        _declare(name, schema, made)
    return "\n\n\n".join([HEAD.rstrip(), *made.texts]) + "\n"


def _sent_by(operation: Mapping[str, Any]) -> str:
    content: Dict[str, Any] = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rsplit("/", 1)[-1]


def _declare(name: str, schema: Mapping[str, Any], made: Made) -> None:
    if "anyOf" in schema:
        names = [f"{_variant(each)}{name}" for each in schema["anyOf"]]
        for own, each in zip(names, schema["anyOf"]):
            _declare(own, each, made)
        lines = "\n".join(f"    {each}," for each in names)
        made.texts.append(f"{name} = Union[\n{lines}\n]")
        return
    members: Dict[str, Any] = schema["properties"]
    required = [member for member in members if member in schema.get("required", ())]
    optional = [member for member in members if member not in required]
    types = {member: _type(each, f"{name}{member[0].upper()}{member[1:]}", made) for member, each in members.items()}
    doc = schema.get("description") or ""
    # A member that is called as a word of Python's can be told in this form alone.
    if any(keyword.iskeyword(member) for member in optional):
        raise ValueError(f"{name}: a member that may be missing is called as a word of Python's")
    if any(keyword.iskeyword(member) for member in required):
        own = f"_{name}" if optional else name
        fields = "\n".join(f'        "{member}": {_quoted(types[member])},' for member in required)
        made.texts.append(f'{own} = TypedDict(\n    "{own}",\n    {{\n{fields}\n    }},\n)')
        if optional:
            made.texts.append(_class(name, own, optional, types, members, doc))
    elif required and optional:
        made.texts.append(_class(f"_{name}", "TypedDict", required, types, members, ""))
        made.texts.append(_class(name, f"_{name}", optional, types, members, doc))
    else:
        made.texts.append(_class(name, "TypedDict", required or optional, types, members, doc, bool(required)))


def _variant(schema: Mapping[str, Any]) -> str:
    """What tells an alternative from others: the value of the member that has only one."""
    members: Dict[str, Any] = schema.get("properties", {})
    return next((str(each["const"]).title().replace("-", "") for each in members.values() if "const" in each), "")


def _class(
    name: str,
    base: str,
    fields: List[str],
    types: Mapping[str, str],
    members: Mapping[str, Any],
    doc: str,
    is_total: bool = False,
) -> str:
    total = "" if is_total or (base == "TypedDict" and name.startswith("_")) else ", total=False"
    lines = [f"class {name}({base}{total}):"]
    if doc:
        lines += [f'    """{doc}"""', ""]
    for member in fields:
        told = members[member].get("description", "")
        # What holds for every instant is said once, in the README.
        told = told.replace("An instant in ISO 8601 with a time zone.", "").strip()
        lines += textwrap.wrap(told, 105, initial_indent="    #: ", subsequent_indent="    #: ")
        lines.append(f"    {member}: {types[member]}")
    return "\n".join(lines if fields or doc else [*lines, "    pass"]).rstrip()


def _quoted(kind: str) -> str:
    return repr(kind) if '"' in kind else f'"{kind}"'


def _type(schema: Mapping[str, Any], name: str, made: Made) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return f"Literal[{', '.join(json.dumps(each) if isinstance(each, str) else repr(each) for each in values)}]"
    if "anyOf" in schema:
        kinds = [_type(each, f"{_variant(each)}{name}", made) for each in schema["anyOf"]]
        rest = [kind for kind in kinds if kind != "None"]
        union = rest[0] if len(rest) == 1 else f"Union[{', '.join(rest)}]"
        return union if len(rest) == len(kinds) else f"Optional[{union}]"
    kind = schema.get("type")
    if isinstance(kind, list):
        plain = [_type({**schema, "type": each}, name, made) for each in kind if each != "null"]
        inner = plain[0] if len(plain) == 1 else f"Union[{', '.join(plain)}]"
        return f"Optional[{inner}]" if "null" in kind else inner
    if kind == "array":
        return f"List[{_type(schema.get('items', {}), name, made)}]"
    if kind == "object":
        if schema.get("properties") and not schema.get("additionalProperties"):
            # What is the same in several answers is declared once.
            form = json.dumps(schema["properties"], sort_keys=True)
            if form not in made.inner:
                made.inner[form] = name
                _declare(name, schema, made)
            return made.inner[form]
        patterns: Dict[str, Any] = schema.get("patternProperties", {})
        held: Any = next(iter(patterns.values()), {})
        return f"Dict[str, {_type(held, name, made)}]"
    simple = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
    return simple.get(str(kind), "Any")


if __name__ == "__main__":
    with urllib.request.urlopen(f"{sys.argv[1]}/_snapstand/openapi.json") as answer:
        FILE.write_text(generate(json.load(answer)), encoding="utf-8")
