"""Parse tables, lists, announcements, forms and coordinates into draft events. This room does not use the store.

Every reader collects all errors instead of stopping at the first, and reports each in one sentence. Readers never guess
without a note: ambiguous values such as "03/04/2018" lead to a question.
"""
