"""Settings: `production` is what runs; `dev` and `test` change as little of it as they can."""
