"""The HTTP server: routes without a session, headers, sign-in, limits, and Streamlit mounted as one application.

Routes answer from the public view only; security headers and limits apply to every response. Nothing here draws a page
with Streamlit (`ui` does) or decides about permissions (`workflows` does).
"""
