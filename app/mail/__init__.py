"""Mail: messages rendered and delivered over SMTP."""
