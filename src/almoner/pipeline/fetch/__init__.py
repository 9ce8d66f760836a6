"""Getting bytes. Only this stage touches files or, later, sockets."""
