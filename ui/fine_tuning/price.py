"""The price card: a range, what it is made of, and the ceiling."""

from services.fine_tuning.estimate import Estimate, Line
from ui import layout
from ui.i18n import Text
from ui.markup import esc


def draw(t: Text, price: Estimate | None) -> None:
    """The card; a price of nothing says why, an unknown one says so."""
    with layout.card("ft_price", t("Price")):
        if price is None or not price.known:
            _amount(t.number(None), t("Shown once a dataset and a model with a published price are chosen."))
        elif price.free:
            _amount(t("Free"), t("Training, validation and evaluation run on this computer."))
        else:
            _amount(t.money_range(price.low, price.high), t("Training, validation and evaluation together"))
            _ledger(t, price)
            layout.note(
                t(
                    "Provider’s prices as of {date}. Work stops if spending reaches the limit.",
                    date=t.date(price.as_of),
                )
            )


def ceiling(t: Text, price: Estimate | None) -> str:
    """What the launch button says of the price."""
    if price is None or not price.known:
        return t("Start fine-tuning")
    if price.free:
        return t("Start fine-tuning · free")
    return t("Start fine-tuning · up to {sum}", sum=t.money(price.high))


def _amount(amount: str, what: str) -> None:
    layout.html(f'<div class="nm-amount">{esc(amount)}</div><div class="nm-note">{esc(what)}</div>')


def _ledger(t: Text, price: Estimate) -> None:
    rows = "".join(
        f'<div class="nm-key">{esc(_name(t, line, price.epochs))}</div>'
        f"<div>{esc(t.money_range(line.low, line.high))}</div>"
        for line in price.lines
    )
    total, most = t("No more than"), t.money(price.high)
    rows += f'<div class="nm-sum">{esc(total)}</div><div class="nm-sum">{esc(most)}</div>'
    layout.html(f'<div class="nm-ledger">{rows}</div>')


def _name(t: Text, line: Line, epochs: int) -> str:
    if line.code == "training":
        return t.n(
            "Training, {count} pass, {millions} million tokens",
            "Training, {count} passes, {millions} million tokens",
            epochs,
            millions=t.number(line.tokens / 1e6, 2),
        )
    names = {"validation": t("Validation while training"), "evaluation": t("Evaluation on test acts")}
    return names[line.code]
