"""The script that Streamlit runs, alone in its folder.

With a folder ``pages`` beside it, Streamlit would run a page without its frame whenever the first
visitor comes by a deep link.
"""
