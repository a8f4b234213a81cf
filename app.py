"""For ``streamlit run app.py`` and ``uvicorn app:app``; ``graphkam app`` needs no file."""

import streamlit as st

from graphkam.ui.server import PARTS

app = st.App(**PARTS)
