"""The schema a provider is held to."""

from services.extraction.schema.types import TYPES, Attribute, ElementType

JsonSchema = dict[str, object]


def response_format() -> dict[str, object]:
    """The `response_format` argument of a chat completion: a strict JSON schema.

    Kept inside the subset OpenAI documents for strict mode, fine-tuned models included: an object at
    the root, every property required, `additionalProperties` false, absence as null, no length or
    range keywords. The alternatives of `anyOf` are told apart by their first key, a `type` of one value.
    """
    element = {"anyOf": [_element_schema(kind) for kind in TYPES.values()]}
    root = _object({"elements": {"type": "array", "items": element}})
    return {"type": "json_schema", "json_schema": {"name": "legal_elements", "strict": True, "schema": root}}


def _element_schema(kind: ElementType) -> JsonSchema:
    return _object(
        {
            "type": {"type": "string", "enum": [kind.code]},
            "quote": {"type": "string"},
            "attributes": _object({a.name: _attribute_schema(a) for a in kind.attributes}),
        }
    )


def _attribute_schema(attribute: Attribute) -> JsonSchema:
    match attribute.kind:
        case "choice":
            return {"type": ["string", "null"], "enum": [*attribute.choices, None]}
        case "number":
            return {"type": ["number", "null"]}
        case "records":
            item = _object({field.name: _attribute_schema(field) for field in attribute.fields})
            return {"type": ["array", "null"], "items": item}
        case _:
            return {"type": ["string", "null"]}


def _object(properties: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
