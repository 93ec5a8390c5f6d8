"""The engine's English sentences in the language of the window.

A result keeps the sentences that the engine wrote, in English, for exports and for programs. The window recognises each
by its form (``{who} turns from {state} to {state2} at {time}``), takes the values out of it, and fills them into the
translation of that form. So every stored result speaks the language of the window, whichever release wrote it. What
was said stays as it was said, and a sentence of no known form stays as it is.
"""
