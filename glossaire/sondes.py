"""Asks an address whether it answers, and nothing more: no body is read, no private network is reached.

Editors write the addresses: one that leads inside the network, by its name, by a redirection or by a name that changes
its mind, is refused. Names are resolved once, here, and the connection goes to the address that was checked.
"""

import ipaddress
import socket
import time
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

ATTENTE = Timeout(connect=3, read=5)
REDIRECTIONS = 5
LONGUEUR_MAX = 500
# For one address, redirections included.
TEMPS_MAX = 15
ENTETES = {"User-Agent": "Mozilla/5.0 (compatible; verification-des-sources)", "Accept": "*/*"}
NAT64 = ipaddress.ip_network("64:ff9b::/96")
PORTS = {"http": 80, "https": 443}
# What a site answers to a method that it does not know, or to a machine: asked again as a reader would.
A_REDEMANDER = frozenset({400, 403, 404, 405, 406, 500, 501, 503})


class AdresseRefuseeError(Exception):
    """The address leads nowhere that may be asked."""


@dataclass(frozen=True)
class Reponse:
    """What an address answered: its status, or nothing where no one did."""

    code: int | None


def malformee(adresse: str) -> bool:
    """Tell whether no browser would open the address."""
    try:
        parts = urlsplit(adresse)
        port = parts.port
    except ValueError:
        return True
    if len(adresse) > LONGUEUR_MAX or port == 0:
        return True
    return parts.scheme not in PORTS or "." not in (parts.hostname or "")


def est_publique(ip: str) -> bool:
    """Tell whether an IP address is one of the public Internet; of one that carries another, both are."""
    address = ipaddress.ip_address(ip)
    carried: list[ipaddress.IPv4Address | None] = []
    if isinstance(address, ipaddress.IPv6Address):
        carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in NAT64:
            carried.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    every = [address, *(each for each in carried if each)]
    return all(each.is_global and not each.is_multicast for each in every)


def demander(adresse: str) -> Reponse:
    """Ask an address, by HEAD then by GET; raise `AdresseRefuseeError` where it may not be asked."""
    end = time.monotonic() + TEMPS_MAX
    found = _suivre("HEAD", adresse, end)
    if found.code is None or found.code in A_REDEMANDER:
        found = _suivre("GET", adresse, end)
    return found


def _suivre(method: str, adresse: str, end: float) -> Reponse:
    for _rank in range(REDIRECTIONS + 1):
        if time.monotonic() > end:
            break
        try:
            code, location = _demander(method, adresse)
            if not location or code not in {301, 302, 303, 307, 308}:
                return Reponse(code)
            adresse = urljoin(adresse, location)
        except (HTTPError, HTTPException, OSError, ValueError):
            break
    return Reponse(None)


def _demander(method: str, adresse: str) -> tuple[int, str]:
    """Return the status, and where it leads."""
    if malformee(adresse):
        raise AdresseRefuseeError
    parts = urlsplit(adresse)
    name, port = _nom(str(parts.hostname)), parts.port or PORTS[parts.scheme]
    ip = _resoudre(name, port)
    headers = {**ENTETES, "Host": name if port == PORTS[parts.scheme] else f"{name}:{port}"}
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    pool = (
        HTTPSConnectionPool(ip, port, server_hostname=name, assert_hostname=name)
        if parts.scheme == "https"
        else HTTPConnectionPool(ip, port)
    )
    with pool:
        answer: BaseHTTPResponse = pool.urlopen(
            method, path, headers=headers, timeout=ATTENTE, retries=False, redirect=False, preload_content=False
        )
        location = answer.headers.get("Location", "")
        answer.close()
        return answer.status, location


def _nom(name: str) -> str:
    """Return a host name as it is asked for: "élysée.fr" is "xn--lyse-9oad.fr"."""
    try:
        return name.encode("idna").decode()
    except UnicodeError as error:
        raise AdresseRefuseeError from error


def _resoudre(name: str, port: int) -> str:
    """Return the IP address to connect to; raise where any of those of the name is private."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    ips = [str(each[4][0]).partition("%")[0] for each in found]
    if not ips or not all(est_publique(ip) for ip in ips):
        raise AdresseRefuseeError
    return ips[0]
