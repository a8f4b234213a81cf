"""Pictures of figures, as descriptions in Vega-Lite: what Streamlit draws without any other library.

Each has its twin among the tables, which says the same.
"""
