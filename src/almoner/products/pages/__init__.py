"""Pages that the office writes itself, such as who it is and how to reach it, with the pictures on them."""
