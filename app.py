"""Norma's entry for `streamlit run app.py`: the router and nothing else."""

from ui.shell import route

route()
