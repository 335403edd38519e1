# One image for every process: web by default, `python manage.py worker`, `clock` or `migrate` by another command.
# docs/exploitation.md says how to run it.

# --- Dependencies and static files, with whatever building them needs ---
FROM python:3.13-slim-trixie AS build
ENV PYTHONDONTWRITEBYTECODE=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements-production.txt ./
RUN python -m venv --without-pip /venv \
    && pip --python /venv/bin/python install --no-cache-dir --require-hashes --requirement requirements-production.txt
COPY . ./
# Neither command opens the database; the production settings only want these to be there.
RUN export DJANGO_SETTINGS_MODULE=plateforme.settings.production \
        SECRET_KEY=used-by-this-command-only ALLOWED_HOSTS=localhost DATABASE_URL=postgresql://localhost/none \
    && /venv/bin/python manage.py compile_catalogues \
    && /venv/bin/python manage.py collectstatic --noinput --verbosity 0

# --- What runs ---
FROM python:3.13-slim-trixie AS runtime
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=plateforme.settings.production \
    MEDIA_ROOT=/media \
    PORT=8000
RUN groupadd --gid 10001 plateforme \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin plateforme \
    && install --directory --owner=10001 --group=10001 --mode=0755 /media \
    && install --directory --owner=10001 --group=10001 --mode=0700 /sauvegardes
# The code belongs to root: the process that runs it cannot change it.
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ARG RELEASE=""
ENV RELEASE=$RELEASE
USER 10001:10001

# --- Backups and restorations (`--target operations`): PostgreSQL's own tools besides ---
FROM runtime AS operations
USER 0:0
RUN apt-get update \
    && apt-get install --yes --no-install-recommends "postgresql-client-17=17.*" \
    && rm -rf /var/lib/apt/lists/*
USER 10001:10001
HEALTHCHECK NONE
CMD ["python", "manage.py", "backup", "/sauvegardes"]

# --- The image by default ---
FROM runtime AS web
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "site/plateforme/gunicorn.py"]
