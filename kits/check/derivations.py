"""Derivations computed again: what the named operation gives from the named facts must be the fact's value."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import reduce

from classroom.library.values import Value, ValueType, near, same
from classroom.library.values.dates import date_precision, date_span
from kits.reading.places import Problem
from kits.reading.shapes import Fact

MINUTES = {"minute": Decimal(1), "hour": Decimal(60), "day": Decimal(1440), "week": Decimal(10080)}
MONTHS = {"month": Decimal(1), "year": Decimal(12)}


class CannotCompute(ValueError):
    """The facts do not fit the operation; the message says why."""


def derivation_faults(fact: Fact, facts: Mapping[str, Fact], values: Mapping[str, Value]) -> Iterator[Problem]:
    """Faults of one derived fact. Facts that could not be read are reported elsewhere, and end the check here."""
    derivation = fact.derivation
    if derivation is None:
        return
    if fact.nature != "derived":
        yield fact.at.problem(f"{fact.key} has a derivation, so its nature is derived", field="nature")
    if fact.key in derivation.from_facts:
        yield fact.at.problem(f"{fact.key} is derived from itself", field="derivation")
        return
    if derivation.operation == "reading" or not all(key in values for key in derivation.from_facts):
        return
    try:
        result = compute(derivation.operation, [values[key] for key in derivation.from_facts], values[fact.key])
    except CannotCompute as error:
        yield fact.at.problem(f"{fact.key}: {error}", field="derivation")
        return
    if not _agrees(result, values[fact.key]):
        yield fact.at.problem(
            f"{fact.key}: {derivation.operation} gives {result.normalize():f}, not {values[fact.key].raw}",
            field="value",
        )


def compute(operation: str, parts: list[Value], goal: Value) -> Decimal:
    """What the operation gives, in the unit of `goal`. Raises CannotCompute."""
    if goal.type not in {ValueType.COUNT, ValueType.DURATION, ValueType.MONEY, ValueType.RATING}:
        raise CannotCompute(f"the result of {operation} is a number, but the fact's value is a {goal.type}")
    if operation == "count":
        return Decimal(len(parts))
    if operation == "days-between":
        return _days_between(parts)
    if operation == "years-between":
        return _years_between(parts)
    numbers = [_in_unit(part, goal) if operation in {"difference", "sum"} else _number(part) for part in parts]
    return _arithmetic(operation, numbers)


def _arithmetic(operation: str, numbers: list[Decimal]) -> Decimal:
    if operation in {"difference", "quotient"} and len(numbers) != 2:
        raise CannotCompute(f"{operation} takes two facts, not {len(numbers)}")
    if operation == "difference":
        return numbers[0] - numbers[1]
    if operation == "sum":
        return sum(numbers, Decimal(0))
    if operation == "product":
        return reduce(Decimal.__mul__, numbers, Decimal(1))
    try:
        return numbers[0] / numbers[1]
    except (ZeroDivisionError, InvalidOperation) as error:
        raise CannotCompute("a number cannot be divided by zero") from error


def _ends(parts: list[Value], operation: str) -> tuple[str, str]:
    """The two dates: of two dates in order, or of one period."""
    if len(parts) == 1 and parts[0].type is ValueType.PERIOD:
        start, _, end = parts[0].text.partition("/")
        return start, end
    if len(parts) == 2 and all(part.type is ValueType.DATE for part in parts):
        return parts[0].text, parts[1].text
    raise CannotCompute(f"{operation} takes two dates, or one period")


def _days_between(parts: list[Value]) -> Decimal:
    start, end = _ends(parts, "days-between")
    precisions = {date_precision(start), date_precision(end)}
    if precisions not in ({"day"}, {"day-of-year"}):
        raise CannotCompute("days-between takes two dates to the day, both with a year or both without")
    days = (date_span(end)[0] - date_span(start)[0]).days
    if days < 0:
        raise CannotCompute("days-between takes the earlier date first")
    return Decimal(days)


def _years_between(parts: list[Value]) -> Decimal:
    start, end = _ends(parts, "years-between")
    if "day-of-year" in {date_precision(start), date_precision(end)}:
        raise CannotCompute("years-between takes dates with a year")
    return Decimal(int(end[:4]) - int(start[:4]))


def _number(value: Value) -> Decimal:
    if isinstance(value.raw, Decimal):
        return value.raw
    raise CannotCompute(f"a {value.type} cannot be calculated with")


def _in_unit(part: Value, goal: Value) -> Decimal:
    """The part's number; durations are turned into the unit of the goal where a calendar is not needed for it."""
    number = _number(part)
    if goal.type is not ValueType.DURATION or part.unit == goal.unit:
        return number
    for units in (MINUTES, MONTHS):
        if part.unit in units and goal.unit in units:
            return number * units[part.unit] / units[goal.unit]
    raise CannotCompute(
        f"a duration in {part.unit}s cannot be turned into {goal.unit}s exactly: derive it by 'reading'"
    )


def _agrees(result: Decimal, value: Value) -> bool:
    """Equal to as many decimals as the fact gives; near, where the fact says "about", "at least" or "at most"."""
    number = value.number
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and round(result, max(-exponent, 0)) == number:
        return True
    if value.precision == "exact":
        return False
    computed = Value(value.type, result, value.unit, value.precision)
    return same(computed, value) or near(computed, value)
