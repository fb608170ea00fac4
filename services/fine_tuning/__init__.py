"""Fine-tuning: what must hold first, what it costs, the job at the provider, the registry of models."""
