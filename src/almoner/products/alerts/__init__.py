"""What somebody asked to hear of: searches that are kept, so that a feed can follow them."""
