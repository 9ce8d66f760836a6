"""A fuzzer of our own: sound documents, bent and broken by rule, the same for the same seed.

`case(kind, seed, number)` is one input; whoever finds a fault names these three, and
`python -m tests.pipeline.fuzz KIND SEED NUMBER > file` writes it again.
"""
