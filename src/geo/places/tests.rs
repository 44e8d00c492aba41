use super::super::Boundaries;
use super::*;

fn of(code: &str) -> Gazetteer {
    Gazetteer::of(Jurisdiction::from_code(code).unwrap())
}

fn is_near(found: Option<PublicPoint>, latitude: f64, longitude: f64, km: f64) -> bool {
    let expected = LonLat {
        longitude,
        latitude,
    };
    found.is_some_and(|found| found.position().distance_km(expected) < km)
}

fn km_outside(boundaries: &Boundaries, place: LonLat) -> f64 {
    match boundaries.contains(place) {
        true => 0.0,
        false => boundaries.km_to_outline(place),
    }
}

#[test]
fn all_states_have_places_and_they_are_in_the_state() {
    for state in Jurisdiction::all() {
        let (gazetteer, boundaries) = (Gazetteer::of(state), Boundaries::of(state));
        assert!(!gazetteer.zip_codes().is_empty(), "{state}");
        assert!(!gazetteer.main_cities().is_empty(), "{state}");
        for city in gazetteer.main_cities().iter().take(20) {
            let off = km_outside(&boundaries, city.position);
            assert!(off < 20.0, "{state} {city:?} is {off} km outside");
        }
        for county in &boundaries.counties {
            let found = gazetteer.county(&county.fips).unwrap();
            let found = gazetteer.position(found);
            // The table has four decimals, and Falls Church is only a line on the source's grid.
            let inside = county.contains(found) || county.fips == "51610";
            assert!(inside, "{state} {}", county.name);
            assert!(gazetteer.county(&county.name).is_some());
        }
        for zip in gazetteer.zip_codes() {
            let off = km_outside(&boundaries, zip.position);
            assert!(off < 60.0, "{state} {zip:?} is {off} km outside");
        }
    }
}

#[test]
fn tables_have_the_expected_sizes() {
    let total = |count: fn(&Gazetteer) -> usize| -> usize {
        Jurisdiction::all()
            .map(|state| count(&Gazetteer::of(state)))
            .sum()
    };
    assert!(total(|gazetteer| gazetteer.zip_codes().len()) > 41_000);
    assert!(total(|gazetteer| gazetteer.cities().len()) > 35_000);
}

#[test]
fn every_place_has_a_larger_one_nearby_up_to_its_county() {
    let (mut far_cities, mut far_counties) = (Vec::new(), Vec::new());
    for state in Jurisdiction::all() {
        let (gazetteer, boundaries) = (Gazetteer::of(state), Boundaries::of(state));
        for (index, zip) in (0..).zip(gazetteer.zip_codes()) {
            let point = gazetteer.point(PointKind::Zip, index);
            let city = gazetteer.wider(point).unwrap();
            assert_eq!(city.kind(), PointKind::City);
            if gazetteer.position(city).distance_km(zip.position) > 40.0 {
                far_cities.push(format!("{state} {zip:?} {}", gazetteer.name(city)));
            }
        }
        for (index, city) in (0..).zip(gazetteer.cities()) {
            let point = gazetteer.point(PointKind::City, index);
            let county = gazetteer.wider(point).unwrap();
            assert_eq!(county.kind(), PointKind::County);
            assert_eq!(gazetteer.wider(county), None);
            let number = gazetteer.counties()[usize::from(county.index)].number;
            let fips = format!("{}{number:03}", state.fips());
            let county = boundaries
                .counties
                .iter()
                .find(|it| it.fips == fips)
                .unwrap();
            let corners = county.rings.iter().flatten();
            let nearest = corners.map(|corner| corner.distance_km(city.position));
            // A city on the shore may be outside the simplified outline.
            if !county.contains(city.position) && nearest.fold(f64::MAX, f64::min) > 40.0 {
                far_counties.push(format!("{state} {city:?} {}", county.name));
            }
        }
    }
    assert!(far_cities.len() < 30, "{far_cities:#?}");
    assert!(far_counties.is_empty(), "{far_counties:#?}");
}

/// The coordinates of all places in the gazetteer are in their state, even on piers, spits and small islands.
#[test]
fn all_of_the_gazetteer_is_inside_its_states() {
    let mut outside = Vec::new();
    for state in Jurisdiction::all() {
        let gazetteer = Gazetteer::shared(state);
        let cities = gazetteer.cities().iter();
        let cities = cities.map(|city| (city.name.to_owned(), city.position));
        let zips = gazetteer
            .zip_codes()
            .iter()
            .map(|zip| (zip.code.to_owned(), zip.position));
        let counties = gazetteer.counties().iter();
        let counties = counties.map(|county| (county.name.to_owned(), county.position));
        let places = cities.chain(zips).chain(counties);
        outside.extend(
            places
                .filter(|(_, position)| !gazetteer.holds(*position))
                .map(|(name, position)| format!("{state} {name} {position:?}")),
        );
    }
    assert!(outside.is_empty(), "{} {outside:#?}", outside.len());
    let new_jersey = of("NJ");
    let at = |latitude, longitude| LonLat {
        longitude,
        latitude,
    };
    // The Steel Pier in Atlantic City; the sea beyond it, western Philadelphia, and nowhere.
    assert!(new_jersey.holds(at(39.357, -74.417)));
    assert!(!new_jersey.holds(at(39.2, -74.0)));
    assert!(!new_jersey.holds(at(39.95, -75.3)));
    assert!(!new_jersey.holds(at(0.0, 0.0)));
}

#[test]
fn the_nearest_point_is_found_among_all() {
    let mut random = 7_u64;
    let mut part = || {
        random = random
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (random >> 40) as f64 / (1_u64 << 24) as f64
    };
    for code in ["NM", "AK", "HI", "RI", "MP", "AS"] {
        let gazetteer = of(code);
        let zips = (0..gazetteer.zip_codes().len()).map(|index| (PointKind::Zip, index));
        let zips = zips.filter(|(_, index)| gazetteer.zip_codes()[*index].has_area);
        let cities = (0..gazetteer.cities().len()).map(|index| (PointKind::City, index));
        let cities = cities.filter(|(_, index)| gazetteer.cities()[*index].population > 0);
        let points: Vec<PublicPoint> = zips
            .chain(cities)
            .map(|(kind, index)| gazetteer.point(kind, index as u16))
            .collect();
        for turn in 0..200 {
            // Close to a point, or up to 5 degrees from it.
            let of = points[(part() * points.len() as f64) as usize];
            let spread = if turn % 2 == 0 { 0.1 } else { 10.0 };
            let at = LonLat {
                longitude: of.position().longitude + spread * (part() - 0.5),
                latitude: of.position().latitude + spread * (part() - 0.5),
            };
            let found = gazetteer.nearest(at).unwrap();
            let distance = |point: PublicPoint| gazetteer.position(point).distance_km(at);
            let least = points
                .iter()
                .map(|point| distance(*point))
                .fold(f64::MAX, f64::min);
            // The search treats the Earth as flat.
            assert!(
                distance(found) <= least * 1.02 + 1e-6,
                "{code} {at:?} {found:?}"
            );
        }
        // Of several points at the same place, the first one is found.
        for point in &points {
            let found = gazetteer.nearest(point.position()).unwrap();
            assert!(found <= *point && found.position() == point.position());
        }
    }
}

#[test]
fn every_state_has_a_capital_among_its_main_cities() {
    for state in Jurisdiction::all() {
        let gazetteer = Gazetteer::shared(state);
        let capital = gazetteer.capital().unwrap();
        assert!(gazetteer.main_cities().contains(&capital), "{capital:?}");
    }
    assert_eq!(CAPITALS.lines().count(), COUNT + 1);
}

#[test]
fn new_mexico_is_found() {
    let gazetteer = of("NM");
    for name in [
        "Albuquerque",
        " ALBUQUERQUE ",
        "albuquerque, nm",
        "Albuquerque, New Mexico",
    ] {
        assert!(is_near(gazetteer.city(name), 35.08, -106.65, 5.0), "{name}");
    }
    for zip in ["87102", "87102-1234", "871021234", " 87102 ", "87102.0"] {
        assert!(is_near(gazetteer.zip(zip), 35.08, -106.65, 5.0), "{zip}");
    }
    for name in ["Bernalillo", "bernalillo county", "BERNALILLO CO.", "35001"] {
        assert!(
            is_near(gazetteer.county(name), 35.05, -106.67, 5.0),
            "{name}"
        );
    }
    // The town of Bernalillo is in Sandoval County.
    assert!(is_near(gazetteer.city("Bernalillo"), 35.30, -106.55, 5.0));
    let dona_ana = gazetteer.county("Doña Ana County");
    assert!(is_near(dona_ana, 32.31, -106.78, 5.0));
    assert_eq!(gazetteer.county("Dona Ana"), dona_ana);
    assert_eq!(
        gazetteer.county("DON\u{303}A ANA"),
        gazetteer.county("don\u{303}a ana")
    );
    assert!(is_near(
        gazetteer.city("Truth or Consequences"),
        33.13,
        -107.25,
        5.0
    ));
    assert!(is_near(
        gazetteer.city("Truth Or Consequences"),
        33.13,
        -107.25,
        5.0
    ));
    let names: Vec<&str> = gazetteer.main_cities()[..4]
        .iter()
        .map(|city| city.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["Albuquerque", "Las Cruces", "Rio Rancho", "Santa Fe"]
    );
}

#[test]
fn text_that_is_not_a_place_is_not_found() {
    let gazetteer = of("NM");
    for zip in [
        "",
        "8",
        "87",
        "871020",
        "8710a",
        "87102-12",
        "−7102",
        "1000000000",
        "10001",
    ] {
        assert_eq!(gazetteer.zip(zip), None, "{zip}");
    }
    for name in [
        "",
        " ",
        "NM",
        "New Mexico",
        "?",
        "unknown",
        "city",
        "County",
        "35999",
        "é",
    ] {
        assert_eq!(gazetteer.city(name), None, "{name}");
        assert_eq!(gazetteer.county(name), None, "{name}");
    }
}

#[test]
fn zeros_lost_by_a_spreadsheet_are_restored() {
    let (massachusetts, puerto_rico) = (of("MA"), of("PR"));
    assert!(massachusetts.zip("02108").is_some());
    assert_eq!(massachusetts.zip("2108"), massachusetts.zip("02108"));
    assert_eq!(massachusetts.zip("2108-1234"), massachusetts.zip("02108"));
    assert!(puerto_rico.zip("00601").is_some());
    assert_eq!(puerto_rico.zip("601"), puerto_rico.zip("00601"));
}

#[test]
fn all_spellings_of_a_city_find_it() {
    for (state, names) in [
        (
            "MO",
            &["St. Louis", "Saint Louis", "ST LOUIS", "St.Louis"][..],
        ),
        ("NY", &["New York", "New York City", "new york, NY"]),
        ("DC", &["Washington", "Washington, DC", "Washington D.C."]),
        ("IL", &["O'Fallon", "OFallon", "O Fallon", "O’Fallon"]),
        ("NV", &["North Las Vegas", "N. Las Vegas"]),
        ("TX", &["Fort Worth", "Ft. Worth", "FT WORTH"]),
        (
            "SC",
            &["Mount Pleasant", "Mt. Pleasant", "Mt Pleasant town"],
        ),
        ("GA", &["LaGrange", "La Grange"]),
        ("PR", &["Mayagüez", "Mayaguez"]),
        ("AS", &["Tāfuna", "Tafuna"]),
        ("UT", &["West Valley City", "West Valley", "W Valley City"]),
        ("OK", &["Oklahoma City", "Oklahoma"]),
        ("GU", &["Dededo", "Dededo Village"]),
    ] {
        let gazetteer = of(state);
        let first = gazetteer.city(names[0]);
        assert!(first.is_some(), "{state} {}", names[0]);
        for name in names {
            assert_eq!(gazetteer.city(name), first, "{state} {name}");
        }
    }
    let texas = of("TX");
    assert_eq!(texas.city("Texas"), None);
    assert!(texas.city("Texas City").is_some());
}

#[test]
fn all_spellings_of_a_county_find_it_and_independent_cities_are_separate() {
    for (state, names) in [
        ("LA", &["Orleans", "Orleans Parish"][..]),
        ("AK", &["Juneau", "Juneau City and Borough"]),
        ("AK", &["Kodiak Island", "Kodiak Island Borough", "Kodiak"]),
        ("AK", &["Nome", "Nome Census Area"]),
        (
            "AK",
            &[
                "Valdez-Cordova",
                "Valdez-Cordova Census Area",
                "Valdez Cordova, AK",
            ],
        ),
        ("PR", &["Bayamón", "Bayamon Municipio"]),
        ("VI", &["St. Croix", "Saint Croix Island"]),
        ("VA", &["James City", "James City County"]),
        ("NV", &["Carson City", "Carson"]),
        ("FL", &["Miami-Dade", "Miami Dade County", "Dade"]),
        ("SD", &["Oglala Lakota", "Shannon County"]),
        (
            "MD",
            &[
                "Prince George's",
                "PRINCE GEORGES COUNTY",
                "Prince George’s County, MD",
            ],
        ),
        ("IL", &["DeKalb", "De Kalb County"]),
    ] {
        let gazetteer = of(state);
        let first = gazetteer.county(names[0]);
        assert!(first.is_some(), "{state} {}", names[0]);
        for name in &names[1..] {
            assert_eq!(gazetteer.county(name), first, "{state} {name}");
        }
    }
    let maryland = of("MD");
    let (county, city) = (maryland.county("24005"), maryland.county("24510"));
    assert!(county.is_some() && city.is_some() && county != city);
    for name in ["Baltimore", "Baltimore County"] {
        assert_eq!(maryland.county(name), county);
    }
    for name in ["Baltimore city", "City of Baltimore", "BALTIMORE CITY, MD"] {
        assert_eq!(maryland.county(name), city);
    }
    // Alexandria is only a city.
    let virginia = of("VA");
    assert!(virginia.county("Alexandria").is_some());
    assert_eq!(
        virginia.county("Alexandria"),
        virginia.county("Alexandria City")
    );
}
