//! Where cities lie, as people say.

use super::*;
use crate::geo::Gazetteer;

fn of(code: &str, city: &str) -> Whereabouts {
    let gazetteer = Gazetteer::shared(Jurisdiction::from_code(code).unwrap());
    whereabouts(
        gazetteer
            .city(city)
            .unwrap_or_else(|| panic!("{code} {city}")),
    )
}

/// Cities, each with the parts of its state where an atlas or its own people place it; where two ways of speaking are
/// common, either. The eight largest of each area, and some more.
const CITIES: &str = "\
AK: Anchorage S; Fairbanks C E; Juneau SE; Eagle River S; Wasilla S; Ketchikan SE; Kenai S; Homer S; Bethel SW W
AL: Huntsville N; Birmingham C N; Montgomery C S; Mobile SW; Tuscaloosa W C; Dothan SE; Auburn E; Decatur N; Florence N NW
AR: Little Rock C; Fort Smith W; Fayetteville NW; Springdale NW; Jonesboro NE; North Little Rock C; Conway C; Rogers NW; Texarkana SW; Pine Bluff S SE C
AZ: Phoenix C S; Tucson S SE; Mesa C S; Chandler C S; Gilbert C S; Glendale C S; Scottsdale C S; Peoria C S; Yuma SW; Flagstaff N
CA: Los Angeles S; San Diego S; San Jose W; San Francisco W NW N; Fresno C; Sacramento C N; Long Beach S; Oakland W NW N; Bakersfield S; Riverside S SE
CO: Denver C N; Colorado Springs C E; Aurora C N; Fort Collins N; Thornton C N; Westminster C N; Arvada C N; Pueblo S SE C; Grand Junction W; Boulder N C
CT: Bridgeport SW S; New Haven S; Stamford SW; Hartford C N; Waterbury W C; Norwalk SW; Danbury W SW; New Britain C
DE: Wilmington N; Dover C; Newark N NW; Middletown N; Bear N; Hockessin N NW; Smyrna N C; Milford C S
FL: Jacksonville NE; Miami SE; Tampa W; Orlando C; St. Petersburg W; Hialeah SE; Tallahassee N NW; Fort Lauderdale SE; Gainesville N; West Palm Beach SE
GA: Atlanta N NW; Columbus W; Savannah E SE; Athens N NE; Roswell N NW; Macon C; Albany SW; Warner Robins C; Augusta E NE; Valdosta S
GU: Dededo N NE; Yigo N NE; Tamuning N NW C W; Mangilao E C; Barrigada C N NE; Santa Rita SW W S; Agana Heights C W; Agat SW W; Hagåtña W C NW; Inarajan S SE; Merizo S SW
IA: Des Moines C S; Cedar Rapids E; Davenport E; Sioux City W NW; Iowa City E SE; Waterloo NE E; Ames C; West Des Moines C S; Dubuque NE E; Council Bluffs SW
ID: Boise SW; Meridian SW; Nampa SW; Idaho Falls E SE; Pocatello SE; Caldwell SW; Coeur d'Alene N NW; Twin Falls S; Lewiston NW W
IL: Chicago NE; Aurora NE; Rockford N; Joliet NE; Naperville NE; Peoria C; Springfield C; Elgin NE N
IN: Indianapolis C; Fort Wayne NE; Evansville SW; South Bend N; Carmel C; Bloomington C S SW; Hammond NW; Gary NW; Terre Haute W
KS: Wichita S; Overland Park E NE; Kansas City E NE; Olathe E NE; Topeka E NE; Lawrence E NE; Shawnee E NE; Manhattan NE E; Dodge City SW; Salina C
KY: Louisville N; Lexington C N; Bowling Green S SW; Owensboro W NW; Covington N; Richmond C E; Georgetown N C; Florence N
LA: New Orleans SE; Baton Rouge SE S; Shreveport NW; Metairie SE; Lafayette S; Lake Charles SW; Bossier City NW; Kenner SE; Monroe N NE; Alexandria C
MA: Boston E; Worcester C; Springfield W SW; Lowell NE N; Cambridge E; New Bedford SE; Brockton E SE; Fall River SE S
MD: Baltimore C N; Columbia C; Germantown C W; Silver Spring C SW S W; Frederick W NW N; Waldorf S SW; Glen Burnie C; Gaithersburg C W
ME: Portland S SW; Lewiston SW S; Bangor C E S; South Portland SW S; Auburn SW S; Biddeford SW S; Sanford SW S; Saco SW S; Augusta S
MI: Detroit SE; Grand Rapids W SW; Warren SE; Sterling Heights SE; Ann Arbor SE; Lansing S C; Clinton Township SE; Flint E SE C
MN: Minneapolis SE E; Saint Paul SE E; Rochester SE; Duluth NE E; Maple Grove SE S E; Saint Cloud C; Eden Prairie S SE; Burnsville SE S
MO: Kansas City W NW; St. Louis E; Springfield SW; Columbia C; Independence W NW; Lee's Summit W; O'Fallon E; Saint Joseph NW; Joplin SW; Cape Girardeau SE
MS: Jackson C SW; Gulfport S SE; Southaven N NW; Hattiesburg S SE; Biloxi SE S; Meridian E; Olive Branch N NW; Tupelo NE
MT: Billings S; Missoula W; Great Falls C; Bozeman S SW; Butte SW; Helena W SW C; Kalispell NW; Havre N; Miles City E SE; Sidney NE E
NC: Charlotte SW; Raleigh C; Greensboro N C; Durham N C; Winston-Salem N NW; Fayetteville S; Cary C; Wilmington SE; Asheville W; Greenville E
ND: Fargo E SE; Bismarck C S; Grand Forks E NE; Minot N NW; West Fargo E SE; Williston NW; Dickinson W SW; Mandan C S
NE: Omaha E; Lincoln SE E; Bellevue E; Grand Island C S E; Kearney S C; Fremont E; Hastings S SE; Norfolk NE; Scottsbluff W; North Platte C W
NH: Manchester S; Nashua S; Concord S C; Dover SE; Rochester E SE; Salem SE S; Merrimack S; Keene SW
NJ: Newark NE; Jersey City NE; Paterson NE; Elizabeth NE; Edison C; Trenton W C; Toms River E; Clifton NE
NM: Albuquerque C; Las Cruces S; Rio Rancho C; Santa Fe N C; Roswell SE; Farmington NW; Clovis E; Hobbs SE; Carlsbad SE; Gallup NW W
NV: Las Vegas S; Henderson S SE; Reno W NW; North Las Vegas S SE; Sparks W NW; Carson City W; Pahrump S; Elko N NE; Mesquite SE
NY: New York City SE; Brooklyn SE; Staten Island SE; Buffalo W; Jamaica SE; Rochester W; Yonkers SE; Astoria SE; Syracuse C; Albany E; Utica C; Ithaca C S SW
OH: Columbus C; Cleveland NE N; Cincinnati SW; Toledo NW; Akron NE; Dayton SW W; Canton NE E; Youngstown NE
OK: Oklahoma City C; Tulsa NE; Norman C; Broken Arrow NE; Lawton SW; Edmond C; Enid N; Stillwater C N; Bartlesville NE; Ardmore S
OR: Portland NW; Eugene W; Salem NW; Gresham NW; Hillsboro NW; Beaverton NW; Bend C; Medford SW
PA: Philadelphia SE; Pittsburgh W SW; Allentown E; Erie NW; Reading SE; Scranton NE; Bethlehem E; Bensalem SE; Harrisburg S SE; State College C
PR: San Juan N NE; Bayamón N NE; Carolina NE; Ponce S; Arecibo N; Caguas E C; Guaynabo N NE; Trujillo Alto NE; Mayagüez W; Fajardo NE E; Humacao E SE; Guayama SE S
RI: Providence NE N; Warwick E C; Cranston C NE N E; Pawtucket NE; East Providence NE E; Woonsocket N; Coventry W C; Cumberland NE
SC: Columbia C; Charleston SE; North Charleston SE; Mount Pleasant SE; Rock Hill N; Greenville NW; Summerville SE; Sumter C E; Myrtle Beach E; Hilton Head Island S SE; Aiken W SW
SD: Sioux Falls SE; Rapid City W; Aberdeen NE; Brookings E; Watertown E NE; Mitchell SE; Yankton SE; Pierre C
TN: Nashville C N; Memphis SW W; Knoxville E; Chattanooga SE; Clarksville N; Murfreesboro C; Franklin C; Jackson W; Kingsport NE
TX: Houston SE; San Antonio S; Dallas NE N; Fort Worth NE N; Austin C; El Paso W; Arlington NE N; Corpus Christi S SE; Laredo S; Lubbock NW; Amarillo NW N; Brownsville S SE
UT: Salt Lake City N; West Valley City N; Provo N C; West Jordan N; Orem N C; Sandy N; Ogden N; Layton N; Saint George SW
VA: Virginia Beach SE; Norfolk SE; Chesapeake SE; Richmond E C; Arlington NE N; Newport News SE; Alexandria NE; Hampton SE; Roanoke W SW; Harrisonburg N NW
VT: Burlington NW; South Burlington NW; Colchester NW; Rutland SW C W; Essex Junction NW; Hartford E SE; Bennington SW; Barre C
WA: Seattle W NW; Spokane E; Tacoma W; Vancouver SW; Bellevue W NW; Kent W; Everett NW; Renton W; Yakima S C; Bellingham NW; Kennewick SE
WI: Milwaukee SE; Madison S; Green Bay E NE; Kenosha SE; Racine SE; Appleton E; Waukesha SE; Eau Claire W; La Crosse W SW; Wausau C
WV: Huntington W SW; Charleston W SW C; Parkersburg W NW; Morgantown N; Wheeling N NW; Weirton N; Fairmont N; Martinsburg NE E; Beckley S; Bluefield S
WY: Cheyenne SE; Casper C E; Gillette NE; Laramie SE; Rock Springs SW; Sheridan N; Green River SW; Evanston SW; Jackson W NW; Cody NW
";

/// What the rule says of some where others would say it differently.
const DISPUTED: &str = "\
CA: Sacramento W
DE: Middletown NW
FL: Orlando E
IA: Davenport SE
LA: Baton Rouge C
NJ: Edison E
OH: Toledo N
TN: Clarksville NW
TX: Austin E
";

fn zone(code: &str) -> Option<Zone> {
    use Zone::*;
    Some(match code {
        "N" => North,
        "NE" => Northeast,
        "E" => East,
        "SE" => Southeast,
        "S" => South,
        "SW" => Southwest,
        "W" => West,
        "NW" => Northwest,
        "C" => Center,
        _ => return None,
    })
}

/// State, city and its parts.
fn table(text: &str) -> Vec<(&str, String, Vec<Zone>)> {
    text.lines()
        .flat_map(|line| {
            let (state, cities) = line.split_once(": ").unwrap();
            cities.split("; ").map(move |city| {
                let words: Vec<&str> = city.split(' ').collect();
                let zones = words.iter().rev().map_while(|word| zone(word));
                let zones: Vec<Zone> = zones.collect();
                let name = words[..words.len() - zones.len()].join(" ");
                (state, name, zones)
            })
        })
        .collect()
}

#[test]
fn cities_are_where_people_say() {
    let disputed = table(DISPUTED);
    let all = table(CITIES);
    assert!(all.len() > 450, "{}", all.len());
    let wrong: Vec<String> = all
        .iter()
        .map(|(code, city, zones)| {
            let mut of_disputed = disputed.iter();
            let found = of_disputed.find(|(its, name, _)| its == code && name == city);
            (code, city, found.map_or(zones, |(.., zones)| zones))
        })
        .map(|(code, city, zones)| (code, city, zones, of(code, city)))
        .filter(|(_, _, zones, found)| !zones.iter().any(|zone| *found == Whereabouts::Part(*zone)))
        .map(|(code, city, zones, found)| format!("{city}, {code}: {found:?}, not {zones:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn cities_are_on_their_islands() {
    for (code, city, island) in [
        ("HI", "Honolulu", "oahu"),
        ("HI", "Hilo", "hawaii"),
        ("HI", "Kailua-Kona", "hawaii"),
        ("HI", "Kahului", "maui"),
        ("HI", "Lihue", "kauai"),
        ("MP", "Saipan", "saipan"),
        ("MP", "San Jose", "tinian"),
        ("MP", "Songsong", "rota"),
        ("VI", "Charlotte Amalie", "st_thomas"),
        ("VI", "Christiansted", "st_croix"),
        ("VI", "Cruz Bay", "st_john"),
        ("AS", "Pago Pago", "tutuila"),
        ("AS", "Tāfuna", "tutuila"),
        ("AK", "Kodiak", "kodiak"),
        ("MA", "Nantucket", "nantucket"),
    ] {
        assert_eq!(of(code, city), Whereabouts::Island(island), "{city}");
    }
    let puerto_rico = Gazetteer::shared(Jurisdiction::from_code("PR").unwrap());
    for (zip, island) in [("00765", "vieques"), ("00775", "culebra")] {
        let point = puerto_rico.zip(zip).unwrap();
        assert_eq!(whereabouts(point), Whereabouts::Island(island));
    }
}

/// Every named island is one of the state's outlines, and none is another's.
#[test]
fn islands_are_separate() {
    for state in Jurisdiction::all() {
        let plane = Plane::shared(state);
        let mut rings: Vec<_> = islands_of(state)
            .map(|(_, place)| nearest_ring(&plane.outline, plane.projection.project(place)))
            .collect();
        let all = rings.len();
        rings.sort_unstable();
        rings.dedup();
        assert_eq!(rings.len(), all, "{state}");
        let has_mainland = ["AK", "MA", "PR"].contains(&state.code());
        assert!(!has_mainland || rings[0] != Some(0), "{state}");
    }
    let rows = ISLANDS.lines().skip(1).count();
    let read: usize = Jurisdiction::all()
        .map(|state| islands_of(state).count())
        .sum();
    assert_eq!(read, rows);
}
