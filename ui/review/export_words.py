"""The words of exported files, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from services.review.words import ExportWords
from ui.attributes import attribute_label, attribute_value
from ui.elements import ELEMENT_STATUS, TYPES
from ui.i18n import Text


def export_words(t: Text) -> ExportWords:
    """Names of columns, types and statuses as the interface has them."""
    return ExportWords(
        title=t("Legal elements"),
        columns=(
            t("Act"),
            t("Act number"),
            t("Place"),
            t("Type"),
            t("Quote"),
            t("Attributes"),
            t("Status"),
        ),
        types={code: t(kind.label) for code, kind in TYPES.items()},
        statuses={code: t(badge.label) for code, badge in ELEMENT_STATUS.items()},
        attributes=lambda _code, values: _told(t, values),
    )


def _told(t: Text, values: Mapping[str, Any]) -> str:
    facts = ((attribute_label(t, name), attribute_value(t, name, v)) for name, v in values.items() if v)
    return "; ".join(t("{name}: {value}", name=name, value=value) for name, value in facts)
