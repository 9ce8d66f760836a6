"""Our own briefings in the newsroom: the plan of each, the composer of its issues, questions and answers."""
