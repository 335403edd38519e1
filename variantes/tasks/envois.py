"""The work of a sending, out of the way of whoever asked for it."""

from django_tasks import task


@task()
def poursuivre_envoi(envoi_id: int) -> None:
    """Do what remains of a sending. Run twice, it does nothing twice."""
    from variantes.operations.envois import executer

    executer(envoi_id)
