"""`manage.py check_falc [TARGET …]`: what can be made easier in pages and files in FALC."""

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from variantes.falc import REGLES, Constat, Niveau
from variantes.operations.controle import controler_tout
from variantes.queries.cibles_falc import CibleError, Controlee, controler

RANGS = [Niveau.ERREUR, Niveau.ATTENTION, Niveau.INFO]
NOMS = {
    Niveau.ERREUR: ("erreur", "erreurs"),
    Niveau.ATTENTION: ("point d’attention", "points d’attention"),
    Niveau.INFO: ("remarque", "remarques"),
}


class Command(BaseCommand):
    help = (
        "Contrôle des textes en FALC. Sans cible : toutes les pages en FALC que les lecteurs voient. "
        "Le code de sortie est 1 s’il y a une erreur, 2 si une cible ne peut pas être contrôlée."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "cibles",
            nargs="*",
            metavar="CIBLE",
            help="numéro, adresse ou nom court d’une page ; fichier .txt, .md ou .html ; - pour l’entrée standard",
        )
        parser.add_argument("--drafts", action="store_true", help="lire la dernière version, même non publiée")
        parser.add_argument("--json", action="store_true", help="répondre en JSON")
        parser.add_argument(
            "--recount",
            action="store_true",
            help="compter de nouveau ce que montre la liste des pages, après un changement des règles",
        )
        parser.add_argument(
            "--level",
            choices=[level.value for level in RANGS],
            default=Niveau.INFO.value,
            help="ne montrer que ce niveau et les plus graves (info : tout)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["recount"]:
            self.stdout.write(f"{controler_tout()} pages en FALC recomptées.")
            return
        self.shown = RANGS[: RANGS.index(Niveau(options["level"])) + 1]
        total: Counter[Niveau] = Counter()
        answers = []
        try:
            for checked in controler(options["cibles"], brouillons=options["drafts"]):
                total.update(constat.niveau for constat in checked.constats)
                if options["json"]:
                    answers.append(self.as_json(checked))
                else:
                    self.show(checked)
        except CibleError as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            counts = {level.value: total[level] for level in RANGS}
            self.stdout.write(json.dumps({"textes": answers, "total": counts}, ensure_ascii=False, indent=2))
        elif options["verbosity"]:
            self.stdout.write(f"En tout : {compte(total)}.")
        if total[Niveau.ERREUR]:
            raise SystemExit(1)

    def as_json(self, checked: Controlee) -> dict[str, Any]:
        found = [{**asdict(each), "numero": REGLES[each.regle].numero} for each in self.kept(checked)]
        return {"nom": checked.nom, "adresse": checked.adresse, "constats": found}

    def kept(self, checked: Controlee) -> list[Constat]:
        return [each for each in checked.constats if each.niveau in self.shown]

    def show(self, checked: Controlee) -> None:
        styles = {Niveau.ERREUR: self.style.ERROR, Niveau.ATTENTION: self.style.WARNING, Niveau.INFO: self.style.NOTICE}
        address = checked.adresse if checked.adresse != checked.nom else ""
        self.stdout.write(self.style.MIGRATE_HEADING(f"{checked.nom} {address}".rstrip()))
        for each in self.kept(checked):
            place = each.cle if each.cle.startswith("ligne ") else f"ligne {each.ligne}" if each.ligne else "page"
            level = styles[each.niveau](NOMS[each.niveau][0])
            words = f" : « {each.extrait} »" if each.extrait else ""
            self.stdout.write(f"  {place} · {level} · règle {REGLES[each.regle].numero} · {each.titre}{words}")
            self.stdout.write(f"      {each.raison}")
            for number, line in enumerate(each.exemple.split("\n")):
                self.stdout.write(f"      {'→' if not number else ' '} {line}")
        counts = Counter(each.niveau for each in checked.constats)
        self.stdout.write(f"  {compte(counts)}\n")


def compte(counts: Counter[Niveau]) -> str:
    """Say how many findings there are of each level."""
    return ", ".join(f"{counts[level]} {NOMS[level][counts[level] > 1]}" for level in RANGS)
