"""Forms: one class a thing the user does."""
