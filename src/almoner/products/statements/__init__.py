"""What whoever runs a service must say to readers, and the software cannot know: privacy, retention, complaints."""
