pub mod jurisdiction;
