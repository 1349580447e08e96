"""Below how many a figure is not told, whoever tells it (decision 0010): nobody is to be known from a number."""

FEW = 5  # answers, ballots, people
FEW_WORDS = 10  # forms, before words written on them are shown
