"""All exceptions of rallymap.

::

    RallymapError                  .user_message: one sentence a visitor may read; str(e) is for the log
    |- SettingsError(ValueError)   names the variable and the accepted form
    |- SettingsFileError(ValueError)  names the file, the line and what to write
    |- InvalidEventError(ValueError)  .field .value: a value object could not be built
    |- IntakeError(ValueError)     .row .field .value; collected, never aborts the file
    |- PlaceError
    |  |- PlaceServiceError        transient: .retry_after_s; the row stays pending, never remembered
    |  '- PlaceRefusedError        permanent (401, 403, policy): stops the run
    |- StoreError
    |  |- EventNotFoundError(LookupError)
    |  |  |- EventWithoutDayError  no calendar can hold it
    |  |  |- EventTakenDownError   .at .role .reason_code; only for people who have its edit link
    |  |  '- EventMergedError      .merged_into: the event that holds what this one said
    |  |- StaleEventError          someone changed it meanwhile
    |  |- StaleDraftError          another tab changed the form meanwhile
    |  |- FormSentError            the form was sent already
    |  |- StoreUnavailableError    the database cannot be read or written just now
    |  |- DamagedEventError        a stored event cannot be read; lists leave it out
    |  |- UnstorableTextError(ValueError)  a text holds characters that no database takes
    |  '- SchemaVersionError
    |- SignInError                 wrong name or password, or too many attempts
    |- WeakPasswordError(ValueError)  a new password that is too short, too long or too plain
    |- RightsError(PermissionError)  the role does not have this permission
    |- RateLimitError              .retry_after_s; too many actions in too short a time
    |- ModerationError(ValueError)
    |- MapRequestError(ValueError)  a request for map data has a wrong parameter
    |- ListingRequestError(ValueError)  a request for a list or file of events has a wrong parameter
    |- AssetError                  a file that ships with the package is missing or damaged
    |- ExportError
    |- MailError                   .is_final, .is_of_server: a mail could not be handed to the mail server
    '- BackupError               a backup cannot be made, read or restored

Not finding a place is an answer (``rallymap.places.NoMatch``), not an error.
"""

from __future__ import annotations

from rallymap.language import say, tr

_MAX_SHOWN = 80
"""Maximum length of a wrong value in a message."""


class RallymapError(Exception):
    """Base class of all errors that rallymap raises on purpose.

    Parameters
    ----------
    user_message
        One sentence that any visitor may read: what is wrong, where, and what to do. It is in the language of the
        request that raises the error (``tr``, or a phrase, which is translated here). Show it to that reader only:
        anything stored for other readers is a code or English.
    detail
        Details for the log; never shown to visitors.
    """

    def __init__(self, user_message: str, *, detail: str = "") -> None:
        self.user_message = say(user_message)
        self.detail = detail
        super().__init__(f"{user_message} [{detail}]" if detail else user_message)


class SettingsError(RallymapError, ValueError):
    """A setting has an invalid value.

    Parameters
    ----------
    variable
        Name of its environment variable; for a line of the settings file, its name in the file, and the file.
    value
        As given, without secrets.
    accepted
        Accepted form.
    """

    def __init__(self, variable: str, value: str, accepted: str) -> None:
        self.variable, self.value, self.accepted = variable, value, accepted
        shown = value if len(value) <= _MAX_SHOWN else f"{value[:_MAX_SHOWN]}…"
        super().__init__(f"{variable} is {shown!r}; accepted: {accepted}.")


class SettingsFileError(RallymapError, ValueError):
    """The settings file cannot be read, or has an invalid line."""


class InvalidEventError(RallymapError, ValueError):
    """A value object of an event cannot be built from the given values.

    Parameters
    ----------
    field
        Name of the form field or column that is wrong.
    user_message
        What is wrong and what to do.
    value
        The value as given; it is shortened when shown.
    """

    def __init__(self, field: str, user_message: str, *, value: str = "") -> None:
        self.field = field
        self.value = value
        super().__init__(user_message, detail=f"{field}={value[:80]!r}" if value else field)


class IntakeError(RallymapError, ValueError):
    """One row of a source cannot become an event; collected, so that the rest of the file is still read.

    Parameters
    ----------
    row
        1-based number of the row in the source, counting the header line as row 1.
    field
        Column name, or "" if the error is about the whole row.
    user_message
        What is wrong and what to do.
    value
        The value as given.
    """

    def __init__(self, row: int, field: str, user_message: str, *, value: str = "") -> None:
        self.row = row
        self.field = field
        self.value = value
        super().__init__(user_message, detail=f"row {row}, {field}={value[:80]!r}")


class PlaceError(RallymapError):
    """A place service cannot be used."""


class PlaceServiceError(PlaceError):
    """A place service failed temporarily; retry after `retry_after_s` seconds."""

    def __init__(self, user_message: str, *, retry_after_s: float = 60.0, detail: str = "") -> None:
        self.retry_after_s = retry_after_s
        super().__init__(user_message, detail=detail)


class PlaceRefusedError(PlaceError):
    """A place service refuses all requests permanently (401, 403, policy); the run stops."""


class StoreError(RallymapError):
    """A store operation failed."""


class EventNotFoundError(StoreError, LookupError):
    """No event has this id, or the caller may not see it."""

    def __init__(self, event_id: str) -> None:
        self.event_id = event_id
        super().__init__(tr("There is no event at this address."), detail=event_id)


class EventWithoutDayError(EventNotFoundError):
    """The day of the event is unknown, so no calendar entry can be written."""

    def __init__(self, event_id: str) -> None:
        super().__init__(event_id)
        self.user_message = tr("No source gives the day of this event, so it is in no calendar.")


class EventTakenDownError(EventNotFoundError):
    """The event of an edit link was taken down, at a Unix time (s), by an account with a role, for a reason."""

    def __init__(self, event_id: str, at: float, role: str, reason_code: str) -> None:
        self.at, self.role, self.reason_code = at, role, reason_code
        super().__init__(event_id)


class EventMergedError(EventNotFoundError):
    """The event was merged into another event, whose id replaces this one."""

    def __init__(self, event_id: str, merged_into: str) -> None:
        self.merged_into = merged_into
        super().__init__(event_id)
        self.user_message = tr("Your event was merged with another entry of the same event.")


class StaleEventError(StoreError):
    """The event was changed since it was read."""


class StaleDraftError(StoreError):
    """A draft was saved elsewhere since it was loaded."""


class FormSentError(StoreError):
    """The form was already sent, so it cannot be saved as a draft."""


class StoreUnavailableError(StoreError):
    """The database cannot be reached, read or written at the moment."""


class DamagedEventError(StoreError):
    """A stored event cannot be read, because it was changed by hand or by a newer version."""

    def __init__(self, event_id: str, *, detail: str = "") -> None:
        super().__init__(
            tr("What is stored of this event is damaged, so it cannot be shown; ask the operator."),
            detail=f"{event_id}: {detail}",
        )


class UnstorableTextError(StoreError, ValueError):
    """A text contains characters that databases reject: U+0000 or a lone surrogate."""

    def __init__(self) -> None:
        super().__init__(tr("This text holds a character that cannot be stored; please type it again."))


class SchemaVersionError(StoreError):
    """The database was made by a newer version of rallymap, or by another program."""


class SignInError(RallymapError):
    """Sign-in failed; the sentence never says which part was wrong."""


class WeakPasswordError(RallymapError, ValueError):
    """A new password is too short, too long or too plain."""


class RightsError(RallymapError, PermissionError):
    """The account does not have the required permission."""


class RateLimitError(RallymapError):
    """Too many actions in too short a time; retry after `retry_after_s` seconds."""

    def __init__(self, user_message: str, *, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(user_message)


class ModerationError(RallymapError, ValueError):
    """A decision is not possible in the event's current status, or a required value is missing.

    Parameters
    ----------
    user_message
        What is wrong and what to do.
    field
        Name of the form field that is wrong, "" for none.
    detail
        Details for the log.
    """

    def __init__(self, user_message: str, *, field: str = "", detail: str = "") -> None:
        self.field = field
        super().__init__(user_message, detail=detail)


class SettledError(ModerationError):
    """Another moderator settled the item since it was read."""


class MapRequestError(RallymapError, ValueError):
    """A parameter of a request for map data is missing, malformed or too large."""


class ListingRequestError(RallymapError, ValueError):
    """A parameter of a request for a list of events is unknown or malformed."""


class AssetError(RallymapError):
    """A file that ships with rallymap is missing or damaged; reinstalling restores it."""


class ExportError(RallymapError):
    """The events cannot be written in this format."""


class BackupError(RallymapError):
    """A backup cannot be made, read or restored."""


class MailError(RallymapError):
    """A mail could not be delivered to the mail server.

    Attributes
    ----------
    is_final
        Whether the server rejects this recipient permanently, so that a retry is useless.
    is_of_server
        Whether the server could not be reached or used at all, so that other mails would fail as well.
    """

    def __init__(self, user_message: str, *, is_final: bool = False, is_of_server: bool = False) -> None:
        super().__init__(user_message)
        self.is_final = is_final
        self.is_of_server = is_of_server
