"""Rules, days, hours and time zones that the tests try."""

import datetime
from zoneinfo import available_timezones

from hypothesis import strategies as st

from evenements.calendrier import DERNIER, NOMBRE_MAXIMUM, Frequence, Regle

PARIS = "Europe/Paris"
# Every leap day and both changes of hour of these years; no zone skips a whole day in them.
DEBUT, FIN = datetime.date(2024, 1, 1), datetime.date(2033, 12, 31)
REMARQUABLES = "2024-02-29 2028-02-29 2026-03-29 2026-10-25 2027-03-28 2027-10-31"
JOURS = st.dates(DEBUT, FIN) | st.sampled_from([datetime.date.fromisoformat(jour) for jour in REMARQUABLES.split()])
HEURES = st.times().map(lambda heure: heure.replace(second=0, microsecond=0)) | st.sampled_from(
    [
        datetime.time(0),
        datetime.time(1, 59),
        datetime.time(2),
        datetime.time(2, 30),
        datetime.time(3),
        datetime.time(23, 59),
    ]
)
FUSEAUX = st.just(PARIS) | st.sampled_from(
    # Offsets of half hours, a change of half an hour, changes at midnight, dates that are ours only at noon.
    [
        "Indian/Reunion",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "America/Havana",
        "UTC",
        "Pacific/Auckland",
        "Pacific/Kiritimati",
        "Pacific/Niue",
        "Africa/Cairo",
        "Asia/Beirut",
    ]
)
TOUS_LES_FUSEAUX = st.sampled_from(sorted(available_timezones() - {"localtime"}))

_semaines = st.sets(st.integers(0, 6), min_size=1).map(tuple)
_fins = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"jusqu_au": st.dates(DEBUT, datetime.date(2036, 1, 1))}),
    st.fixed_dictionaries({"nombre": st.integers(1, 100) | st.just(NOMBRE_MAXIMUM)}),
)
_formes = st.one_of(
    st.fixed_dictionaries(
        {"frequence": st.sampled_from([Frequence.HEBDOMADAIRE, Frequence.QUINZAINE]), "jours": _semaines}
    ),
    st.fixed_dictionaries(
        {
            "frequence": st.just(Frequence.MENSUELLE_JOUR),
            "jour_du_mois": st.integers(1, 31) | st.sampled_from([29, 30, 31, DERNIER]),
        }
    ),
    st.fixed_dictionaries(
        {
            "frequence": st.just(Frequence.MENSUELLE_RANG),
            "jours": st.integers(0, 6).map(lambda jour: (jour,)),
            "rang": st.sampled_from([1, 2, 3, 4, DERNIER]),
        }
    ),
)
REGLES = st.builds(lambda forme, fin: Regle(**forme, **fin), _formes, _fins)
