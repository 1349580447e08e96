PATTERNS = ()
def revealing(text): return ()
