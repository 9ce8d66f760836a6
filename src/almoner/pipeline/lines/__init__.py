"""What a single printed line says: dates, metadata, credits, names, furniture.

Splitting asks whether a line is of a sort, extracting asks what it says; both ask here, so that the grammar
of each sort is written once. Pure functions over one line of clean text.
"""
