"""What `make` runs besides the product: messages, docs, checks of the project itself."""
