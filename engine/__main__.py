"""`python -m engine --port P --data DIR`: the embedded engine on loopback.

Tagging processes import this module too; what serves is imported only where it serves.
"""

if __name__ == "__main__":
    import sys

    from engine.server import main

    sys.exit(main(sys.argv[1:]))
