"""A class checks the keywords of its constructor."""

from snippets.library import Author

# --8<-- [start:setup]
# --8<-- [end:setup]

# --- story
# --8<-- [start:keyword]
try:
    Author(nmae="Octavia")
    #> no SQL; raises TypeError
except TypeError as error:
    print(error)
    #> prints 'nmae' is an invalid keyword argument for Author
# --8<-- [end:keyword]
