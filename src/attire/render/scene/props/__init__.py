"""What stands about in the world, unlabelled: houses, plants, vehicles, furniture and passers-by."""
