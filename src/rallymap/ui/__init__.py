"""Streamlit pages: Explore, Add an event, Review, Import, About. Each module renders one part of a page.

Pages are grouped by what people do: `explore`, `submit`, `review`, `imports`. Code that several pages use is here.

Pages change data through `workflows`, read it with functions of `workflows` and `store`, and take sentences, cards and
map pages from `views`. They must not write SQL, decide about permissions, or show an event that did not come from the
public view (except Review). A page that needs no session is a route in `web`.
"""
