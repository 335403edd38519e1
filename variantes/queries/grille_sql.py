"""The parts of the questions of the grid, in SQL. Values are always parameters."""

# The French pages, and one page of each text that has no French page; `p` is what conditions are on.
LIGNES = """
lignes AS (
  SELECT p.id, p.translation_key, p.draft_title AS titre, p.path, p.live, p.first_published_at, p.content_type_id,
         p.locale_id <> %(fr)s AS sans_source
  FROM wagtailcore_page p
  WHERE p.locale_id = %(fr)s AND p.depth > 1 AND p.alias_of_id IS NULL{conditions}
  UNION ALL
  SELECT p.id, p.translation_key, p.draft_title, p.path, p.live, p.first_published_at, p.content_type_id, true
  FROM (
    SELECT DISTINCT ON (alone.translation_key) alone.*
    FROM wagtailcore_page alone
    LEFT JOIN wagtailcore_page french ON french.translation_key = alone.translation_key AND french.locale_id = %(fr)s
    WHERE french.id IS NULL AND alone.locale_id <> %(fr)s AND alone.depth > 1 AND alone.alias_of_id IS NULL
    ORDER BY alone.translation_key, alone.id
  ) p
  WHERE true{conditions}
)"""

# The same for pages that have been chosen already.
CHOISIES = """
lignes AS (
  SELECT p.id, p.translation_key, p.draft_title AS titre, p.path, p.live, p.first_published_at, p.content_type_id,
         p.locale_id <> %(fr)s AS sans_source
  FROM wagtailcore_page p WHERE p.id = ANY(%(choisies)s)
)"""

# Whether a restriction stands at or above a page.
RESTREINTE = """EXISTS (
  SELECT 1 FROM wagtailcore_pageviewrestriction closed
  JOIN wagtailcore_page closed_page ON closed_page.id = closed.page_id
  WHERE starts_with({path}, closed_page.path)
)"""

# What anyone may read, what the person has a right on or began, and what she has such a version of.
VISIBLE = f"""
  (p.live AND NOT {RESTREINTE.format(path="p.path")})
  OR p.path LIKE ANY(%(branches)s) OR p.owner_id = %(user)s
  OR EXISTS (
    SELECT 1 FROM wagtailcore_page own WHERE own.translation_key = p.translation_key
    AND (own.path LIKE ANY(%(branches)s) OR own.owner_id = %(user)s)
  )
"""  # noqa: S608 -- names of ours

# A string is translated when its words are there, nothing is wrong with them, and a person has read those of a machine.
# The address may keep its own.
_CHAINES = """
  JOIN wagtail_localize_stringsegment segment ON segment.source_id = translation.source_id
  JOIN wagtail_localize_translationcontext context ON context.id = segment.context_id AND context.path <> 'slug'
  LEFT JOIN wagtail_localize_stringtranslation translated
    ON translated.translation_of_id = segment.string_id AND translated.context_id = segment.context_id
    AND translated.locale_id = translation.target_locale_id
    AND NOT translated.has_error AND translated.data <> ''
    AND (translated.translation_type <> 'machine' OR EXISTS (
      SELECT 1 FROM variantes_lecturemachine lu
      WHERE lu.string_translation_id = translated.id AND lu.texte = translated.data
    ))
"""
_COMPTE = "count(*) AS chaines, count(*) FILTER (WHERE translated.id IS NULL) AS manquantes"
_TRADUCTIONS = """
  FROM wagtail_localize_translation translation
  JOIN wagtail_localize_translationsource source ON source.id = translation.source_id AND source.locale_id = %(fr)s
"""
_VOULUES = """translation.enabled AND translation.target_locale_id = ANY(%(locales)s)"""

# The strings of every translation: as they were counted, and those that have changed since.
AVANCEMENT = f"""
avancement AS (
  SELECT source.object_id AS translation_key, translation.target_locale_id AS locale_id,
         counted.chaines::bigint AS chaines, counted.manquantes::bigint AS manquantes
  {_TRADUCTIONS}
  JOIN variantes_avancementtraduction counted ON counted.translation_id = translation.id AND NOT counted.perimee
  WHERE {_VOULUES}
  UNION ALL
  SELECT source.object_id, translation.target_locale_id, {_COMPTE}
  {_TRADUCTIONS} {_CHAINES}
  WHERE {_VOULUES} AND NOT EXISTS (
    SELECT 1 FROM variantes_avancementtraduction counted
    WHERE counted.translation_id = translation.id AND NOT counted.perimee
  )
  GROUP BY 1, 2
)"""  # noqa: S608 -- names of ours
# Those of a few pages, counted now, and who translated one last.
AVANCEMENT_DES_CHOISIES = f"""
avancement AS (
  SELECT source.object_id AS translation_key, translation.target_locale_id AS locale_id, {_COMPTE},
         max(translated.updated_at) AS traduite_le,
         (array_agg(translated.last_translated_by_id ORDER BY translated.updated_at DESC NULLS LAST))[1] AS traduite_par
  {_TRADUCTIONS} {_CHAINES}
  WHERE {_VOULUES} AND source.object_id IN (SELECT translation_key FROM lignes)
  GROUP BY 1, 2
)"""  # noqa: S608 -- names of ours

RECOMPTER = f"""
UPDATE variantes_avancementtraduction kept SET chaines = found.chaines, manquantes = found.manquantes
FROM (
  SELECT translation.id, {_COMPTE} FROM wagtail_localize_translation translation {_CHAINES}
  WHERE translation.id = ANY(%(translations)s) GROUP BY 1
) found
WHERE found.id = kept.translation_id
"""  # noqa: S608 -- names of ours

# The state of each page in each language; NULL where nothing is expected.
CELLULES = """
relectures AS (
  SELECT review.object_id::int AS page_id, review.status, review.requested_by_id, step.started_at
  FROM wagtailcore_workflowstate review
  LEFT JOIN wagtailcore_taskstate step ON step.id = review.current_task_state_id
  WHERE review.status IN ('in_progress', 'needs_changes') AND review.base_content_type_id = %(pages)s
),
reperees AS (
  SELECT ligne.id AS ligne, langue.id AS locale_id, ligne.translation_key,
    ligne.live AS source_publique, ligne.first_published_at AS source_le, ligne.sans_source,
    page.id AS page_id, page.live AS publique, page.alias_of_id, page.owner_id AS proprietaire,
    page.last_published_at, page.latest_revision_created_at, page.latest_revision_id,
    coalesce(version.numero, 0) AS numero, version.majeure_le,
    fraicheur.verifiee_le, fraicheur.verifiee_par_nom,
    coalesce(fraicheur.version_publique,
      CASE WHEN page.last_published_at < version.majeure_le THEN version.numero - 1 ELSE version.numero END,
      0) AS version_publique,
    coalesce(fraicheur.version_brouillon,
      CASE WHEN page.latest_revision_created_at < version.majeure_le THEN version.numero - 1 ELSE version.numero END,
      0) AS version_brouillon,
    review.status AS relecture, review.requested_by_id, review.started_at,
    strings.chaines, coalesce(strings.manquantes, 0) AS manquantes
  FROM lignes ligne
  CROSS JOIN unnest(%(locales)s::int[]) AS langue(id)
  LEFT JOIN wagtailcore_page page ON page.translation_key = ligne.translation_key AND page.locale_id = langue.id
  LEFT JOIN variantes_fraicheurpage fraicheur ON fraicheur.page_id = page.id
  LEFT JOIN variantes_versionsource version ON version.translation_key = ligne.translation_key
  LEFT JOIN relectures review ON review.page_id = page.id
  LEFT JOIN avancement strings ON strings.translation_key = ligne.translation_key AND strings.locale_id = langue.id
),
cellules AS (
  SELECT reperees.*,
    coalesce(publique AND alias_of_id IS NULL AND version_publique < numero, false) AS en_retard,
    CASE
      WHEN page_id IS NULL THEN
        CASE WHEN sans_source THEN NULL WHEN source_publique THEN 'manquante' ELSE 'attente' END
      WHEN alias_of_id IS NOT NULL THEN 'alias'
      WHEN sans_source THEN 'sans_source'
      WHEN relecture = 'in_progress' THEN 'relecture'
      WHEN publique AND version_publique < numero THEN 'retard'
      WHEN manquantes > 0 THEN 'incomplete'
      WHEN publique THEN 'a_jour'
      ELSE 'brouillon'
    END AS etat
  FROM reperees
)"""

COMPTER = """
SELECT NULL::int AS ligne, etat, locale_id, count(*) FROM cellules WHERE etat IS NOT NULL GROUP BY etat, locale_id
"""
CHOISIR = """
SELECT id AS ligne, NULL, NULL, row_number() OVER (ORDER BY {order}) FROM lignes WHERE {conditions}
"""
AYANT = "id IN (SELECT ligne FROM cellules WHERE {conditions})"
# What a person began, or changed last.
MIENNES = """
proprietaire = %(user)s OR latest_revision_id IN (
  SELECT mine.id FROM wagtailcore_revision mine WHERE mine.user_id = %(user)s
)
"""

DETAILS = f"""
SELECT cellule.ligne, ligne.titre AS ligne_titre, ligne.path AS ligne_path, ligne.live AS ligne_publique,
  ligne.content_type_id, ligne.sans_source, {RESTREINTE.format(path="ligne.path")} AS restreinte,
  cellule.locale_id, cellule.page_id, cellule.etat, cellule.en_retard, cellule.numero, cellule.majeure_le,
  revision.user_id AS modifiee_par, cellule.proprietaire, cellule.manquantes, coalesce(cellule.chaines, 0) AS chaines,
  coalesce(page.draft_title, '') AS titre, coalesce(page.path, '') AS path, coalesce(page.live, false) AS publique,
  coalesce(cellule.version_brouillon < cellule.numero AND cellule.alias_of_id IS NULL, false) AS brouillon_ancien,
  cellule.chaines IS NOT NULL AS synchronisee,
  coalesce(cellule.relecture = 'needs_changes', false) AS modifications_demandees,
  coalesce(page.live AND page.has_unpublished_changes, false) AS brouillon_en_cours,
  CASE WHEN cellule.verifiee_le > coalesce(page.last_published_at, '-infinity') THEN cellule.verifiee_le END
    AS verifiee_le,
  CASE WHEN cellule.etat = 'a_jour' AND cellule.verifiee_le > coalesce(page.last_published_at, '-infinity')
    THEN cellule.verifiee_par_nom END AS verifiee_par_nom,
  CASE cellule.etat
    WHEN 'manquante' THEN cellule.source_le
    WHEN 'retard' THEN cellule.majeure_le
    WHEN 'relecture' THEN cellule.started_at
    WHEN 'a_jour' THEN greatest(cellule.last_published_at, cellule.verifiee_le)
    WHEN 'alias' THEN cellule.last_published_at
    WHEN 'attente' THEN NULL
    ELSE greatest(cellule.latest_revision_created_at, strings.traduite_le)
  END AS depuis,
  CASE
    WHEN cellule.etat = 'relecture' THEN cellule.requested_by_id
    WHEN strings.traduite_le > coalesce(cellule.latest_revision_created_at, '-infinity')
      THEN strings.traduite_par
    ELSE coalesce(revision.user_id, strings.traduite_par)
  END AS qui_id
FROM cellules cellule
JOIN lignes ligne ON ligne.id = cellule.ligne
LEFT JOIN wagtailcore_page page ON page.id = cellule.page_id
LEFT JOIN wagtailcore_revision revision ON revision.id = cellule.latest_revision_id
LEFT JOIN avancement strings
  ON strings.translation_key = cellule.translation_key AND strings.locale_id = cellule.locale_id
"""  # noqa: S608 -- names of ours
