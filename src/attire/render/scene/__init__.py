"""Where the wearer stands, and what the camera makes of it."""
