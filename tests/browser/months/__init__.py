"""What the two months' story is made of: the office and its people, walking about, and the chapters."""
