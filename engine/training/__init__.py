"""Fine-tuning jobs: files checked line by line, one trainer process at a time, nothing lost by a kill."""
