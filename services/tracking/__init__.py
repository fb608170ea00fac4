"""W&B runs and Weave traces: kept on this computer first, sent when a key and a server are there.

Neither library is ever imported in the application or the worker: each is loaded by a short-lived
process of its own, so that a server that hangs, a patched client or an exit handler stays there.
"""
