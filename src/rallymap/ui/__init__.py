"""Streamlit pages: Explore, Add an event, Review, Import, About. One module draws one part of a page.

Pages are grouped by what people do: `explore`, `submit`, `review`, `imports`. What several pages draw is a module here.

Pages act through `workflows`, read with functions of `workflows` and `store`, and take sentences, cards and map pages
from `views`. They must not write SQL, decide about permissions, or show an event that did not come from the public
view (Review excepted). What needs no session is a route in `web`.
"""
