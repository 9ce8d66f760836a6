"""What is known: organisations, guidance and Acts with their editions, programmes, areas. Data files and their look-up."""
