"""Sources in the newsroom: their list, one source's page, adding one, and its rule."""
