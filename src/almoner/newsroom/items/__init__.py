"""Items in the newsroom: their list, the page on which one is corrected and decided about, and in bulk."""
