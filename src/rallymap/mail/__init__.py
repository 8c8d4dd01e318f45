"""E-mail: compose mails and send them through the mail server of the settings. No SQL, no pages."""
