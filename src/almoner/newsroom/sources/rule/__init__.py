"""The rule of a source, mended with a captured page on one side and the items on the other."""
