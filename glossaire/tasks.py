"""The work of an import, out of the way of whoever asked for it."""

from django_tasks import task


@task()
def poursuivre_import(importation_id: int) -> None:
    """Do what remains of an import. Run twice, it does nothing twice."""
    from glossaire.operations.import_termes import executer

    executer(importation_id)
