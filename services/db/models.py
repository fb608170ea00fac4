"""The tables. Offsets are half-open code points of the act's stored text; money is integer micro-USD."""

from datetime import date as Day  # noqa: N812 (a column is named date)
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, deferred, mapped_column, relationship

from services.db.types import Body, Code, Created, Json, JsonType, Key, Name, OneByteText, UtcDateTime, now


class Base(DeclarativeBase):
    """Constraint names are fixed because batch migrations on SQLite find constraints by name."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        Json: JsonType,
        list[Any]: JsonType,
        dict[str, int]: JsonType,
    }


def _act_fk() -> Mapped[int]:
    return mapped_column(sa.ForeignKey("legal_acts.id", ondelete="CASCADE"), index=True)


class LegalAct(Base):
    """An act. `number` is its identifier at the Rada (2297-17); `search` holds its folded words.

    `replaces_id` is the edition before this one; `raw_hash` names the bytes it was read from, kept in
    DATA_DIR/files; `encoding` is what those bytes were in, where they were plain text.
    """

    __tablename__ = "legal_acts"
    __table_args__ = (
        sa.Index("ix_legal_acts_listed", "deleted_at", "imported_at", "id"),
        sa.Index("ix_legal_acts_processed", "deleted_at", "is_processed"),
        sa.Index(
            "ix_legal_acts_searched", "deleted_at", "imported_at", "id", "is_processed", "search"
        ),  # a search reads nothing else
        sa.UniqueConstraint("text_hash", name="uq_legal_acts_text_hash"),
    )

    id: Mapped[Key]
    number: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    title: Mapped[Name]
    act_type: Mapped[str] = mapped_column(sa.String(128), default="")
    date: Mapped[Day | None] = mapped_column(default=None)
    body: Mapped[str] = mapped_column(sa.String(256), default="")
    edition: Mapped[str] = mapped_column(sa.String(32), default="")
    origin: Mapped[Code] = mapped_column(default="file")
    source: Mapped[Name] = mapped_column(default="")
    licence: Mapped[Name] = mapped_column(default="")
    raw_hash: Mapped[str | None] = mapped_column(sa.String(64), index=True, default=None)
    encoding: Mapped[str] = mapped_column(sa.String(32), default="")
    replaces_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("legal_acts.id", ondelete="SET NULL"), index=True, default=None
    )
    search: Mapped[str] = mapped_column(OneByteText(1024), default="")
    text_hash: Mapped[str] = mapped_column(sa.String(64))
    text_length: Mapped[int]
    imported_at: Mapped[Created]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
    is_processed: Mapped[bool] = mapped_column(default=False)
    extracted_elements: Mapped[list[Any] | None] = deferred(mapped_column(JsonType, default=None))
    content: Mapped["ActText"] = relationship(
        back_populates="act", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def text(self) -> str:
        """The stored text; it never changes, a new edition is a new act."""
        return self.content.text


class ActText(Base):
    """Texts stand apart so that lists of acts never drag megabytes along.

    `marks` are the source's own anchors (`{"anchors": {name: offset}`) and hyperlinks
    (`"links": [[start, end, target], …]}`), or None where the source had none.
    """

    __tablename__ = "act_texts"

    act_id: Mapped[int] = mapped_column(sa.ForeignKey("legal_acts.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[Body]
    marks: Mapped[Json | None] = deferred(mapped_column(JsonType, default=None))
    act: Mapped[LegalAct] = relationship(back_populates="content")


class Extraction(Base):
    """One model's pass over one act; counts are of passages."""

    __tablename__ = "extractions"

    id: Mapped[Key]
    act_id: Mapped[int] = _act_fk()
    job_id: Mapped[str | None] = mapped_column(sa.String(36), index=True)
    model: Mapped[str] = mapped_column(sa.String(256))
    prompt_version: Mapped[Code]
    status: Mapped[Code] = mapped_column(default="running")
    passages_total: Mapped[int] = mapped_column(default=0)
    passages_failed: Mapped[int] = mapped_column(default=0)
    outcomes: Mapped[Json] = mapped_column(default=dict)
    changes: Mapped[Json] = mapped_column(default=dict)
    created_at: Mapped[Created]
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class PassageResult(Base):
    """A model's answer to one passage, kept under the hash of (model, prompt, passage): never asked twice."""

    __tablename__ = "passage_results"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    model: Mapped[str] = mapped_column(sa.String(256))
    outcome: Mapped[Code]
    reply: Mapped[Body]
    prompt_tokens: Mapped[int] = mapped_column(default=0)
    completion_tokens: Mapped[int] = mapped_column(default=0)
    cost_micro: Mapped[int | None] = mapped_column(default=None)
    latency_ms: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Created]


class ExtractionPassage(Base):
    """What became of one passage in one extraction: its range in the act, its outcome, its stored result."""

    __tablename__ = "extraction_passages"

    extraction_id: Mapped[int] = mapped_column(
        sa.ForeignKey("extractions.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    start: Mapped[int]
    end: Mapped[int]
    result_key: Mapped[str] = mapped_column(sa.String(64), index=True)
    outcome: Mapped[Code] = mapped_column(default="waiting")


class Element(Base):
    """A legal element. `start`/`end` are null where the quote was not found in the text.

    `status`: suggested, gold, rejected, stale. `origin`: model, human, sample. `version` guards edits.
    """

    __tablename__ = "elements"
    __table_args__ = (
        sa.Index("ix_elements_act_status", "act_id", "status"),
        sa.Index("ix_elements_type_status", "type", "status"),
        sa.Index("ix_elements_act_start", "act_id", "start"),
    )

    id: Mapped[Key]
    act_id: Mapped[int] = mapped_column(sa.ForeignKey("legal_acts.id", ondelete="CASCADE"))
    extraction_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("extractions.id", ondelete="SET NULL"), index=True, default=None
    )
    type: Mapped[Code]
    start: Mapped[int | None]
    end: Mapped[int | None]
    quote: Mapped[Body]
    attributes: Mapped[Json] = mapped_column(default=dict)
    address: Mapped[str] = mapped_column(sa.String(256), default="")
    search: Mapped[Body] = mapped_column(default="")
    status: Mapped[Code] = mapped_column(default="suggested")
    origin: Mapped[Code] = mapped_column(default="model")
    model: Mapped[str] = mapped_column(sa.String(256), default="")
    how: Mapped[Code] = mapped_column(default="exact")
    created_at: Mapped[Created]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (declared so by SQLAlchemy)


class Decision(Base):
    """A person's decision on an element, kept for ever: action, state before and after, batch for undo."""

    __tablename__ = "decisions"

    id: Mapped[Key]
    act_id: Mapped[int] = _act_fk()
    element_id: Mapped[int] = mapped_column(sa.ForeignKey("elements.id", ondelete="CASCADE"), index=True)
    action: Mapped[Code]
    batch: Mapped[str] = mapped_column(sa.String(36), index=True)
    before: Mapped[Json | None]
    after: Mapped[Json | None]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[Created]


class GoldPassage(Base):
    """A range of an act that a person has gone through completely, or one that came with the samples."""

    __tablename__ = "gold_passages"
    __table_args__ = (sa.UniqueConstraint("act_id", "start", "end"),)

    id: Mapped[Key]
    act_id: Mapped[int] = _act_fk()
    start: Mapped[int]
    end: Mapped[int]
    place: Mapped[str] = mapped_column(sa.String(256), default="")
    origin: Mapped[Code] = mapped_column(default="human")
    created_at: Mapped[Created]


class DatasetVersion(Base):
    """A frozen set of rows: `content_hash` is sha256 over its rows in order; `counts`, `tokens` by split."""

    __tablename__ = "dataset_versions"

    id: Mapped[Key]
    name: Mapped[Name]
    number: Mapped[int]
    seed: Mapped[int]
    row_limit: Mapped[int | None]
    content_hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    counts: Mapped[Json]
    tokens: Mapped[Json]
    types: Mapped[Json]
    checks: Mapped[list[Any]]
    created_at: Mapped[Created]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)


class DatasetItem(Base):
    """One row of a dataset version: the chat messages as sent for training, and the gold it was made of."""

    __tablename__ = "dataset_items"
    __table_args__ = (sa.Index("ix_dataset_items_split", "dataset_id", "split", "position"),)

    id: Mapped[Key]
    dataset_id: Mapped[int] = mapped_column(sa.ForeignKey("dataset_versions.id", ondelete="CASCADE"))
    split: Mapped[Code]
    position: Mapped[int]
    act_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("legal_acts.id", ondelete="SET NULL"), index=True
    )
    act_label: Mapped[Name] = mapped_column(default="")
    place: Mapped[str] = mapped_column(sa.String(256), default="")
    text: Mapped[Body]
    context: Mapped[Body] = mapped_column(default="")
    messages: Mapped[list[Any]]
    elements: Mapped[list[Any]]
    tokens: Mapped[int] = mapped_column(default=0)


class Job(Base):
    """A piece of durable work. `dedupe_key` is unique among live jobs: a second press starts nothing.

    `bulk` is the part of the payload that grows with the work: its handler reads it, those who watch do not.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        sa.Index(
            "uq_jobs_live",
            "dedupe_key",
            unique=True,
            sqlite_where=sa.text("status IN ('queued', 'running')"),
            postgresql_where=sa.text("status IN ('queued', 'running')"),
        ),
        sa.Index("ix_jobs_kind_created", "kind", "created_at"),
    )

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    kind: Mapped[Code]
    status: Mapped[Code] = mapped_column(default="queued")
    dedupe_key: Mapped[str] = mapped_column(sa.String(256))
    payload: Mapped[Json] = mapped_column(default=dict)
    bulk: Mapped[Json] = mapped_column(default=dict, deferred=True)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[Json] = mapped_column(default=dict)
    error_code: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    error_data: Mapped[Json] = mapped_column(default=dict)
    cost_micro: Mapped[int] = mapped_column(default=0)
    attempts: Mapped[int] = mapped_column(default=0)
    cancel_requested: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class JobEvent(Base):
    """Something worth telling about a job: a code with data, said in words by the interface."""

    __tablename__ = "job_events"

    id: Mapped[Key]
    job_id: Mapped[str] = mapped_column(sa.ForeignKey("jobs.id", ondelete="CASCADE"), index=True)
    level: Mapped[Code] = mapped_column(default="info")
    code: Mapped[Code]
    data: Mapped[Json] = mapped_column(default=dict)
    created_at: Mapped[Created]


class FineTuningJob(Base):
    """A fine-tuning job at a provider. Its id is our key in the provider's metadata (`run_key`)."""

    __tablename__ = "fine_tuning_jobs"

    id: Mapped[str] = mapped_column(sa.String(36), primary_key=True)
    dataset_id: Mapped[int] = mapped_column(sa.ForeignKey("dataset_versions.id"), index=True)
    provider_url: Mapped[Name] = mapped_column(default="")
    base_model: Mapped[str] = mapped_column(sa.String(256))
    suffix: Mapped[Code] = mapped_column(default="")
    seed: Mapped[int] = mapped_column(default=7)
    hyperparameters: Mapped[Json] = mapped_column(default=dict)
    training_file: Mapped[str | None] = mapped_column(sa.String(128), default=None)
    validation_file: Mapped[str | None] = mapped_column(sa.String(128), default=None)
    provider_job_id: Mapped[str | None] = mapped_column(sa.String(128), index=True, default=None)
    status: Mapped[Code] = mapped_column(default="preparing")
    fine_tuned_model: Mapped[str | None] = mapped_column(sa.String(256), default=None)
    trained_tokens: Mapped[int | None] = mapped_column(default=None)
    estimate: Mapped[Json] = mapped_column(default=dict)
    cost_micro: Mapped[int | None] = mapped_column(default=None)
    error_code: Mapped[str | None] = mapped_column(sa.String(128), default=None)
    error_data: Mapped[Json] = mapped_column(default=dict)
    run: Mapped[Json] = mapped_column(default=dict)
    created_at: Mapped[Created]
    started_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class FineTuningEvent(Base):
    """One event of a provider's job, stored once however often it is fetched."""

    __tablename__ = "fine_tuning_events"
    __table_args__ = (sa.UniqueConstraint("fine_tuning_job_id", "provider_event_id"),)

    id: Mapped[Key]
    fine_tuning_job_id: Mapped[str] = mapped_column(
        sa.ForeignKey("fine_tuning_jobs.id", ondelete="CASCADE"), index=True
    )
    provider_event_id: Mapped[str] = mapped_column(sa.String(128))
    level: Mapped[Code] = mapped_column(default="info")
    type: Mapped[Code] = mapped_column(default="message")
    step: Mapped[int | None] = mapped_column(default=None)
    message: Mapped[Body]
    data: Mapped[Json] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class ModelVersion(Base):
    """An entry of the registry: a base or fine-tuned model that can be used. At most one is active."""

    __tablename__ = "model_versions"
    __table_args__ = (sa.UniqueConstraint("provider_url", "name"),)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(sa.String(256))
    label: Mapped[Name]
    kind: Mapped[Code]
    base_model: Mapped[str] = mapped_column(sa.String(256))
    provider_url: Mapped[Name] = mapped_column(default="")
    fine_tuning_job_id: Mapped[str | None] = mapped_column(sa.ForeignKey("fine_tuning_jobs.id"), default=None)
    dataset_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dataset_versions.id"), default=None)
    f1: Mapped[float | None] = mapped_column(default=None)
    is_active: Mapped[bool] = mapped_column(default=False)
    activated_at: Mapped[datetime | None] = mapped_column(default=None)
    shutdown_date: Mapped[Day | None] = mapped_column(default=None)
    created_at: Mapped[Created]


class ModelCall(Base):
    """Usage of one model call, written before it is sent: one still `started` after a kill was in flight."""

    __tablename__ = "model_calls"
    __table_args__ = (sa.Index("ix_model_calls_day", "created_at", "model"),)

    id: Mapped[Key]
    key: Mapped[str] = mapped_column(sa.String(64), index=True, default="")
    purpose: Mapped[Code]
    model: Mapped[str] = mapped_column(sa.String(256))
    provider: Mapped[Name] = mapped_column(default="")
    job_id: Mapped[str | None] = mapped_column(sa.String(36), index=True, default=None)
    act_id: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[Code] = mapped_column(default="started")
    error_code: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    repeated: Mapped[bool] = mapped_column(default=False)
    prompt_tokens: Mapped[int] = mapped_column(default=0)
    completion_tokens: Mapped[int] = mapped_column(default=0)
    cached_tokens: Mapped[int] = mapped_column(default=0)
    cost_micro: Mapped[int | None] = mapped_column(default=None)
    latency_ms: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Created]


class Comparison(Base):
    """One text through two models, kept so that it survives a reload."""

    __tablename__ = "comparisons"

    id: Mapped[Key]
    act_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("legal_acts.id", ondelete="SET NULL"), default=None
    )
    title: Mapped[Name] = mapped_column(default="")
    text: Mapped[Body]
    context: Mapped[Body] = mapped_column(default="")
    start: Mapped[int | None] = mapped_column(default=None)
    kept: Mapped[list[Any] | None] = mapped_column(default=None)
    left: Mapped[Json]
    right: Mapped[Json]
    blind: Mapped[bool] = mapped_column(default=False)
    vote: Mapped[str | None] = mapped_column(sa.String(16), default=None)
    created_at: Mapped[Created]


class Evaluation(Base):
    """Models measured on the test split of one dataset version; `results` by model name."""

    __tablename__ = "evaluations"

    id: Mapped[Key]
    dataset_id: Mapped[int] = mapped_column(sa.ForeignKey("dataset_versions.id"), index=True)
    job_id: Mapped[str | None] = mapped_column(sa.String(36), index=True, default=None)
    models: Mapped[list[Any]]
    status: Mapped[Code] = mapped_column(default="queued")
    results: Mapped[Json] = mapped_column(default=dict)
    verdict: Mapped[Json] = mapped_column(default=dict)
    created_at: Mapped[Created]
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class TrackingEvent(Base):
    """The outbox: what waits to be sent to Weave or W&B. `sent_at` ends an event: confirmed, or, with
    `last_error_code`, given up because nothing is left to send."""

    __tablename__ = "tracking_events"
    __table_args__ = (sa.Index("ix_tracking_events_waiting", "sent_at", "id"),)

    id: Mapped[Key]
    kind: Mapped[Code]
    payload: Mapped[Json]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error_code: Mapped[str | None] = mapped_column(sa.String(64), default=None)
    next_attempt_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[Created]


class Preference(Base):
    """A choice of this installation's users that outlives a session (language, prices, dismissed hints)."""

    __tablename__ = "preferences"

    key: Mapped[str] = mapped_column(sa.String(128), primary_key=True)
    value: Mapped[Json]
