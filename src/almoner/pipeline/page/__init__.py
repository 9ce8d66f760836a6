"""Questions to a page's tree: text, links, safe mark-up, places, what is furniture.

Parsing makes the tree, splitting cuts it; both ask here, so that each question has one answer. Pure functions
over `model.Tree`.
"""
