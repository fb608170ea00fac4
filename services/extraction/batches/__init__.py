"""Extraction through the provider's batch service: half the price, answers within a day."""

from services.extraction.batches.waiting import run

__all__ = ["run"]
