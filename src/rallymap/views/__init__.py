"""HTML for events and maps: cards, differences, the folium pages, the messages between map and page.

Every text is escaped here or inserted as text by a script. Nothing here reads the store or uses Streamlit.
"""
