use hotline_profile::*;
use protect::*;
fn cat(key:&str,n:u64)->PublishedCategory{PublishedCategory{key:key.into(),count:Count::Shown(n)}}
fn ven(v:&str,n:u64)->PublishedVenue{PublishedVenue{key:v.to_lowercase(),venue:v.into(),cases:Count::Shown(n)}}
fn main(){
 let code=std::env::args().nth(1).unwrap_or("NM".into());
 let state=jurisdiction::Jurisdiction::from_code(&code).unwrap();
 let m=|y,mo|period::Month{year:y,month:mo};
 let p=Published{state,period:period::Period{from:m(2012,12),to:m(2016,12),year:2016},unit:tally::Unit::Cases,min_cell:5,internal:false,
  cases:PublishedCases{period:Count::Shown(158),year:Count::Shown(40),located_year:Count::Shown(36)},
  demographics:vec![PublishedGroup{key:"citizenship".into(),categories:vec![cat("us_citizen_lpr",48),cat("foreign_national",25)]},
   PublishedGroup{key:"gender".into(),categories:vec![cat("female",104),cat("male",29),cat("gender_minority",0)]},
   PublishedGroup{key:"age".into(),categories:vec![cat("adult",80),cat("minor",50)]}],
  sex_venues:VenueRanking{listed:vec![ven("Online Ad, Venue Unknown",41),ven("Truck Stop-Based",19),ven("Other Venues",14),ven("Commercial-Front Brothels",11),ven("Hotel-/Motel-Based",8)],tied_at_cut:vec![]},
  labor_venues:VenueRanking{listed:vec![ven("Traveling Sales Crews",12),ven("Hospitality",9),ven("Domestic Work",8),ven("Construction",7),ven("Illicit Activities",6)],tied_at_cut:vec![]},
  calls:PublishedCalls{types:vec![cat("crisis_assistance",30),cat("tip_report",60),cat("referral",25),cat("training_technical_assistance",8),cat("general_information",40),cat("other",9)],total:Count::Shown(172),non_substantive:51},
  map:PublishedMap{points:Count::Shown(38),unlocated_cases:Count::Shown(4),shading:heat::Shading::default()},
  ledger:Default::default()};
 let f="input/profiles/nm.toml"; let prof= if code=="NM" {profile::Profile::parse(f,&std::fs::read_to_string(f).unwrap(),state).unwrap()} else {Default::default()};
 let w=wording::Wording::parse(wording::ENGLISH.0,wording::ENGLISH.1).unwrap();
 let prov=sheet::Provenance{sha256:"0".repeat(64),data_through:chrono::NaiveDate::from_ymd_opt(2016,12,31).unwrap(),options:"x".into()};
 let s=sheet::compose(&p,&prof,&w,&prov,sheet::Shape::Compact,&["Albuquerque".into()]);
 let faces=text::Faces::embedded().unwrap();
 let t=std::time::Instant::now();
 let pages=layout::lay_out(&s,&faces,layout::Grid::LETTER).unwrap();
 eprintln!("layout {:?}",t.elapsed());
 let bytes=pdf::write(&pages,&s.title,&s.metadata,&faces).unwrap();
 eprintln!("pdf {:?} {} bytes {} pages",t.elapsed(),bytes.len(),pages.pages.len());
 std::fs::write("/tmp/preview.pdf",bytes).unwrap();
}
