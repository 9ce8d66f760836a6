"""What is known of single sources, as data: rules for reading their pages."""
