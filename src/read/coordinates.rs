//! Reads the coordinates of places.

use super::column::Column;
use super::empties::Empties;
use super::positions::{count_values, values};
use super::reject::Reason;
use super::trim::MINUS;
use crate::geo::LonLat;

/// The coordinates of each place, by position; both or neither must be given.
pub(super) fn read(
    latitudes: &[u8],
    longitudes: &[u8],
    empties: &Empties,
    coordinates: &mut Vec<Option<LonLat>>,
) -> Result<(), (Column, Reason)> {
    coordinates.clear();
    if latitudes.is_empty() && longitudes.is_empty() {
        return Ok(());
    }
    let counts = (count_values(latitudes), count_values(longitudes));
    if counts.0 != counts.1 {
        let (latitudes, longitudes) = counts;
        let reason = Reason::UnpairedCoordinates {
            latitudes,
            longitudes,
        };
        return Err((Column::Latitude, reason));
    }
    for (latitude, longitude) in values(latitudes).zip(values(longitudes)).take(counts.0) {
        let latitude = degrees(empties.trim(latitude), 90.0).ok_or(Column::Latitude);
        let longitude = degrees(empties.trim(longitude), 180.0).ok_or(Column::Longitude);
        let place = match (latitude, longitude) {
            (Ok(Some(latitude)), Ok(Some(longitude))) => Some(LonLat {
                longitude,
                latitude,
            }),
            (Ok(None), Ok(None)) => None,
            (Err(column), _) | (_, Err(column)) => {
                return Err((column, Reason::ImpossibleCoordinate));
            }
            (Ok(None), _) => return Err((Column::Latitude, Reason::ImpossibleCoordinate)),
            (_, Ok(None)) => return Err((Column::Longitude, Reason::ImpossibleCoordinate)),
        };
        coordinates.push(place);
    }
    Ok(())
}

/// Degrees from −`limit` to `limit`; `Some(None)` for an empty text, `None` for an impossible one.
fn degrees(text: &[u8], limit: f64) -> Option<Option<f64>> {
    let text = std::str::from_utf8(text).ok()?;
    if text.is_empty() {
        return Some(None);
    }
    let number: f64 = match text.strip_prefix(MINUS) {
        Some(text) => -text.parse::<f64>().ok()?,
        None => text.parse().ok()?,
    };
    (-limit..=limit).contains(&number).then_some(Some(number))
}
