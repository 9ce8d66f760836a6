"""What readers write back: mistakes they found and items they miss. Nobody is asked who they are."""
