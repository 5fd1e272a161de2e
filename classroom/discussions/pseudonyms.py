"""The names that students go by in a thread: an adjective and an animal, drawn at random."""

import secrets
from collections.abc import Iterable

# Kind or neutral, nobody's first name, of no one body, faith or party, and easy to read aloud.
ADJECTIVES = (
    "Bold", "Brave", "Bright", "Brisk", "Calm", "Candid", "Careful", "Cheerful", "Clear", "Clever", "Coastal",
    "Copper", "Curious", "Daring", "Deep", "Eager", "Early", "Earnest", "Fearless", "Fleet", "Forest", "Gentle",
    "Glad", "Golden", "Graceful", "Hardy", "Hopeful", "Jolly", "Keen", "Kind", "Lively", "Lucid", "Lunar", "Mellow",
    "Mindful", "Modest", "Nimble", "Noble", "Patient", "Pensive", "Placid", "Polar", "Quick", "Quiet", "Ready",
    "Russet", "Serene", "Silver", "Sincere", "Solar", "Spirited", "Spring", "Steady", "Sunny", "Swift", "Tender",
    "Thoughtful", "Tidal", "Tranquil", "True", "Velvet", "Vivid", "Warm", "Wise", "Witty",
)  # fmt: skip
ANIMALS = (
    "Albatross", "Alpaca", "Antelope", "Armadillo", "Avocet", "Badger", "Beaver", "Bison", "Bittern", "Bluebird",
    "Bobolink", "Bunting", "Buzzard", "Capybara", "Caribou", "Chamois", "Cheetah", "Chinchilla", "Condor",
    "Cormorant", "Crane", "Curlew", "Dolphin", "Dormouse", "Dragonfly", "Egret", "Eider", "Elk", "Falcon", "Finch",
    "Firefly", "Flamingo", "Gannet", "Gazelle", "Gecko", "Giraffe", "Goldfinch", "Grebe", "Hare", "Hedgehog", "Heron",
    "Hoopoe", "Ibex", "Ibis", "Jerboa", "Kestrel", "Kingfisher", "Kiwi", "Koala", "Lapwing", "Lemur", "Linnet",
    "Lynx", "Marmot", "Marten", "Narwhal", "Nightingale", "Numbat", "Ocelot", "Okapi", "Oriole", "Osprey", "Otter",
    "Panda", "Pangolin", "Partridge", "Pelican", "Penguin", "Petrel", "Pika", "Pipit", "Plover", "Puffin", "Quail",
    "Quokka", "Redwing", "Reindeer", "Salamander", "Sandpiper", "Serval", "Sparrow", "Starling", "Stork", "Swallow",
    "Swan", "Tamarin", "Tapir", "Tern", "Thrush", "Tortoise", "Toucan", "Vole", "Wagtail", "Wallaby", "Warbler",
    "Waxwing", "Wombat", "Zebra",
)  # fmt: skip


class NoneLeft(Exception):
    """Every pair of words is in use in the thread: some six thousand students."""


def draw(taken: Iterable[str]) -> str:
    """A name that nobody in ``taken`` has, of an animal that nobody has either while there is one.

    Chance alone chooses, so neither the order in which students came nor the list of names tells who is who.
    """
    used = set(taken)
    animals_used = {name.rpartition(" ")[2] for name in used}
    unlike = [animal for animal in ANIMALS if animal not in animals_used] or ANIMALS
    free = [name for animal in unlike for adjective in ADJECTIVES if (name := f"{adjective} {animal}") not in used]
    if not free:
        raise NoneLeft
    return secrets.choice(free)
