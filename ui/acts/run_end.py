"""How a run ended: what it changed, what failed and why, and the press that repeats only that."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from services.extraction import service as extraction
from services.extraction.totals import USABLE
from services.jobs.views import JobView
from ui import errors, job_bar, layout, tables
from ui.acts import outcomes
from ui.acts.changes import changes, none_placed
from ui.i18n import Text
from ui.tables import generic

_SHOWN = 50
_MICRO = 1_000_000


def troubled(job: JobView) -> bool:
    """Has the run left anything that can be repeated or gone on with?"""
    result = job.result
    unread = int(result.get("failed", 0)) + int(result.get("unusable", 0))
    return job.status in ("failed", "cancelled") or bool(unread or result.get("stopped"))


def failures(t: Text, job: JobView) -> str | None:
    """What failed and why; the id of the run that repeats only that, once it is pressed."""
    broken = outcomes.unusable(job.result.get("outcomes", {}))
    layout.readiness_list([layout.Remark("warn", line) for line in outcomes.told(t, broken)])
    if not troubled(job):
        return None
    if broken:
        _passages(t, job)
    with errors.guard(t), layout.actions("run_again"):
        if layout.press(layout.Button(_label(t, job, broken), "repeat_failed", icon="replay")):
            return extraction.retry(job.id).job_id
    return None


def _label(t: Text, job: JobView, broken: Mapping[str, int]) -> str:
    if job.status == "succeeded" and not job.result.get("stopped"):
        return t("Retry failed passages · {count}", count=sum(broken.values()))
    return t("Continue with the rest")


def said(t: Text, job: JobView) -> None:
    """The end of a run in words."""
    result = job.result
    if job.status == "failed":
        job_bar.failed(t, job)
        _so_far(t, job)
    elif job.status == "cancelled":
        layout.remark("info", t("The extraction was stopped."), t("Elements found by then are kept."))
        _so_far(t, job)
    elif result.get("stopped"):
        layout.remark(
            "warn", t("The extraction stopped so as not to exceed its spending limit."), _spent(t, job)
        )
        _so_far(t, job)
    else:
        unread = int(result.get("failed", 0)) + int(result.get("unusable", 0))
        counts = result.get("changes", {})
        kind: layout.Kind = "warn" if unread or none_placed(counts) else "good"
        layout.remark(kind, *changes(t, counts, unread))
    if result.get("doubtful_micro"):
        _doubtful(t, result["doubtful_micro"])


def _so_far(t: Text, job: JobView) -> None:
    """How far a run came that did not come to its end, and what it found until then."""
    acts, all_acts = int(job.result.get("acts", 0)), int(job.payload.get("acts", 0))
    said = []
    if job.done < job.total:
        said.append(t("Passages processed: {done} of {total}.", done=job.done, total=job.total))
    if all_acts > 1:
        said.append(t("Acts finished: {done} of {total}.", done=acts, total=all_acts))
    if set(job.result.get("outcomes", {})) & set(USABLE):
        said += changes(t, job.result["changes"])
    if said:
        layout.note(" ".join(said).strip())


def _doubtful(t: Text, cost_micro: int) -> None:
    layout.note(
        t(
            "Of what was spent, up to {sum} may have been charged for requests that were not answered "
            "in time.",
            sum=t.money(cost_micro / _MICRO),
        )
    )


def _spent(t: Text, job: JobView) -> str:
    return t(
        "{spent} of {limit} spent. Elements found so far are kept; each new run gets the full limit.",
        spent=t.money(job.cost_micro / _MICRO),
        limit=t.money(job.payload["budget_micro"] / _MICRO),
    )


def _passages(t: Text, job: JobView) -> None:
    """The failed passages themselves; one that is chosen opens in its act."""
    with st.expander(t("Which passages failed")):
        key = f"failed_{job.id}"
        total = extraction.count_failed_passages(job.id)
        pages = max(1, -(-total // _SHOWN))
        page = min(generic.page_of(key), pages - 1)
        found = extraction.failed_passages(job.id, limit=_SHOWN, skip=page * _SHOWN)
        if pages > 1:
            layout.note(_range(t, page * _SHOWN + 1, len(found), total))
        event = tables.simple_table(
            t,
            key,
            [tables.Column(t("Passage")), tables.Column(t("What happened"))],
            [_row(t, str(i), passage) for i, passage in enumerate(found)],
            label=t("Passages that failed"),
            clickable=True,
            height=360,
            page=page,
            pages=pages,
        )
    if event.clicked:
        chosen = found[int(event.clicked)]
        st.query_params.from_dict({"act": str(chosen.act_id), "at": str(chosen.start)})
        st.rerun()


def _range(t: Text, first: int, count: int, total: int) -> str:
    return t("Passages {first}–{last} of {total}", first=first, last=first + count - 1, total=total)


def _row(t: Text, key: str, passage: Any) -> tables.Row:
    place = passage.address or t("the beginning of the act")
    return tables.Row(key, [tables.stack(passage.act, place), outcomes.outcome_words(t, passage.outcome)])
