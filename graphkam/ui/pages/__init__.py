"""One file for each page; Streamlit runs it, inside the frame, for every click."""
