"""Acts by number: the card first, then the text, only where it is not here already."""

from dataclasses import replace
from urllib.parse import quote

from services.acts import editions
from services.acts.rada.cards import Card, Edition, read_card
from services.acts.rada.client import Client, Reply
from services.acts.rada.errors import EditionNotAtRadaError, UnreadableReplyError
from services.acts.rada.numbers import Wanted, wanted
from services.acts.sources import Document
from services.acts.sources.isolation import Reader
from services.acts.storing import FileReport, Origin, found, store
from services.db import SessionLocal

ORIGIN = "rada"
LICENCE = "CC BY 4.0"
_SOURCE = "https://zakon.rada.gov.ua/laws/show/"
_SHORTEST = 40  # characters; what is shorter is a notice that there is no text


def import_act(typed: str, client: Client) -> FileReport:
    """Bring an act in its current edition, or in the one that a link names, and store it.

    An edition that is here already is not asked for. The report's data name the `edition` (ISO). Raises
    RadaError or another FileError.
    """
    asked = wanted(typed)
    card = _card(asked.number, client)
    edition = _edition(card, asked)
    known = _here(typed, card, edition)
    if known is None:
        known = _bring(typed, card, edition, client)
    client.pace.rest()
    return replace(known, data={"edition": edition}) if edition else known


def link_of(card: Card, edition: Edition) -> str:
    """The link of an edition on the Rada's pages, which `import_act` takes."""
    return f"{_SOURCE}{quote(card.number, safe='/')}/ed{edition.day:%Y%m%d}"


def card_of(typed: str, client: Client) -> Card:
    """The card of an act: what it is called and which editions it has. Raises RadaError."""
    return _card(wanted(typed).number, client)


def _card(number: str, client: Client) -> Card:
    card = read_card(client.get(f"laws/card/{number}.json", number).data)
    return replace(card, number=number) if card.number.lower() == number.lower() else card


def _edition(card: Card, asked: Wanted) -> str:
    """The day of the edition to bring, ISO; empty where the card tells none."""
    if asked.edition:
        if card.editions and card.edition(asked.edition) is None:
            raise EditionNotAtRadaError(number=card.number, edition=asked.edition)
        return asked.edition
    return card.current.isoformat() if card.current else ""


def _here(name: str, card: Card, edition: str) -> FileReport | None:
    with SessionLocal.begin() as session:
        act = editions.same(session, card.number, edition)
        return found(act, name, "html", act.encoding) if act is not None else None


def _bring(name: str, card: Card, edition: str, client: Client) -> FileReport:
    is_current = card.current is not None and edition == card.current.isoformat()
    path = f"laws/show/{card.number}"
    if edition and not is_current:
        path += f"/ed{edition.replace('-', '')}"
    reply = client.get(path, card.number)
    document = _document(reply, card, edition)
    source = _SOURCE + quote(path.removeprefix("laws/show/"), safe="/")
    return store(document, Origin(name, ORIGIN, source, LICENCE, reply.digest))


def _document(reply: Reply, card: Card, edition: str) -> Document:
    with Reader() as reader:
        page = reader.document(reply.path, "html")
    if len(page.text) < _SHORTEST or (page.number and page.number.lower() != card.number.lower()):
        raise UnreadableReplyError(what="text")
    return replace(
        page,
        number=card.number,
        title=card.title,
        act_type=card.act_type or page.act_type,
        date=card.adopted or page.date,
        body=page.body or card.body,
        edition=edition or page.edition,
    )
