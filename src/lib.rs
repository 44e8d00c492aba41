pub mod geo;
pub mod jurisdiction;
