"""The secret key of a site: a file next to the database, never in it.

Edit links, drafts and invitations are looked up by hashes made with this key, and the secrets of second factors are
encrypted with it. A copy of the database alone, such as a lost backup, gives access to none of them. Databases of
earlier versions contained the secret; it is moved to the file when they are opened.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from pathlib import Path

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken

from rallymap.errors import StoreError, StoreUnavailableError
from rallymap.file_faults import file_fault, reason_of
from rallymap.language import tr
from rallymap.own_command import own_command
from rallymap.private_files import FOLDER_MODE, new_file
from rallymap.store.desk_tables import invitations
from rallymap.store.engine import WRITES, make_engine
from rallymap.store.faults import READ_ONLY, in_plain_words
from rallymap.store.migrate import migrate
from rallymap.store.notice_tables import account_mail, event_mail, outbox
from rallymap.store.schema import accounts, drafts, meta, submissions

KEY_CHECK = "key_check"
"""Name of the value by which a database verifies its key."""
_IN_DATABASE = "secret"
_SEALED = "sealed:"
_BYTES = 32
_NOTE = (
    "# The secret key of this rallymap. Without it no edit link, no draft and no second factor works.\n"
    "# Keep a copy apart from the copies of the database, and show it to nobody.\n"
)


class SecretKey:
    """Hashes and encrypts with the secret."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < _BYTES:
            raise ValueError(f"a secret key has {_BYTES} bytes")
        self._secret = secret
        self._fernet = Fernet(base64.urlsafe_b64encode(bytes.fromhex(self.keyed_hash("encryption", ""))))
        self.check = self.keyed_hash("key-check", "")

    def keyed_hash(self, purpose: str, text: str) -> str:
        """Return a keyed hash; the same text has a different hash for each purpose."""
        return hmac.new(self._secret, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def seal(self, text: str) -> str:
        """Encrypt a text; "" is returned unchanged."""
        return _SEALED + self._fernet.encrypt(text.encode()).decode() if text else ""

    def unseal(self, sealed: str) -> str:
        """Decrypt the result of :meth:`seal`.

        Raises
        ------
        StoreError
            If it was changed, or encrypted with another key.
        """
        if not sealed:
            return ""
        try:
            return self._fernet.decrypt(sealed.removeprefix(_SEALED)).decode()
        except InvalidToken as err:
            raise StoreError(tr("A secret in the database cannot be read; set this second factor up again.")) from err

    def as_text(self) -> str:
        """Return the content of the key file."""
        return f"{_NOTE}{self._secret.hex()}\n"


def load_key(engine: sa.Engine, path: Path | None) -> SecretKey:
    """Return the key of a database, moving it out of the database if it is old or new.

    Parameters
    ----------
    engine
        Engine of a database with the newest schema.
    path
        The key file; None keeps the secret in the database, for tests on PostgreSQL.

    Raises
    ------
    StoreUnavailableError
        If the file is missing, cannot be read or written, or belongs to another database.
    """
    with in_plain_words(), engine.connect() as conn:
        kept, check = _stored_key(conn), _value(conn, KEY_CHECK)
    if kept is None:
        if path is None or check is None:
            raise StoreUnavailableError(
                "The database has lost its secret, so it is damaged; restore it from a copy.", detail="no key_check"
            )
        return _checked(read_key(path), check, path)
    if path is None:
        if check is None:
            with in_plain_words(), engine.execution_options(**{WRITES: True}).begin() as conn:
                conn.execute(sa.insert(meta).values(name=KEY_CHECK, value=kept.check))
        return kept
    key = kept
    if path.exists():
        key = read_key(path)
        if key.check != kept.check and _has_secrets(engine):
            raise _wrong_key_error(path)
    else:
        write_key(path, key)
    try:
        _move_secret_out(engine, key)
    except StoreUnavailableError as err:
        if err.user_message != tr(READ_ONLY):
            raise
    return key


def read_key(path: Path) -> SecretKey:
    """Read a key file.

    Raises
    ------
    StoreUnavailableError
        If it is missing, cannot be read or contains no key.
    """
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except FileNotFoundError as err:
        raise StoreUnavailableError(
            f"The key file {path.name} of this database is missing. Put it back from a copy, or give up all edit "
            f"links, drafts and second factors with: {own_command('new-key')}",
            detail=str(path),
        ) from err
    except (OSError, UnicodeDecodeError) as err:
        reason = reason_of(err, Path(path.name))
        # Not repr(err): that of a file in another encoding contains the file, with the key.
        kind = type(err).__name__
        raise StoreUnavailableError(f"The key file {path.name} cannot be read: {reason}.", detail=kind) from err
    written = [line for line in lines if line and not line.startswith("#")]
    try:
        return SecretKey(bytes.fromhex("".join(written)))
    except ValueError as err:
        raise StoreUnavailableError(
            f"The key file {path.name} holds no key; put it back from a copy.", detail=str(path)
        ) from err


def write_key(path: Path, key: SecretKey) -> None:
    """Write a key file that only its owner can read; an existing one is kept.

    Raises
    ------
    StoreUnavailableError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        with new_file(path) as file:
            file.write(key.as_text().encode())
    except OSError as err:
        raise StoreUnavailableError(
            f"The key file {path.name} cannot be written: {file_fault(err, Path(path.name))}.", detail=str(path)
        ) from err


def replace_key(database_url: str, path: Path) -> None:
    """Create a new key if the old one is lost, and delete the second factors and addresses that need the old one.

    Edit links, drafts and invitations made with the old key stop working.

    Raises
    ------
    StoreUnavailableError, SchemaVersionError
        If the database or the file cannot be written.
    """
    engine = make_engine(database_url)
    try:
        migrate(engine)
        _replace_key(engine, path)
    finally:
        engine.dispose()


def _replace_key(engine: sa.Engine, path: Path) -> None:
    key = SecretKey(os.urandom(_BYTES))
    path.unlink(missing_ok=True)
    write_key(path, key)
    with in_plain_words(), engine.execution_options(**{WRITES: True}).begin() as conn:
        conn.execute(sa.update(accounts).values(totp_secret=""))
        for table in (account_mail, event_mail, outbox):
            conn.execute(sa.delete(table))
        _put_check(conn, key)


def _move_secret_out(engine: sa.Engine, key: SecretKey) -> None:
    """Move the secret out of the database and encrypt the protected values, in one transaction."""
    with in_plain_words(), engine.execution_options(**{WRITES: True}).begin() as conn:
        for name, secret in conn.execute(sa.select(accounts.c.name, accounts.c.totp_secret)).all():
            if secret and not secret.startswith(_SEALED):
                sealed = key.seal(secret)
                conn.execute(sa.update(accounts).where(accounts.c.name == name).values(totp_secret=sealed))
        _put_check(conn, key)
    if engine.dialect.name == "sqlite":
        # The bytes must be overwritten in both files, not just the rows deleted.
        with in_plain_words(), engine.connect() as conn:
            conn.rollback()
            raw = conn.connection.driver_connection
            assert raw is not None  # noqa: S101 - the connection is open
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _put_check(conn: sa.Connection, key: SecretKey) -> None:
    conn.execute(sa.delete(meta).where(meta.c.name.in_((_IN_DATABASE, KEY_CHECK))))
    conn.execute(sa.insert(meta).values(name=KEY_CHECK, value=key.check))


def _has_secrets(engine: sa.Engine) -> bool:
    """Return whether the database contains anything that was made with its own secret."""
    with in_plain_words(), engine.connect() as conn:
        return any(
            conn.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None
            for table in (drafts, invitations, submissions)
        )


def _stored_key(conn: sa.Connection) -> SecretKey | None:
    text = _value(conn, _IN_DATABASE)
    try:
        return SecretKey(bytes.fromhex(text)) if text else None
    except ValueError:
        return None


def _value(conn: sa.Connection, name: str) -> str | None:
    return conn.scalar(sa.select(meta.c.value).where(meta.c.name == name))


def _checked(key: SecretKey, check: str, path: Path) -> SecretKey:
    if not hmac.compare_digest(key.check, check):
        raise _wrong_key_error(path)
    return key


def _wrong_key_error(path: Path) -> StoreUnavailableError:
    return StoreUnavailableError(
        f"The key file {path.name} belongs to another database; put the one of this database back from a copy.",
        detail=str(path),
    )
