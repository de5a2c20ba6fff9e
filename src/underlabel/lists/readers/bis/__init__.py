"""The Bureau of Industry and Security: Entity List, military end users, unverified and denied parties."""
