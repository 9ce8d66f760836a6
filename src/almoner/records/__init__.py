"""Django apps that own what was gathered. Reads stand in `queries`, writes in `services`."""
