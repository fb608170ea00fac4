"""Which function does which kind of job; imported by the worker when the first job of a kind comes."""

HANDLERS: dict[str, str] = {
    "extraction": "services.extraction.pipeline:run",
    "fine_tuning": "services.fine_tuning.runner:run",
    "evaluation": "services.evaluation.runner:run",
    "dataset": "services.datasets.freezing:run",
    "dataset_preview": "services.datasets.freezing:run_preview",
    "import": "services.acts.importer:run",
}
