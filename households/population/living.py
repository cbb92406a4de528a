"""Home, water and land of a made-up household, worse in the mountains."""

from households.population.drawing import pick

PLAIN, HILLS, MOUNTAINS = range(3)
# By county (6 digits) or city (4 digits) of Anhui; elsewhere plain.
MOUNTAIN_COUNTIES = (
    "341524 341525 341523 340828 340825 340882 341722 "
    "341021 341022 341024 341823 341824 341825 341881"
)
HILLY_CITIES = "3410 3417 3418 3415 3408 3411 3407"
TERRAIN = {
    **dict.fromkeys(MOUNTAIN_COUNTIES.split(), MOUNTAINS),
    **dict.fromkeys(HILLY_CITIES.split(), HILLS),
}


def terrain_of(code):
    return TERRAIN.get(code[:6], TERRAIN.get(code[:4], PLAIN))


def living(rng, terrain):
    """Facts of the household, in good order."""
    mountain = terrain == MOUNTAINS
    material = pick(
        rng,
        ("concrete", "brick_concrete", "brick_wood", "earth"),
        ((12, 74, 13.6, 0.4), (10, 70, 19, 1), (5, 62, 31, 2))[terrain],
    )
    relocated = rng.random() < (0.002, 0.02, 0.09)[terrain]
    if relocated:
        material = "brick_concrete"
    good = relocated or (rng.random() < 0.6 and material != "earth")
    return {
        "house_material": material,
        "house_grade": "A" if good else "B",
        "only_home": material != "earth" or rng.random() < 0.35,
        "unsafe_house": False,
        "parents_in_unsafe_house": False,
        "safe_home_elsewhere": None,
        "house_at_risk": False,
        "hazard_spot": rng.random() < (0.0005, 0.004, 0.015)[terrain] and not relocated,
        "relocated": relocated,
        "relocation_site": "集中安置点" if relocated else "",
        "water_safe": True,
        "water_quality": True,
        "water_quantity": True,
        "water_hours": True,
        "water_convenience": True,
        "water_reliability": True,
        "water_seasonal_shortage": rng.random() < (0.002, 0.01, 0.03)[terrain],
        "cropland_mu": round(rng.uniform(0.4, 3 if mountain else 7), 1),
        "forest_mu": round(rng.uniform(0, 30), 1) if mountain else 0,
        "water_surface_mu": 0 if rng.random() < 0.95 else round(rng.uniform(0.5, 4), 1),
        "production_assets": pick(rng, ("", "茶园", "耕牛", "农用三轮车"), (70, 10, 8, 12)),
        "business_short_of_funds": rng.random() < 0.01,
    }
