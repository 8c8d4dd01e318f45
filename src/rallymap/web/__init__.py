"""The HTTP server: routes without a session, headers, sign-in, limits, and Streamlit mounted as one application.

Routes only answer from the public view; security headers and limits apply to every response. Nothing here renders a
page with Streamlit (see `ui`) or decides about permissions (see `workflows`).
"""
