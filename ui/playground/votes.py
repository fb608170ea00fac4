"""The blind choice: which answer is better, before the names are shown."""

from services.playground import service
from services.playground.service import ComparisonView
from ui import layout
from ui.i18n import Text


def draw(t: Text, view: ComparisonView, names: dict[str, str]) -> None:
    """Buttons while the choice is open; afterwards the names and how all choices fell."""
    if not view.blind:
        return
    if view.vote is None:
        layout.note(t("Which answer is better? The names are shown after your choice."))
        with layout.actions("votes"):
            for side, label in (
                ("left", t("Model A is better")),
                ("equal", t("Equally good")),
                ("right", t("Model B is better")),
            ):
                layout.press(
                    layout.Button(label, f"vote_{side}", on_click=service.vote, args=(view.id, side))
                )
        return
    left, right, equal = service.votes(view.left.model, view.right.model)
    layout.remark(
        "info",
        t(
            "Model A was {left}, model B was {right}.",
            left=names.get(view.left.model, view.left.model),
            right=names.get(view.right.model, view.right.model),
        ),
        t(
            "Blind votes so far: left model {left}, right model {right}, tied {equal}.",
            left=left,
            right=right,
            equal=equal,
        ),
    )
