"""Publishers, items and their categories: what readers and editors see."""
