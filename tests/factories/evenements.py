"""Places, events, their dates, their pages and those who register."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Page

from evenements.models import (
    AgendaPage,
    AnimateurEvenement,
    Evenement,
    EvenementPage,
    Inscription,
    OrganisateurEvenement,
    QuotaParticipants,
    Seance,
)
from socle.dates import today
from socle.models import Lieu
from tests.factories.pages import BasePageFactory, accueil
from tests.factories.vocabulaires import termes

EVENEMENT_VOCABULAIRES = ("publics", "thematiques", "natures")


class LieuFactory(DjangoModelFactory):
    """A place in Saint-Denis."""

    class Meta:
        model = Lieu

    nom = factory.Sequence(lambda n: f"Maison des usagers {n}")
    adresse = "1 rue de l’Exemple"
    code_postal = "93200"
    commune = "Saint-Denis"
    code_insee = "93066"
    departement = "93"
    latitude = 48.9356
    longitude = 2.3539


class EvenementFactory(DjangoModelFactory):
    """An event in ten days, from 14:00 to 16:00, with its date and without a page.

    `dans=-3` moves it; `seance=False` leaves the date out; `quotas={"usager": 2}`, `organisateurs=["ARS"]`,
    `animateurs=[("Camille Exemple", "usager")]`, `responsables=[user]`.
    """

    class Meta:
        model = Evenement

    class Params:
        dans = 10
        en_ligne = factory.Trait(mode="en_ligne", lieu=None, lien_en_ligne="https://visio.exemple.org/salle-secrete")

    nom = factory.Sequence(lambda n: f"Rencontre {n:03}")
    jour = factory.LazyAttribute(lambda facts: today() + datetime.timedelta(days=facts.dans))
    jour_fin = factory.SelfAttribute("jour")
    heure_debut = datetime.time(14)
    heure_fin = datetime.time(16)
    lieu = factory.SubFactory(LieuFactory)

    @classmethod
    def _create(cls, model_class: type[Evenement], *args: Any, **kwargs: Any) -> Evenement:
        seance = kwargs.pop("seance", True)
        quotas = kwargs.pop("quotas", {})
        organisateurs, animateurs = kwargs.pop("organisateurs", ()), kwargs.pop("animateurs", ())
        responsables = kwargs.pop("responsables", ())
        event: Evenement = super()._create(model_class, *args, **kwargs)
        for genre, places in quotas.items():
            QuotaParticipants.objects.create(evenement=event, genre=genre, places=places)
        for rank, nom in enumerate(organisateurs):
            OrganisateurEvenement.objects.create(evenement=event, nom=nom, ordre=rank)
        for rank, (nom, cote) in enumerate(animateurs):
            AnimateurEvenement.objects.create(evenement=event, nom=nom, cote=cote, ordre=rank)
        if responsables:
            event.responsables.set(responsables)
            event.save()
        if seance:
            SeanceFactory(evenement=event)
        return event


def instant(jour: datetime.date, heure: datetime.time | None, fuseau: str) -> datetime.datetime:
    return datetime.datetime.combine(jour, heure or datetime.time(0), ZoneInfo(fuseau))


class SeanceFactory(DjangoModelFactory):
    """A date with the facts of its event; `jour` moves it."""

    class Meta:
        model = Seance

    evenement = factory.SubFactory(EvenementFactory, seance=False)
    jour = factory.SelfAttribute("evenement.jour")
    jour_prevu = factory.SelfAttribute("jour")
    jour_fin = factory.LazyAttribute(lambda date: date.jour + (date.evenement.jour_fin - date.evenement.jour))
    debut = factory.LazyAttribute(lambda date: instant(date.jour, date.evenement.heure_debut, date.evenement.fuseau))
    fin = factory.LazyAttribute(
        lambda date: (
            instant(date.jour_fin, date.evenement.heure_fin, date.evenement.fuseau)
            if date.evenement.heure_fin
            else instant(date.jour_fin + datetime.timedelta(days=1), None, date.evenement.fuseau)
        )
    )
    journee_entiere = factory.LazyAttribute(lambda date: date.evenement.heure_debut is None)
    mode = factory.SelfAttribute("evenement.mode")
    lieu = factory.SelfAttribute("evenement.lieu")
    lien_en_ligne = factory.SelfAttribute("evenement.lien_en_ligne")
    capacite = factory.SelfAttribute("evenement.capacite")


class InscriptionFactory(DjangoModelFactory):
    """Somebody who has a seat; `etat="en_attente"` (or "offre", "a_confirmer", "annulee", "expiree") says otherwise."""

    class Meta:
        model = Inscription

    seance = factory.LazyAttribute(lambda _one: EvenementFactory().seances.get())
    nom = factory.Sequence(lambda n: f"Personne {n}")
    courriel = factory.Sequence(lambda n: f"personne-{n}@exemple.test")
    genre = "usager"
    departement = "93"
    etat = "confirmee"
    confirmee_le = factory.LazyAttribute(lambda one: timezone.now() if one.etat == "confirmee" else None)
    attend_depuis = factory.LazyAttribute(lambda one: timezone.now() if one.etat in {"en_attente", "offre"} else None)
    offre_expire_le = factory.LazyAttribute(
        lambda one: timezone.now() + datetime.timedelta(hours=24) if one.etat == "offre" else None
    )
    close_le = factory.LazyAttribute(lambda one: timezone.now() if one.etat in {"annulee", "expiree"} else None)


def agenda(langue: str = "fr") -> AgendaPage:
    """Return the agenda of a language, made if there is none; that of French comes first."""
    existing = AgendaPage.objects.filter(locale__language_code=langue).first()
    if existing is not None:
        return existing
    source = agenda("fr") if langue != "fr" else None
    return AgendaPageFactory(parent=accueil(langue), version_de=source)


class AgendaPageFactory(BasePageFactory):
    class Meta:
        model = AgendaPage

    title = "Agenda"
    slug = "agenda"


class EvenementPageFactory(BasePageFactory):
    """The page of an event in a language: `langue="en"`; `evenement` brings the facts, else one in ten days."""

    class Meta:
        model = EvenementPage

    class Params:
        langue = "fr"

    parent = factory.LazyAttribute(lambda page: agenda(page.langue))
    evenement = factory.SubFactory(EvenementFactory)
    translation_key = factory.SelfAttribute("evenement.cle")
    title = factory.SelfAttribute("evenement.nom")
    resume = "Ce qui s’y passe."

    @classmethod
    def _create_instance(cls, model_class: type[EvenementPage], parent: Page, kwargs: dict[str, Any]) -> EvenementPage:
        langue = kwargs["locale"].language_code
        slugs = {name: kwargs.pop(name) for name in EVENEMENT_VOCABULAIRES if name in kwargs}
        kwargs |= {name: termes(name, values, langue) for name, values in slugs.items()}
        return super()._create_instance(model_class, parent, kwargs)
