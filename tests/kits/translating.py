"""A Spanish translation of a part of the small kit, made from the originals as they stand."""

from kits.check import check_folder
from kits.originals import original_of_step, originals_of
from tests.kits.conftest import KitFolder

WORDS, LESSON = "translations/es/words.yaml", "translations/es/lessons/the-storm.md"

_WORDS = """\
facts:
  storm-days:
    of: {storm_days}
    statement: Según The Harbour Gazette, la lámpara ardió 19 días sin relevo.
    words:
      nineteen days without relief: diecinueve días sin relevo
conflicts:
  how-long-the-storm:
    of: {how_long_the_storm}
    title: ¿Cuánto duró la tormenta?
    readings: [19 días, casi un mes]
    why: La reseña recuerda; el periódico preguntó.
    conclusion: La cuenta de la farera es el mejor testimonio, pero es de una sola persona.
prompts:
  stay-at-your-post:
    of: {stay_at_your_post}
    text: ¿Te quedarías en tu puesto si nadie pudiera venir a relevarte?
    sensitive: Miedo a las tormentas.
    teacher_note: Pida razones.
    right_to_pass: Escribe sobre el puesto de otra persona.
    position: {{from: se iría, to: se quedaría}}
questions:
  storm-how-long:
    of: {storm_how_long}
    stem: Según The Harbour Gazette, ¿cuántos días ardió la lámpara sin relevo?
    words: {{3 days: 3 días, 7 days: 7 días, 19 days: 19 días, 90 days: 90 días}}
    feedback:
      right: Exacto.
      wrong: "Mira cómo cuenta la Gazette.[^storm-days]"
      answers:
        - {{to: 90 days, text: Ningún texto habla de 90 días.}}
  film-who-did-what:
    of: {film_who_did_what}
    stem: Une cada tarea con un nombre.
    explanation: Las tres están en los textos.
    words:
      music: música
      direction: dirección
      people at the first showing: gente en el estreno
      Ines Varga: Ines Varga
      Jonas Bly: Jonas Bly
      200 people: 200 personas
  storm-who-says-month:
    of: {storm_who_says_month}
    stem: ¿Qué texto dice que la tormenta duró casi un mes?
"""

_LESSON = """\
---
key: the-storm
of: {the_storm}
title: La tormenta
essential_question: ¿Cuánto es mucho?
summary: Dos textos, una tormenta.
objectives: [Saben comparar dos fuentes.]
content_note: Una tormenta.
missing: La película misma.
alternative_task: Escribe el diario de un día.
---

Empiece por el mapa.

## Read: Lo que se escribió
of: {step_1}

La lámpara ardió 19 días, dice un periódico.[^storm-days] Una farera espera el [relevo](term:relief).

- Léelo dos veces, en 5 minutos.
- ¿Quién lo dice?

### For the teacher

El otro texto dice casi un mes. Nadie tiene que decidirlo.

## Look: Lado a lado
of: {step_2}

Compara [las dos duraciones](conflict:how-long-the-storm).

## Check: Lo que sabemos
of: {step_3}

Responde por tu cuenta.

## Discuss: A quién creer
of: {step_4}

Hablen por turnos.

## Extension: En casa
of: {step_5}

Escribe un diario.
"""


def marks(kit: KitFolder) -> dict[str, str]:
    """The marks of the kit's elements by their keys, hyphens turned to underscores, and of the storm's steps."""
    report = check_folder(kit.path)
    assert report.kit is not None
    assert report.drafts is not None
    found = {key.replace("-", "_"): each.mark for (_kind, key), each in originals_of(report.kit, report.drafts).items()}
    lesson = next(each for each in report.kit.lessons if each.key == "the-storm")
    steps = {f"step_{number}": original_of_step(step).mark for number, step in enumerate(lesson.steps, 1)}
    return found | steps


def translate(kit: KitFolder) -> KitFolder:
    """Put the translation into the kit."""
    known = marks(kit)
    kit.write(WORDS, _WORDS.format(**known))
    return kit.write(LESSON, _LESSON.format(**known))
