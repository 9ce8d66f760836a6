"""Two editions of one document: their paragraphs, which became which, and what changed in the words.

Document → paragraphs (numbers, addresses) → align (which became which) → hunks (words) → changes (what it means)
"""
