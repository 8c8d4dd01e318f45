"""E-mail: what a mail says, and how one is handed to the mail server of the settings. No SQL, no pages."""
