"""Public pages against stock Wagtail and against nginx with the same bytes."""
