"""Changes: one function = change + event + notification rows; never a commit."""
