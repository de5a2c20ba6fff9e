"""FollowTheMoney files: entities line by line, nested, and deltas."""
