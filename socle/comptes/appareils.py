"""Which browser and which system a session comes from, in words a person recognises."""

from django.utils.translation import gettext as _

# In order: most browsers also claim to be the ones below them.
_NAVIGATEURS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
_SYSTEMES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "CrOS": "ChromeOS",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


def appareil(user_agent: str) -> str:
    """Return "Firefox, Windows" for the signature that a browser sends; what is not recognised says so."""
    navigateur = next((nom for signe, nom in _NAVIGATEURS.items() if signe in user_agent), _("Navigateur inconnu"))
    systeme = next((nom for signe, nom in _SYSTEMES.items() if signe in user_agent), "")
    return f"{navigateur}, {systeme}" if systeme else navigateur
