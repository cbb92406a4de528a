"""Who lives together: kinds of families of the countryside, about 2.5 people each."""

from households.population.drawing import pick
from households.population.lives import person


def _sex(rng):
    return rng.choice(("male", "female"))


def _between(rng, low, high):
    return rng.randint(low, max(low, high))


def _with_spouse(add, rng, low, high):
    age = _between(rng, low, high)
    sex = "male" if rng.random() < 0.85 else "female"
    add("head", sex, age)
    add("spouse", "female" if sex == "male" else "male", max(22, age - _between(rng, -2, 4)))
    return age


def alone_old(add, rng):
    add("head", "male" if rng.random() < 0.7 else "female", _between(rng, 61, 88))


def alone(add, rng):
    add("head", "male" if rng.random() < 0.9 else "female", _between(rng, 38, 59))


def old_couple(add, rng):
    _with_spouse(add, rng, 62, 82)


def couple(add, rng):
    _with_spouse(add, rng, 44, 59)


def with_one_child(add, rng):
    age = _with_spouse(add, rng, 27, 52)
    add("child", _sex(rng), _between(rng, max(1, age - 36), min(24, age - 22)))


def with_two_children(add, rng):
    age = _with_spouse(add, rng, 29, 44)
    oldest = _between(rng, max(3, age - 32), min(17, age - 22))
    add("child", _sex(rng), oldest)
    add("child", _sex(rng), max(0, oldest - _between(rng, 2, 6)))


def with_grown_child(add, rng):
    age = _with_spouse(add, rng, 47, 63)
    add("child", "male" if rng.random() < 0.75 else "female", _between(rng, 22, min(36, age - 22)))


def three_generations(add, rng):
    age = _with_spouse(add, rng, 30, 48)
    add("child", _sex(rng), _between(rng, max(2, age - 34), min(18, age - 22)))
    add("parent", "female" if rng.random() < 0.65 else "male", min(90, age + _between(rng, 23, 32)))


def three_generations_of_the_old(add, rng):
    age = _with_spouse(add, rng, 55, 66)
    son = _between(rng, 28, min(38, age - 22))
    add("child", "male", son)
    add("child_in_law", "female", max(23, son - _between(rng, -1, 4)))
    add("grandchild", _sex(rng), _between(rng, 1, max(2, min(12, son - 23))))


def son_and_parent(add, rng):
    age = _between(rng, 38, 58)
    add("head", "male", age)
    add("parent", "female" if rng.random() < 0.7 else "male", min(92, age + _between(rng, 22, 34)))


def parent_and_child(add, rng):
    age = _between(rng, 32, 50)
    add("head", _sex(rng), age)
    add("child", _sex(rng), _between(rng, max(4, age - 32), min(17, age - 21)))


def skipped_generation(add, rng):
    age = _with_spouse(add, rng, 58, 72)
    add("grandchild", _sex(rng), _between(rng, 3, min(14, age - 44)))


KINDS = {
    alone_old: 12,
    alone: 6,
    old_couple: 17,
    couple: 15,
    with_one_child: 11,
    with_two_children: 5,
    with_grown_child: 15,
    three_generations: 5,
    three_generations_of_the_old: 6,
    son_and_parent: 5,
    parent_and_child: 2,
    skipped_generation: 2,
}
FAMILIES = tuple(KINDS), tuple(KINDS.values())


def family(rng, day):
    """The members of one family, the head first."""
    members = []

    def add(relation, sex, age):
        members.append(person(rng, day, relation, sex, age))

    pick(rng, *FAMILIES)(add, rng)
    return members
