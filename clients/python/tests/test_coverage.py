"""Every call of the control API has a method, and every method a call."""

from __future__ import annotations

import ast
import copy
from typing import Any, Dict

import pytest
from doors import call_all, differences

import generate_answers
from snapstand import Snapstand


@pytest.fixture(scope="module")
def document(snapstand: Snapstand) -> Dict[str, Any]:
    return dict(snapstand.openapi())


def test_every_call_can_be_made_with_all_that_it_takes(document: Dict[str, Any]) -> None:
    sent, idle = call_all()
    assert differences(document, sent) == []
    assert idle == []


def test_a_planted_door_is_missed(document: Dict[str, Any]) -> None:
    sent, _ = call_all()
    planted = copy.deepcopy(document)
    paths = planted["paths"]
    paths["/planted"] = {"post": {"operationId": "plant", "responses": {}}}
    paths["/agenda"]["get"]["parameters"].append({"name": "planted", "in": "query"})
    paths["/events"]["get"]["parameters"].append({"name": "Planted", "in": "header"})
    planted["components"]["schemas"]["Expectation"]["properties"]["planted"] = {"type": "string"}
    paths["/state"]["get"]["responses"]["200"]["content"]["text/planted"] = {}
    assert sorted(differences(planted, sent)) == [
        "GET /agenda: query planted cannot be given",
        "GET /events: header Planted cannot be given",
        "GET /state: answer text/planted cannot be given",
        "POST /planted (plant) has no method",
        "POST /requests/expect: member planted cannot be given",
    ]


def test_what_is_no_longer_there_is_missed(document: Dict[str, Any]) -> None:
    sent, _ = call_all()
    cut = copy.deepcopy(document)
    del cut["paths"]["/metrics"]
    timeline = cut["paths"]["/timeline"]["get"]
    timeline["parameters"] = [each for each in timeline["parameters"] if each.get("name") != "marks"]
    del cut["components"]["schemas"]["Advance"]["properties"]["toNext"]
    assert sorted(differences(cut, sent)) == [
        "GET /metrics is not there",
        "GET /timeline: query marks is not there",
        "POST /clock/advance: member toNext is not there",
    ]


def test_the_types_of_answers_are_those_of_the_document(document: Dict[str, Any]) -> None:
    kept = declared(generate_answers.FILE.read_text(encoding="utf-8"))
    assert declared(generate_answers.generate(document)) == kept, "run: python generate_answers.py URL"
    changed = copy.deepcopy(document)
    changed["components"]["schemas"]["Clock"]["properties"]["planted"] = {"type": "string"}
    assert declared(generate_answers.generate(changed)) != kept


def declared(text: str) -> Dict[str, str]:
    """What a file declares, by name, whatever it says about it."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    return {ast.unparse(node).splitlines()[0]: ast.unparse(node) for node in tree.body[1:]}
