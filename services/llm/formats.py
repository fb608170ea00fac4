"""Models that do not take a JSON schema are asked without one: the instructions alone ask for JSON.

Compatible servers differ: some know no `response_format`, some only `json_object`. Such a refusal costs
nothing and is remembered for as long as the process runs.
"""

import json

import openai

from services.llm.provider import ProviderInfo

_NAMES = ("response_format", "json_schema", "structured output", "guided_json")
_without: set[tuple[str, str]] = set()


def takes_schema(info: ProviderInfo, model: str) -> bool:
    """May a call to this model carry a schema?"""
    return (info.url, model) not in _without


def is_refused(info: ProviderInfo, model: str, problem: openai.APIStatusError) -> bool:
    """Did the provider refuse a call for the schema it carried? From then on calls carry none."""
    if problem.status_code not in (400, 404, 422):
        return False
    said = f"{problem.param} {json.dumps(problem.body, default=str)}".lower()
    if not any(name in said for name in _NAMES):
        return False
    _without.add((info.url, model))
    return True
