"""The pages, a module for each kind. A view reads through one query and renders."""
