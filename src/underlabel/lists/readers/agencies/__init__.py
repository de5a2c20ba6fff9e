"""US lists of other agencies: customs, defence, homeland security, FCC, State, and the statute of section 889."""
