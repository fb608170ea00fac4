"""Entry of the worker process: `python -m services.worker`."""

from services.jobs.worker import main

if __name__ == "__main__":
    main()
