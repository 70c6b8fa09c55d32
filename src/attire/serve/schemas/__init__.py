"""What answers look like; OpenAPI is made of these."""
