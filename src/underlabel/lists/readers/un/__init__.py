"""The UN Security Council consolidated list."""
