"""Online place services as an optional second stage: Nominatim, Photon or Pelias, through geopy.

Off unless the operator names a service, preferably their own. Only the place text and the country are sent, nothing
else about the event. Cached answers are used first, without waiting in the queue. The public Nominatim asks programs
that run regularly to stay far below its limit of one request per second for all users of an application together,
forbids autocomplete, and requires attribution: see `attribution`.
"""

from __future__ import annotations

import dataclasses
import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from geopy.adapters import URLLibAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeopyError,
)
from geopy.geocoders import Nominatim, Pelias, Photon

from rallymap import __version__
from rallymap.errors import PlaceRefusedError, PlaceServiceError
from rallymap.language import tr, trn
from rallymap.licences import SERVICE_CREDITS
from rallymap.own_command import own_command
from rallymap.places.answers import Candidate
from rallymap.places.service_answer_cache import ServiceAnswerCache
from rallymap.places.service_answers import READERS, share_confidence
from rallymap.settings import Settings

_PUBLIC_NOMINATIM: Final = "https://nominatim.openstreetmap.org"
_PUBLIC_DELAY_S: Final = 15.0
_TIMEOUT_S: Final = 20.0
_MOST_CANDIDATES: Final = 5
_RETRY_S: Final = 60.0
_LONGEST_RETRY_S: Final = 3600.0


class RemotePlaceService:
    """Client of one service; sends one request at a time and respects the rate limit.

    Parameters
    ----------
    service
        ``nominatim``, ``photon`` or ``pelias``.
    url
        Address of the server; "" for the public Nominatim.
    delay_s
        Seconds between two requests of all processes that share `answer_cache`.
    answer_cache
        Cache of answers and rate limits.
    contact
        Contact for the server's operator in the User-Agent header; can be empty.
    longest_wait_s
        If the wait would be longer than this, raise `PlaceServiceError` instead.
    sleep
        Function that waits for a number of seconds.

    Attributes
    ----------
    name, host
        Name and host of the service.
    attribution
        Credit to show wherever its answers are shown.
    delay_s
        Seconds between two requests; at least 1 for the public Nominatim.
    asked
        Number of requests sent by this object, not counting cached answers.

    Raises
    ------
    ValueError
        If the service is unknown, or a service other than Nominatim has no URL.
    """

    def __init__(
        self,
        service: str,
        url: str,
        *,
        delay_s: float = _PUBLIC_DELAY_S,
        answer_cache: ServiceAnswerCache,
        contact: str = "",
        longest_wait_s: float = 600.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if service not in READERS:
            raise ValueError(f"{service!r} is none of {', '.join(READERS)}")
        if not url and service != "nominatim":
            raise ValueError(f"{service} needs the address of a server")
        self.name = service
        self.attribution = f"Places by {SERVICE_CREDITS[service]}"
        self.asked = 0
        address = urlsplit(url or _PUBLIC_NOMINATIM)
        self.host = address.hostname or ""
        # Each server has its own cache entries and its own queue.
        self._key = f"{service} {address.netloc}{address.path}".rstrip("/")
        self.delay_s = max(delay_s, 1.0) if address.netloc == urlsplit(_PUBLIC_NOMINATIM).netloc else delay_s
        self._answer_cache = answer_cache
        self._longest_wait_s = longest_wait_s
        self._sleep = sleep
        self._one_at_a_time = threading.Lock()
        self._failures = 0
        self._refusal: str | None = None  # detail for the log; each caller gets a new error
        self._geocoder = _make_geocoder(service, address.scheme, f"{address.netloc}{address.path}".rstrip("/"), contact)

    @property
    def is_on(self) -> bool:
        """Whether the service may be used; see `switch`."""
        return not self._answer_cache.is_off(self._key)

    def switch(self, *, on: bool) -> None:
        """Switch the service on or off at run time, for all processes that share its cache.

        Switching it on also resets the refusal by the service.
        """
        self._answer_cache.switch(self._key, on=on)

    def look_up(self, text: str, country: str) -> tuple[Candidate, ...]:
        """Look up a place text in the cache, or else with the service.

        Parameters
        ----------
        text
            Place text.
        country
            Alpha-2 code of the country that the answer must be in, or "".

        Returns
        -------
        candidates
            Candidates, best first; () if the service knows none or is switched off.

        Raises
        ------
        PlaceServiceError
            If the service cannot be reached, is overloaded, or the queue is too long; keep the text pending.
        PlaceRefusedError
            If the service refuses our requests; it is then off for all processes until an operator switches it on.
        """
        if not self._may_ask():
            return ()
        known = self._answer_cache.find(self._key, text, country)
        if known is not None:
            return known
        with self._one_at_a_time:
            known = self._answer_cache.find(self._key, text, country)
            if known is not None:  # another thread sent the request while this one waited
                return known
            if not self._may_ask():
                return ()
            self._wait_for_turn()
            found = self._ask(text, country)
            self._failures = 0
            self._answer_cache.keep(self._key, text, country, found)
        return found

    def _may_ask(self) -> bool:
        if self.is_on:
            self._refusal = None
            return True
        if self._refusal is not None:
            raise _refused(self._refusal)
        return False

    def _wait_for_turn(self) -> None:
        wait_s, taken = self._answer_cache.reserve_request(self._key, self.delay_s, self._longest_wait_s)
        if not taken:
            raise PlaceServiceError(
                trn(
                    "The place service is busy for another {n} second; the place stays on the list.",
                    "The place service is busy for another {n} seconds; the place stays on the list.",
                    max(1, round(wait_s)),
                ),
                retry_after_s=wait_s,
            )
        if wait_s > 0:
            self._sleep(wait_s)

    def _ask(self, text: str, country: str) -> tuple[Candidate, ...]:
        self.asked += 1
        try:
            locations = self._geocoder.geocode(text, exactly_one=False, **_arguments(self.name, country)) or []
        except (ConfigurationError, GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges) as err:
            self._refusal = f"{self._key}: {err}"
            self.switch(on=False)
            raise _refused(self._refusal) from err
        except GeocoderRateLimited as err:
            raise self._fail(err, err.retry_after) from err
        except GeocoderQuotaExceeded as err:
            raise self._fail(err, _LONGEST_RETRY_S) from err
        except GeocoderQueryError:
            return ()  # 400, 413, 414: the server can never search for this text
        except GeopyError as err:
            raise self._fail(err, _asked_to_wait(err)) from err
        except (TypeError, ValueError, KeyError, AttributeError, IndexError) as err:
            raise self._fail(err, None) from err  # geopy assumes that all answers are well-formed
        try:
            found = [READERS[self.name](place.latitude, place.longitude, place.raw) for place in locations]
        except (TypeError, ValueError, KeyError, AttributeError) as err:
            raise self._fail(err, None) from err
        kept = [
            candidate
            for candidate in found
            if -90 <= candidate.lat <= 90 and -180 <= candidate.lon <= 180 and country in ("", candidate.country)
        ][:_MOST_CANDIDATES]
        confidence = share_confidence(kept)
        return tuple(dataclasses.replace(candidate, confidence=confidence) for candidate in kept)

    def _fail(self, err: Exception, retry_after_s: float | None) -> PlaceServiceError:
        """Block the queue for as long as the service says, or with exponential backoff; return the error to raise."""
        self._failures += 1
        if retry_after_s is None:
            retry_after_s = min(_LONGEST_RETRY_S, _RETRY_S * 2 ** (self._failures - 1))
        self._answer_cache.block_requests(self._key, retry_after_s)
        return PlaceServiceError(
            tr("The place service is not answering at the moment; the place stays on the list."),
            retry_after_s=retry_after_s,
            detail=f"{self._key}: {err!r}",
        )


def _refused(detail: str) -> PlaceRefusedError:
    return PlaceRefusedError(
        "The place service refuses our requests and is switched off now; look at its settings, "
        f"then switch it on with “{own_command('service on')}”.",
        detail=detail,
    )


def service_from_settings(
    settings: Settings, *, answers_path: Path | None = None, longest_wait_s: float = 600.0
) -> RemotePlaceService | None:
    """Create the client of the service in the settings; None if they name none (the default).

    `answers_path` replaces ``settings.answers_path``; see `RemotePlaceService` for `longest_wait_s`.

    Raises
    ------
    PlaceRefusedError
        If the settings are invalid, or the cache file cannot be used.
    """
    if not settings.geocoder:
        return None
    try:
        return RemotePlaceService(
            settings.geocoder,
            settings.geocoder_url,
            delay_s=settings.geocoder_delay_s,
            answer_cache=ServiceAnswerCache(answers_path or settings.answers_path),
            contact=settings.contact_url,
            longest_wait_s=longest_wait_s,
        )
    except (OSError, sqlite3.Error) as err:
        sentence = f"The file with the answers of place services cannot be used: {err}."
        raise PlaceRefusedError(sentence, detail=settings.geocoder) from err
    except (ValueError, ConfigurationError) as err:
        raise PlaceRefusedError(
            f"The settings of the place service cannot work: {err}.", detail=settings.geocoder
        ) from err


def _make_geocoder(service: str, scheme: str, domain: str, contact: str) -> Any:
    agent = f"rallymap/{__version__}" + (f" ({contact})" if contact else "")
    # If `requests` is installed, geopy would use it, and it retries by itself and sleeps for Retry-After.
    common = {"scheme": scheme, "timeout": _TIMEOUT_S, "user_agent": agent, "adapter_factory": URLLibAdapter}
    if service == "nominatim":
        return Nominatim(domain=domain, **common)
    return Photon(domain=domain, **common) if service == "photon" else Pelias(domain, **common)


def _arguments(service: str, country: str) -> Mapping[str, Any]:
    if service == "nominatim":
        return {
            "limit": _MOST_CANDIDATES,
            "addressdetails": True,
            "language": "en",
            "country_codes": country.lower() or None,
        }
    if service == "photon":
        return {"limit": _MOST_CANDIDATES, "language": "en"}
    return {"language": "en", "countries": [country] if country else None}


def _asked_to_wait(err: GeopyError) -> float | None:
    # geopy reads Retry-After only with status 429; busy servers also send it with 503.
    headers = getattr(err.__cause__, "headers", None) or {}
    value = next((headers[name] for name in headers if name.lower() == "retry-after"), "")
    return min(float(value), _LONGEST_RETRY_S * 24) if str(value).isdigit() else None
