"""The newsfeed: everything that is published, newest first."""
