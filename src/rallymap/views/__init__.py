"""Events as HTML and as the map's page: cards, differences, the folium page, the messages of map and page.

Every text is escaped here or set as text by a script. Nothing here reads the store or uses Streamlit.
"""
