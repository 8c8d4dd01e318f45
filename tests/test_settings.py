"""Settings from the environment."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

import rallymap.hosting as hosting_module
import rallymap.limits as limits_module
import rallymap.mail_server as mail_server_module
import rallymap.settings as settings_module
from rallymap.errors import SettingsError, SettingsFileError
from rallymap.licences import KNOWN
from rallymap.settings import Settings
from rallymap.settings_file import LINES, settings_text, shareable
from rallymap.settings_reading import read_settings_file

SITES_FORM = "addresses with commas between them, such as https://news.example; or any; or none"
SITE_FORM = "https://HOST/ or https://HOST/PATH/, its path of letters, digits and .-_~ alone; or empty"
PROXY_FORM = "addresses and networks with commas between them, such as 10.0.0.5, 172.16.0.0/12; or none"


def test_nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_env({})
    assert settings.home == tmp_path / "var"
    assert settings.database_url == f"sqlite:///{tmp_path / 'var' / 'rallymap.db'}"
    assert (settings.data_dir / "events.csv").is_file()
    assert (settings.tile_url, settings.geocoder, settings.behind_tls) == ("", "", False)
    assert not (tmp_path / "var").exists()


def test_everything_set(tmp_path: Path) -> None:
    settings = Settings.from_env(
        {
            "RALLYMAP_HOME": str(tmp_path),
            "RALLYMAP_DATABASE_URL": "postgresql://nora:secret@db/rallies",
            "RALLYMAP_DATA": str(tmp_path / "data"),
            "RALLYMAP_SITE_NAME": "  Rallies of the North ",
            "RALLYMAP_TILE_URL": "https://tiles.example.org/{z}/{x}/{y}.png",
            "RALLYMAP_TILE_ATTRIBUTION": "© the tile makers",
            "RALLYMAP_KEY_FILE": str(tmp_path / "keys" / "rallymap.key"),
            "RALLYMAP_BEHIND_TLS": "yes",
            "RALLYMAP_TRUSTED_PROXIES": "10.0.0.5, 172.16.3.4/12,2001:db8::/32",
            "RALLYMAP_GEOCODER": "Nominatim",
            "RALLYMAP_GEOCODER_URL": "http://localhost:8080",
            "RALLYMAP_GEOCODER_DELAY_S": "1.5",
            "RALLYMAP_CONTACT_URL": "https://example.org/contact",
            "RALLYMAP_TWO_MODERATORS": "1",
            "RALLYMAP_LOG_DETAILS": "1",
        }
    )
    assert settings == Settings(
        home=tmp_path,
        database_url="postgresql+psycopg://nora:secret@db/rallies",
        data_dir=tmp_path / "data",
        key_file=tmp_path / "keys" / "rallymap.key",
        site_name="Rallies of the North",
        tile_url="https://tiles.example.org/{z}/{x}/{y}.png",
        tile_attribution="© the tile makers",
        behind_tls=True,
        trusted_proxies=("10.0.0.5/32", "172.16.0.0/12", "2001:db8::/32"),
        geocoder="nominatim",
        geocoder_url="http://localhost:8080",
        geocoder_delay_s=1.5,
        contact_url="https://example.org/contact",
        two_moderators_for_future_venues=True,
        log_details=True,
        backup_dir=tmp_path / "backups",
    )
    assert settings.overrides_path == tmp_path / "place-overrides.csv"
    assert settings.answers_path == tmp_path / "place-answers.db"


def test_empty_means_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ("HOME", "DATABASE_URL", "DATA", "SITE_NAME", "TILE_URL", "BEHIND_TLS", "GEOCODER", "GEOCODER_DELAY_S")
    assert Settings.from_env({f"RALLYMAP_{name}": "" for name in names}) == Settings.from_env({})


def test_address_in_other_letters_is_kept_as_browsers_send_it() -> None:
    env = {
        "RALLYMAP_CONTACT_URL": "https://nora:pw@bücher.example:8443/über-uns",
        "RALLYMAP_DATA_LICENCE_URL": "https://например.example/лицензия?q=é#ö",
    }
    settings = Settings.from_env(env)
    assert settings.contact_url == "https://nora:pw@xn--bcher-kva.example:8443/%C3%BCber-uns"
    assert settings.licence.url == (
        "https://xn--80akiqcnhd.example/%D0%BB%D0%B8%D1%86%D0%B5%D0%BD%D0%B7%D0%B8%D1%8F?q=%C3%A9#%C3%B6"
    )


@pytest.mark.parametrize(
    "given",
    [
        {"TILE_URL": " https://t.example/{z}/{x}/{y}.png\n"},
        {"MAIL_HOST": "fe80::1%eth0", "MAIL_FROM": "a@b.example", "ADDRESS": "https://b.example"},
        {"KEEP_BACKUPS": "۱۴"},
        {"KEEP_BACKUPS": "0000014"},
        *(
            {"DATABASE_URL": f"postgresql://{rest}"}
            for rest in (
                "/db?host=/run&user=a@b:c",
                "nora:a?b/c:d@[::1]:5432/db",
                "nora@/db?host=one:1",
                "h:５４３２/db",
            )
        ),
    ],
    ids=str,
)
def test_value_that_works_is_accepted(given: dict[str, str]) -> None:
    Settings.from_env({f"RALLYMAP_{name}": value for name, value in given.items()})


def test_home_with_a_name_that_is_too_long_is_named_in_the_error() -> None:
    with pytest.raises(SettingsFileError, match="File name too long"):
        Settings.from_env({"RALLYMAP_HOME": "/" + "a" * 300})


@pytest.mark.parametrize(
    ("name", "value", "accepted"),
    [
        *(
            ("DATABASE_URL", url, "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
            for url in ("mysql://db", "postgresql://u:a@b:c@host:port/x", "postgresql://[::1]:99999/x")
        ),
        *(
            ("TILE_URL", url, "https://HOST/…/{z}/{x}/{y}.png, also with {s} and {r}; or empty")
            for url in ("https://t.example/tile.png", "javascript:{z}{x}{y}", "https://t.example/{z}/{x}/{y}/{key}.png")
        ),
        ("BEHIND_TLS", "perhaps", "1 or 0"),
        ("TWO_MODERATORS", "2", "1 or 0"),
        ("GEOCODER", "google", "empty, nominatim, photon, pelias"),
        ("GEOCODER_URL", "localhost:8080", "an http:// or https:// address, or empty"),
        *(
            ("GEOCODER_DELAY_S", text, "a number of seconds above 0 and below 86400")
            for text in ("soon", "0", "nan", "90000")
        ),
        ("TRUSTED_PROXIES", "proxy.example", PROXY_FORM),
        ("TRUSTED_PROXIES", "10.0.0.5,", PROXY_FORM),
        ("EMBED_FROM", "https://a.example; sandbox", SITES_FORM),
        ("EMBED_FROM", "none, https://a.example", SITES_FORM),
        *(("ADDRESS", f"https://a.example{rest}", SITE_FORM) for rest in ("/a;b/", "/?a=b", "/a#b", "//a/")),
        ("ADDRESS", "https://nora@a.example/", SITE_FORM),
        ("ADDRESS", "https://a.example/a b/", "an http:// or https:// address, or empty"),
        ("ADDRESS", "https://a.example:port/", "an http:// or https:// address, or empty"),
        ("ADDRESS", "rallies.example.org", "an http:// or https:// address, or empty"),
        ("CONTACT_URL", "mailto:nora@example.org", "an http:// or https:// address, or empty"),
        *(
            (name, address, "an http:// or https:// address, or empty")
            for name in ("CONTACT_URL", "DATA_LICENCE_URL")
            for address in (
                "https://[::1",
                "https://",
                "https://a.example/x>y",
                "https://a.example/\n/b",
                "https://ü..de",
            )
        ),
        ("PRIVACY_CONTACT", "nora", "an e-mail address or an https:// address, or empty"),
        ("PRIVACY_CONTACT", "javascript:alert(1)@x.example?", "an e-mail address or an https:// address, or empty"),
        ("TAKEDOWN_CONTACT", "a@b.example?bcc=c@d.example", "an e-mail address or an https:// address, or empty"),
        ("KEEP_DRAFTS_DAYS", "0", "a whole number of days from 1 to 36500"),
        ("KEEP_TOMBSTONES_DAYS", "-1", "a whole number of days from 0 to 36500"),
        ("KEEP_BACKUPS", "9" * 5000, "a whole number of backups from 1 to 36500"),
        ("LIMITS", f"event={'9' * 5000}", "event= and a whole number from 1 to 100000"),
        *((name, "~nobody-of-this-name/x", "the path of a file or folder") for name in ("KEY_FILE", "HOME", "DATA")),
        ("BACKUP_DIR", "a\0b", "the path of a file or folder"),
        ("MAIL_HOST", "https://mail.example/", "the name of a mail server, such as smtp.example.org; no port"),
        ("MAIL_HOST", "mail.example:587", "the name of a mail server, such as smtp.example.org; no port"),
        ("OPERATOR", "x" * 201, "200 characters at most; this has 201"),
        ("METRICS_TOKEN", "short", "at least 16 letters and digits, without spaces; or empty"),
        (
            "DATA_LICENCE",
            "mine",
            f"{', '.join(KNOWN)}, or another one with its address in RALLYMAP_DATA_LICENCE_URL",
        ),
    ],
)
def test_value_that_cannot_be_used_is_named_with_the_accepted_form(name: str, value: str, accepted: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({f"RALLYMAP_{name}": value})
    assert caught.value.variable == f"RALLYMAP_{name}"
    assert caught.value.user_message.startswith(f"RALLYMAP_{name} is ")
    assert caught.value.user_message.endswith(f"accepted: {accepted}.")
    assert len(caught.value.user_message) < 250


def test_contact_may_be_written_as_a_link() -> None:
    assert Settings.from_env({"RALLYMAP_PRIVACY_CONTACT": "mailto:nora@example.org"}).host.privacy_contact == (
        "nora@example.org"
    )


@pytest.mark.parametrize(
    ("given", "address", "path"),
    [
        ("", "", ""),
        ("https://rallies.example", "https://rallies.example/", ""),
        ("https://a.example/rallies", "https://a.example/rallies/", "/rallies"),
        ("http://a.example:8080/x/y-1/", "http://a.example:8080/x/y-1/", "/x/y-1"),
    ],
)
def test_address_says_below_which_path_the_site_is(given: str, address: str, path: str) -> None:
    settings = Settings.from_env({"RALLYMAP_ADDRESS": given})
    assert (settings.address, settings.base_path) == (address, path)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("RALLYMAP_TWO_MODERATOR", "RALLYMAP_TWO_MODERATORS"),
        ("RALLYMAP_BEHINDTLS", "RALLYMAP_BEHIND_TLS"),
        ("RALLYMAP_HOEM", "RALLYMAP_HOME"),
    ],
)
def test_variable_with_nearly_the_name_of_a_setting_is_refused(tmp_path: Path, name: str, meant: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({"RALLYMAP_HOME": str(tmp_path), name: "1"})
    assert str(raised.value) == f"The environment is '{name}'; accepted: names of settings; perhaps {meant}."
    Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_IMAGE": "1", "TWO_MODERATOR": "1"})


def test_site_name_is_a_single_line(tmp_path: Path) -> None:
    named = Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_SITE_NAME": "Rallies\nof the\x0b North\u2028"})
    assert named.site_name == "Rallies of the North"


@pytest.mark.parametrize(("name", "max_length"), [("RALLYMAP_SITE_NAME", 40), ("RALLYMAP_TILE_ATTRIBUTION", 200)])
def test_text_that_is_too_long_is_refused_not_cut(tmp_path: Path, name: str, max_length: int) -> None:
    Settings.from_env({"RALLYMAP_HOME": str(tmp_path), name: "x" * max_length})
    with pytest.raises(SettingsError) as raised:
        Settings.from_env({"RALLYMAP_HOME": str(tmp_path), name: "x" * (max_length + 1)})
    assert raised.value.accepted == f"{max_length} characters at most; this has {max_length + 1}"


def test_password_of_a_wrong_database_url_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env({"RALLYMAP_DATABASE_URL": "mysql://nora:secret@db"})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("value", ["none", " None "])
def test_no_proxy_is_trusted_on_request(value: str) -> None:
    assert Settings.from_env({"RALLYMAP_TRUSTED_PROXIES": value}).trusted_proxies == ()


def test_proxy_on_this_machine_is_trusted_by_default() -> None:
    assert Settings.from_env({}).trusted_proxies == ("127.0.0.0/8", "::1/128")


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("", ("*",)),
        ("any", ("*",)),
        ("none", ()),
        ("https://news.example, https://*.example.org:8443", ("https://news.example", "https://*.example.org:8443")),
    ],
)
def test_sites_that_may_embed(text: str, sources: tuple[str, ...]) -> None:
    assert Settings.from_env({"RALLYMAP_EMBED_FROM": text}).embed_from == sources


class TestFile:
    """``rallymap.toml`` in the home folder."""

    def write(self, home: Path, text: str) -> Settings:
        (home / "rallymap.toml").write_text(text, "utf-8")
        return Settings.from_env({"RALLYMAP_HOME": str(home)})

    def test_values_of_every_kind(self, tmp_path: Path) -> None:
        settings = self.write(
            tmp_path,
            'site_name = "Kundgebungen im Norden"\nbehind_tls = true\ngeocoder_delay_s = 1.5\nkeep_backups = 3\n'
            'trusted_proxies = ["10.0.0.5", "10.0.0.6"]\n',
        )
        assert (settings.site_name, settings.behind_tls, settings.geocoder_delay_s, settings.keep_backups) == (
            "Kundgebungen im Norden",
            True,
            1.5,
            3,
        )
        assert settings.trusted_proxies == ("10.0.0.5/32", "10.0.0.6/32")

    def test_environment_wins_and_empty_is_not_set(self, tmp_path: Path) -> None:
        self.write(tmp_path, 'site_name = "File"\ncontact_url = "https://example.org/file"\n')
        env = {"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_SITE_NAME": "Environment", "RALLYMAP_CONTACT_URL": ""}
        settings = Settings.from_env(env)
        assert (settings.site_name, settings.contact_url) == ("Environment", "https://example.org/file")

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ('sitename = "x"', "FILE has the line “sitename”, which is no setting; perhaps you mean site_name."),
            (
                'RALLYMAP_SITE_NAME = "x"',
                "FILE has the line “RALLYMAP_SITE_NAME”, which is no setting; perhaps you mean ",
            ),
            ('home = "x"', "FILE has the line “home”, which is no setting; README lists all settings."),
            ('[mail]\nhost = "x"', 'FILE has a section [mail]; write each setting whole, such as mail_host = "…".'),
            (
                "site_name = {a = 1}",
                "site_name in FILE is \"{'a': 1}\"; accepted: a text, a number, true or false, or a ",
            ),
            ("mail_password = [1]", "mail_password in FILE is '…'; accepted: a text, a number, "),
            (
                "# a note\nsite_name = “Rallies”",
                'FILE, line 2 (site_name) cannot be read; write it like site_name = "Rallies", with straight ',
            ),
            ("keep_backups =", "FILE, line 1 (keep_backups) cannot be read; write it like site_name = "),
            ("mail_password = hunter2", "FILE, line 1 (mail_password) cannot be read; write it like site_name = "),
            (
                'site_name = "a"\nbehind_tls = true\nsite_name = "b"',
                "FILE, line 3 (site_name): this setting is in the file twice; delete one of the lines.",
            ),
            (
                "trusted_proxies = ['10.0.0.5'\n",
                "FILE ends within a value; close the quotation mark or bracket that is open.",
            ),
            ("behind_tls = 2", "behind_tls in FILE is '2'; accepted: 1 or 0."),
            ("keep_backups = 0", "keep_backups in FILE is '0'; accepted: a whole number of backups from 1 to 36500."),
            (b"site_name = 'K\xf6ln'", "FILE is not in UTF-8; save it again in this encoding."),
            ("#" * 200_001, "FILE has more than 200 kB, so it is no file of settings."),
        ],
    )
    def test_line_that_cannot_be_used_is_named(self, tmp_path: Path, text: str | bytes, sentence: str) -> None:
        path = tmp_path / "rallymap.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        with pytest.raises((SettingsError, SettingsFileError)) as caught:
            Settings.from_env({"RALLYMAP_HOME": str(tmp_path)})
        assert caught.value.user_message.startswith(sentence.replace("FILE", str(path)))

    def test_variable_of_the_environment_is_named_as_such(self, tmp_path: Path) -> None:
        (tmp_path / "rallymap.toml").write_text("behind_tls = true\n")
        with pytest.raises(SettingsError) as caught:
            Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_BEHIND_TLS": "2"})
        assert caught.value.user_message == "RALLYMAP_BEHIND_TLS is '2'; accepted: 1 or 0."

    def test_file_as_editors_of_windows_save_it_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "rallymap.toml").write_bytes(
            b"\xef\xbb\xbf# note\r\nsite_name\t=\t'Rallies'\r\n\tkeep_backups = 3\r\n"
        )
        settings = Settings.from_env({"RALLYMAP_HOME": str(tmp_path)})
        assert (settings.site_name, settings.keep_backups) == ("Rallies", 3)

    def test_relative_path_begins_in_the_home_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
        home.mkdir()
        elsewhere.mkdir()
        monkeypatch.chdir(elsewhere)
        self.write(
            home,
            'key_file = "keys/site.key"\nbackup_dir = "copies"\ndata = "/srv/data"\ndatabase_url = "sqlite:///a.db"',
        )
        settings = Settings.from_env({"RALLYMAP_HOME": str(home), "RALLYMAP_DATA": "tables"})
        assert (settings.key_file, settings.backup_dir) == (home / "keys" / "site.key", home / "copies")
        assert (settings.data_dir, settings.database_url) == (elsewhere / "tables", f"sqlite:///{home / 'a.db'}")

    @pytest.mark.parametrize(
        ("make", "sentence"),
        [
            (Path.mkdir, "FILE is not a file; write the settings into a file of this name."),
            (os.mkfifo, "FILE is not a file; write the settings into a file of this name."),
            (
                lambda path: path.symlink_to("gone.toml"),
                "FILE is a link to gone.toml, which does not exist; put the file there, or delete the link.",
            ),
            (
                lambda path: path.symlink_to(path),
                "FILE cannot be read: Too many levels of symbolic links. Delete this link, and put the file in its pl",
            ),
        ],
        ids=["folder", "pipe", "link to nothing", "link to itself"],
    )
    def test_what_is_no_file_is_named(self, tmp_path: Path, make: Callable[[Path], object], sentence: str) -> None:
        path = tmp_path / "rallymap.toml"
        make(path)
        with pytest.raises(SettingsFileError) as caught:
            Settings.from_env({"RALLYMAP_HOME": str(tmp_path)})
        assert caught.value.user_message.startswith(sentence.replace("FILE", str(path)))

    @pytest.mark.parametrize(
        ("number", "remedy"),
        [
            (errno.EACCES, "Run this as the user of the site, or give that user the file, as root: chown --refer"),
            (errno.EIO, "Check the disk that it is on."),
        ],
    )
    def test_remedy_for_a_file_that_cannot_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, remedy: str
    ) -> None:
        def refuse(path: Path, _encoding: str) -> str:
            raise OSError(number, os.strerror(number), str(path))

        path = tmp_path / "rallymap.toml"
        path.touch()
        monkeypatch.setattr(Path, "read_text", refuse)  # root may read every file
        with pytest.raises(SettingsFileError) as caught:
            Settings.from_env({"RALLYMAP_HOME": str(tmp_path)})
        said = f"{path} cannot be read: {os.strerror(number)}. {remedy}"
        assert caught.value.user_message.startswith(said)

    def test_setting_that_is_missing_is_missing_in_the_file(self, tmp_path: Path) -> None:
        path = tmp_path / "rallymap.toml"
        with pytest.raises(SettingsError) as caught:
            self.write(tmp_path, 'mail_host = "mail.example.org"\naddress = "https://rallies.example.org/"')
        assert caught.value.user_message == f"mail_from in {path} is ''; accepted: an e-mail address."

    def test_written_file_is_read_again_and_explains_every_setting(self, tmp_path: Path) -> None:
        values = {"RALLYMAP_SITE_NAME": 'A "name"\nwith \\ and \x7f', "RALLYMAP_KEEP_BACKUPS": "5"}
        path = tmp_path / "rallymap.toml"
        path.write_text(settings_text(values), "utf-8")
        assert read_settings_file(path) == values
        code = "".join(
            Path(str(module.__file__)).read_text("utf-8")
            for module in (settings_module, hosting_module, mail_server_module, limits_module)
        )
        variables = set(re.findall(r'"(RALLYMAP_[A-Z_]+)"', code)) - {"RALLYMAP_HOME", "RALLYMAP_COMMAND"}
        assert {line.variable for line in LINES.values()} == variables

    def test_backup_leaves_out_secrets_and_machine_specific_settings(self) -> None:
        given = {
            "RALLYMAP_DATABASE_URL": "postgresql://nora:secret@db/x",
            "RALLYMAP_DATA": "/srv/data",
            "RALLYMAP_SITE_NAME": "Rallies",
            "RALLYMAP_MAIL_HOST": "mail.example.org",  # a test copy must not send the site's mails
            "RALLYMAP_MAIL_PASSWORD": "secret",
        }
        left_out = ["mail_host", "mail_password", "database_url", "data"]
        assert shareable(given) == ({"RALLYMAP_SITE_NAME": "Rallies"}, left_out)


def test_addition_to_the_licence_is_shown_in_each_language(tmp_path: Path) -> None:
    settings = Settings.from_env({"RALLYMAP_HOME": str(tmp_path), "RALLYMAP_DATA_LICENCE_TEXT": "Name us."})
    settings.licence_dir.mkdir()
    (settings.licence_dir / "fa.txt").write_text("نام ما را ببرید.\n", "utf-8")
    said = {code: settings.licence_for(code).text for code in ("fa", "de")}
    assert said == {"fa": "نام ما را ببرید.", "de": "Name us."}
    assert settings.licence_for("fa").url == settings.licence.url
