"""The commands of `giaoban`. Each module: SUMMARY, arguments(parser), run(options) -> exit code, and HOME.

HOME says what the command needs: "ready" (an empty home is made; the default), "migrate" (one of an
older version is brought up to date too), "any" or "none".
"""
