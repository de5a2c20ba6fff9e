"""The Consolidated Screening List: a compilation of lists of Commerce, State and the Treasury, in four forms."""
