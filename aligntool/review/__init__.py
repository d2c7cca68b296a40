"""Review: a person settles every row, on a local page or in a spreadsheet, and nothing is lost."""
