"""What readers use. Products never import each other."""
