"""The Office of Foreign Assets Control: its CSV files, its XML and its advanced XML."""
