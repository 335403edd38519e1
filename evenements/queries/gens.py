"""Who organises and who leads a meeting."""

from django.db.models import Value

from evenements.models import AnimateurEvenement, Evenement, OrganisateurEvenement


def lire_les_gens(evenement: Evenement) -> None:
    """Read in one query what `qui_organise` and `qui_anime` of an event answer, for a page that shows both."""
    organise = OrganisateurEvenement.objects.filter(evenement=evenement).order_by()
    anime = AnimateurEvenement.objects.filter(evenement=evenement).order_by()
    rows = organise.values_list("ordre", "pk", "nom", "url", Value(""), Value("organise")).union(
        anime.values_list("ordre", "pk", "nom", "cote", "fonction", Value("anime")), all=True
    )
    organisateurs, animateurs = [], []
    for ordre, pk, nom, url_ou_cote, fonction, quoi in sorted(rows):
        if quoi == "organise":
            organisateurs.append(
                OrganisateurEvenement(pk=pk, evenement=evenement, nom=nom, url=url_ou_cote, ordre=ordre)
            )
        else:
            animateurs.append(
                AnimateurEvenement(
                    pk=pk, evenement=evenement, nom=nom, cote=url_ou_cote, fonction=fonction, ordre=ordre
                )
            )
    evenement.__dict__.update(qui_organise=organisateurs, qui_anime=animateurs)
