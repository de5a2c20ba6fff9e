"""The UK Sanctions List: as tables, as the official CSV and XML."""
